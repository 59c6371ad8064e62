package dev.ast.sandbox;

import dev.ast.host.AstHome;
import java.nio.file.Files;
import java.util.Optional;

/** Tells a shell in a sandbox that the server has ended, which the process that started it notes in the home. */
public final class SandboxNews {
    private final AstHome home;
    private boolean told;

    /** News for a shell with this home, which need not be that of a sandbox. */
    public SandboxNews(AstHome home) {
        this.home = home;
    }

    /** The sentence for the user, once. */
    public Optional<String> next() {
        boolean ended = !told
                && Files.exists(home.directory().resolve(Nesting.MARKER))
                && !Files.exists(home.directory().resolve(RunningSandbox.SandboxNote.FILE));
        told |= ended;
        return ended
                ? Optional.of("the server of this sandbox has ended; leave with exit, and start another: ast sandbox")
                : Optional.empty();
    }
}
