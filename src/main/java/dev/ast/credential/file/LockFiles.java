package dev.ast.credential.file;

import dev.ast.domain.Failure;
import dev.ast.domain.FailureException;
import dev.ast.domain.ProfileName;
import dev.ast.host.AstHome;
import dev.ast.host.Sleeper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Locks over threads and processes. A lock is the operating system's lock on a file of its own that is never deleted
 * and never holds data, so that no crash leaves one behind. The order is always: a renewal's lock, a profile's, the
 * store's.
 */
public final class LockFiles {
    /** How long the store is waited for: it is held for a write only, but a hundred others may wait for it, too. */
    public static final Duration STORE_WAIT = Duration.ofSeconds(20);
    /** How long a profile is waited for: it may be held for a request that runs to its deadline. */
    public static final Duration PROFILE_WAIT = Duration.ofSeconds(45);

    /** How long another command's renewal is waited for: for the profile and for a request. */
    public static final Duration RENEWAL_WAIT = Duration.ofSeconds(90);

    private static final String END = ".lock";
    private static final Duration SOON = Duration.ofSeconds(1);
    private static final Duration MOMENT = Duration.ofMillis(100);
    private static final Duration STEP = Duration.ofMillis(15);
    // A second lock on the same file in this JVM is an error, and closing any channel of a file drops its lock:
    // hence one guard a path, and the channel is open only while the guard is held.
    private static final Map<Path, ReentrantLock> GUARDS = new ConcurrentHashMap<>();

    private final Path directory;
    private final PrivateFiles files;
    private final InstantSource clock;
    private final Sleeper sleeper;

    /** Locks in the home's {@code locks} directory. */
    public LockFiles(AstHome home, PrivateFiles files, InstantSource clock, Sleeper sleeper) {
        this.directory = home.locks();
        this.files = files;
        this.clock = clock;
        this.sleeper = sleeper;
    }

    /** A lock that is held until closed. */
    public interface Held extends AutoCloseable {
        @Override
        void close();
    }

    /** Locks {@code credentials.json} for a read-change-write. */
    public Held store() {
        return hold("store", STORE_WAIT, "the credentials file");
    }

    /** Locks {@code config.yml} for a read-change-write. */
    public Held settings() {
        return hold("settings", STORE_WAIT, "config.yml");
    }

    /** Locks the session of a profile, for as long as it is being changed. */
    public Held profile(ProfileName name) {
        return profile(name, PROFILE_WAIT);
    }

    /** The same for callers that cannot wait long; empty when another process does not let go of it within a second. */
    public Optional<Held> profileSoon(ProfileName name) {
        try {
            return Optional.of(profile(name, SOON));
        } catch (Busy e) {
            return Optional.empty();
        }
    }

    /** Locks the right to start a renewal of a profile's session, so that many commands do not start one each. */
    public Held renewal(ProfileName name) {
        return hold("renewal-" + fileName(name), RENEWAL_WAIT, "the renewal of the session of " + name);
    }

    /** Locks a name of the caller's without waiting; empty when another process or thread holds it. */
    public Optional<Held> now(String name) {
        try {
            return Optional.of(hold(name, Duration.ZERO, name));
        } catch (Busy e) {
            return Optional.empty();
        }
    }

    private Held profile(ProfileName name, Duration wait) {
        return hold("profile-" + fileName(name), wait, "the session of " + name);
    }

    // Lower case: a file system without case must not make two profiles fight over one open file.
    private static String fileName(ProfileName name) {
        return name.value().toLowerCase(Locale.ROOT);
    }

    /**
     * A lock that somebody has.
     *
     * @param name of its file, without the ending
     * @param holder such as {@code process 4711}
     */
    public record Taken(String name, String holder) {}

    /**
     * The locks that are held, and stay so for a while.
     *
     * @param patience for how long each is looked at again: most are held for a moment only
     */
    public List<Taken> taken(Duration patience) {
        List<Taken> taken = new ArrayList<>();
        Instant deadline = clock.instant().plus(patience);
        for (Path file : files()) {
            Optional<String> holder = holder(file);
            while (holder.isPresent() && clock.instant().isBefore(deadline)) {
                sleeper.pause(MOMENT);
                holder = holder(file);
            }
            String name = String.valueOf(file.getFileName());
            holder.ifPresent(who -> taken.add(new Taken(name.substring(0, name.length() - END.length()), who)));
        }
        return taken;
    }

    private List<Path> files() {
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(directory, "*" + END)) {
            all.forEach(found::add);
        } catch (IOException | DirectoryIteratorException e) {
            return List.of(); // no lock was ever taken
        }
        found.sort(Comparator.naturalOrder());
        return found;
    }

    // Under the guard, since closing the channel would drop a lock that another thread has on the file.
    private static Optional<String> holder(Path file) {
        ReentrantLock guard = GUARDS.computeIfAbsent(file, path -> new ReentrantLock());
        boolean own = !guard.tryLock();
        if (own || guard.getHoldCount() > 1) {
            if (!own) {
                guard.unlock();
            }
            return Optional.of("this process");
        }
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)) {
            FileLock lock = channel.tryLock();
            return lock == null ? Optional.of(holder(channel)) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty(); // one that cannot be opened is reported by the check of the files
        } finally {
            guard.unlock();
        }
    }

    /** Waits a tenth of a second, for what another process may be about to write. */
    public void pause() {
        sleeper.pause(MOMENT);
    }

    private Held hold(String name, Duration wait, String what) {
        Path file = directory.resolve(name + END);
        ReentrantLock guard = GUARDS.computeIfAbsent(file, path -> new ReentrantLock());
        Instant deadline = clock.instant().plus(wait);
        try {
            if (!guard.tryLock(wait.toMillis(), TimeUnit.MILLISECONDS)) {
                throw busy(what, "another thread");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Failure.Interrupted(dev.ast.domain.Exit.INTERRUPTED).asException();
        }
        if (guard.getHoldCount() > 1) {
            return guard::unlock;
        }
        FileChannel channel = null;
        try {
            channel = files.openForLock(file);
            FileLock lock = channel.tryLock();
            while (lock == null) {
                if (!clock.instant().isBefore(deadline)) {
                    throw busy(what, holder(channel));
                }
                sleeper.pause(STEP);
                lock = channel.tryLock();
            }
            sign(channel);
            FileChannel held = channel;
            channel = null;
            return () -> {
                try {
                    held.close();
                } catch (IOException e) {
                    // The lock goes with the descriptor in any case.
                } finally {
                    guard.unlock();
                }
            };
        } catch (IOException e) {
            guard.unlock();
            throw PrivateFiles.unusable("cannot lock " + what + " in " + directory, e);
        } catch (RuntimeException e) {
            guard.unlock();
            throw e;
        } finally {
            if (channel != null) {
                try {
                    channel.close();
                } catch (IOException e) {
                    // Nothing was written to it.
                }
            }
        }
    }

    // The holder is written for users only: a full disk must not stop the command.
    private static void sign(FileChannel channel) {
        try {
            channel.truncate(0);
            channel.write(
                    ByteBuffer.wrap(Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII)));
        } catch (IOException e) {
            // The lock is held all the same.
        }
    }

    private static String holder(FileChannel channel) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(20);
        channel.read(bytes, 0);
        String pid = new String(bytes.array(), 0, bytes.position(), StandardCharsets.US_ASCII);
        return pid.matches("[0-9]+") ? "process " + pid : "another process";
    }

    private static Busy busy(String what, String who) {
        return new Busy(new Failure.Storage(what + " is locked by " + who, Optional.of("end it, or try again later")));
    }

    /** Another thread or process holds the lock. */
    private static final class Busy extends FailureException {
        private static final long serialVersionUID = 1L;

        Busy(Failure failure) {
            super(failure);
        }
    }
}
