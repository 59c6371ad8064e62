package dev.ast.diagnosis;

import dev.ast.credential.file.CredentialsFile;
import dev.ast.credential.file.HomeFiles;
import dev.ast.credential.file.HomeFiles.Entry;
import dev.ast.credential.file.LockFiles;
import dev.ast.domain.Exit;
import dev.ast.domain.Failure;
import dev.ast.host.AstHome;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The home and its files: modes, links, owners, what crashed processes have left, and who holds the locks. */
public final class HomeChecks {
    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final String FIX = "ast doctor --fix";
    /** Files that the program refuses to use in this state. */
    private static final Set<String> NEEDED = Set.of("credentials.json", "history", "locks", "sign-ins");

    private static final Set<String> DIRECTORIES = Set.of("locks", "sign-ins", "exec", "cache");

    private final AstHome home;
    private final HomeFiles files;
    private final CredentialsFile credentials;
    private final LockFiles locks;

    /** Checks of a home. */
    public HomeChecks(AstHome home, CredentialsFile credentials, LockFiles locks) {
        this.home = home;
        this.files = new HomeFiles(home);
        this.credentials = credentials;
        this.locks = locks;
    }

    /** All of them. */
    public List<Check> all() {
        return List.of(
                new Check("home", this::home),
                new Check("files", this::files),
                new Check("leftovers", this::leftovers),
                new Check("credentials", this::credentials),
                new Check("locks", this::locks));
    }

    private List<Entry> entries() {
        try {
            return files.entries();
        } catch (IOException e) {
            throw Failure.storage("cannot list " + home.directory(), "check its permissions, or set AST_HOME");
        }
    }

    private List<Finding> home() {
        List<Entry> entries = entries();
        if (entries.isEmpty()) {
            return List.of(Finding.ok("does not exist yet").about(home.directory()));
        }
        Entry entry = entries.get(0);
        if (!entry.directory()) {
            return List.of(Finding.failed(Exit.STORAGE, "is not a directory", "move it aside, or set AST_HOME")
                    .about(entry.path()));
        }
        Finding found = switch (entry.state()) {
            case READABLE -> closing(Finding.warning("can be listed by other users" + mode(entry), FIX), entry);
            case WRITABLE ->
                closing(Finding.failed(Exit.STORAGE, "can be written by other users" + mode(entry), FIX), entry);
            case FOREIGN ->
                Finding.failed(Exit.STORAGE, "belongs to another user", "set AST_HOME to a directory of yours");
            default -> Finding.ok("is closed to other users");
        };
        return List.of(found.about(entry.path()));
    }

    private List<Finding> files() {
        List<Entry> entries = entries();
        List<Finding> found = new ArrayList<>();
        for (Entry entry : entries.subList(Math.min(1, entries.size()), entries.size())) {
            if (!entry.directory()
                    && DIRECTORIES.contains(String.valueOf(entry.path().getFileName()))) {
                found.add(Finding.failed(Exit.STORAGE, "is not a directory", "move it aside")
                        .about(entry.path()));
            } else if (entry.state() != HomeFiles.State.CLOSED) {
                found.add(file(entry).about(entry.path()));
            }
        }
        return found.isEmpty() ? List.of(Finding.ok("all of them are closed to other users")) : found;
    }

    private Finding file(Entry entry) {
        Path path = entry.path();
        boolean needed = NEEDED.contains(String.valueOf(path.getFileName()));
        return switch (entry.state()) {
            case READABLE ->
                closing(graded(needed, "can be read by other users" + mode(entry), "chmod " + closed(entry)), entry);
            case WRITABLE ->
                closing(graded(true, "can be written by other users" + mode(entry), "chmod " + closed(entry)), entry);
            case FOREIGN -> graded(needed, "belongs to another user", "move it aside, or run as its owner");
            case LINK -> graded(needed, "is a symbolic link, which could lead anywhere", "replace it by a real file");
            default -> graded(needed, "is neither a file nor a directory", "move it aside");
        };
    }

    private static Finding graded(boolean failed, String what, String next) {
        return failed ? Finding.failed(Exit.STORAGE, what, next) : Finding.warning(what, next);
    }

    private static String mode(Entry entry) {
        return " (mode " + Integer.toOctalString(entry.mode()) + ")";
    }

    private static String closed(Entry entry) {
        return (entry.directory() ? "700 " : "600 ") + entry.path() + ", or " + FIX;
    }

    private Finding closing(Finding finding, Entry entry) {
        return finding.repairedBy(() -> {
            files.close(entry);
            return "closed to other users";
        });
    }

    private List<Finding> leftovers() {
        List<Path> left;
        try {
            left = files.leftovers();
        } catch (IOException e) {
            left = List.of();
        }
        if (left.isEmpty()) {
            return List.of(Finding.ok("nothing of crashed processes is left"));
        }
        List<Path> found = left;
        return List.of(Finding.warning(found.size() + " files of crashed processes are left", FIX)
                .repairedBy(() -> {
                    files.remove(found);
                    return "removed " + found.size() + " files of crashed processes";
                }));
    }

    private List<Finding> credentials() {
        CredentialsFile.State state = credentials.state();
        Finding found = switch (state) {
            case ABSENT -> Finding.ok("does not exist yet");
            case USABLE -> Finding.ok("can be read");
            case CORRUPT ->
                aside(Finding.failed(
                        Exit.STORAGE, "is corrupt", FIX + " moves it aside; then sign in again: ast login"));
            case NEWER ->
                aside(Finding.failed(
                        Exit.STORAGE,
                        "was written by a newer version of ast",
                        "update ast; or " + FIX + " moves it aside, and you sign in again"));
            case FOREIGN ->
                Finding.failed(
                        Exit.STORAGE,
                        "belongs to another program of this name",
                        "take its profiles over: ast auth import");
        };
        return List.of(found.about(credentials.path()));
    }

    private Finding aside(Finding finding) {
        return finding.repairedBy(() -> {
            credentials.moveAside();
            return "moved aside";
        });
    }

    private List<Finding> locks() {
        List<Finding> found = new ArrayList<>();
        for (LockFiles.Taken taken : locks.taken(PATIENCE)) {
            String next = "wait for " + taken.holder() + ", or end it";
            boolean store = taken.name().equals("store");
            found.add(graded(
                            store,
                            store ? "the credentials file is locked" : "a session or the settings are locked",
                            next)
                    .about(taken.name())
                    .detail("by " + taken.holder()));
        }
        return found.isEmpty() ? List.of(Finding.ok("none is held")) : found;
    }
}
