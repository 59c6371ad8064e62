package dev.ast.profile;

import dev.ast.credential.file.CredentialsFile;
import dev.ast.domain.ProfileName;
import dev.ast.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The directories that are bound to a profile, with all below them. The bindings are kept in the home of the program;
 * nothing is read from the directories, so that a checked-out repository cannot choose a profile.
 */
public final class Directories {
    private static final String MEMBER = "directories";

    private final CredentialsFile file;
    private final Supplier<Path> current;

    /**
     * The bindings in the given file.
     *
     * @param current the current directory; asked only where there is a binding at all
     */
    public Directories(CredentialsFile file, Supplier<Path> current) {
        this.file = file;
        this.current = current;
    }

    /**
     * One binding.
     *
     * @param directory its absolute path
     * @param profile a profile, which may have been removed since
     */
    public record Binding(Path directory, ProfileName profile) {}

    /** The binding that counts in the current directory: its own, else that of the nearest directory above. */
    public Optional<Binding> here() {
        return in(file.head());
    }

    Optional<Binding> in(JsonObject head) {
        Optional<JsonObject> bindings = head.object(MEMBER);
        if (bindings.isEmpty()) {
            return Optional.empty();
        }
        for (Path directory = real(); directory != null; directory = directory.getParent()) {
            Optional<ProfileName> name =
                    bindings.get().text(directory.toString()).flatMap(ProfileName::of);
            if (name.isPresent()) {
                return Optional.of(new Binding(directory, name.get()));
            }
        }
        return Optional.empty();
    }

    /**
     * Binds the current directory, in place of an earlier binding.
     *
     * @throws dev.ast.domain.FailureException (not_signed_in) when there is no such profile
     */
    public Binding bind(ProfileName name) {
        Path directory = real();
        file.update(document -> {
            if (document.object("profiles").filter(all -> all.has(name.value())).isEmpty()) {
                throw Profiles.unknown(name, document);
            }
            document.objectOrNew(MEMBER).put(directory.toString(), name);
        });
        return new Binding(directory, name);
    }

    /** Ends the binding that counts in the current directory. @return what was bound; empty where nothing is */
    public Optional<Binding> unbind() {
        Optional<Binding> bound = here();
        bound.ifPresent(binding ->
                file.update(document -> put(document, binding.directory().toString(), Optional.empty())));
        return bound;
    }

    /** Lets the bindings of one profile name another one, or ends them. */
    static void rebind(JsonObject document, ProfileName from, Optional<ProfileName> to) {
        Optional<JsonObject> bindings = document.object(MEMBER);
        if (bindings.isPresent()) {
            for (String directory : List.copyOf(bindings.get().members().keySet())) {
                if (bindings.get().text(directory).filter(from.value()::equals).isPresent()) {
                    put(document, directory, to);
                }
            }
        }
    }

    private static void put(JsonObject document, String directory, Optional<ProfileName> name) {
        JsonObject bindings = document.objectOrNew(MEMBER).put(directory, name);
        if (bindings.members().isEmpty()) {
            document.remove(MEMBER);
        }
    }

    /** Without symbolic links, so that every way into a directory is the same one. */
    private Path real() {
        Path directory = current.get();
        try {
            return directory.toRealPath();
        } catch (IOException e) {
            return directory.toAbsolutePath().normalize(); // it was removed, or may not be read
        }
    }
}
