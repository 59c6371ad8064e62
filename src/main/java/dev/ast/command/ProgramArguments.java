package dev.ast.command;

import dev.ast.domain.Failure;
import dev.ast.domain.ProgramSettings;
import dev.ast.domain.ServerOrigin;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The options of {@code profile set} that say what other programs may be given. */
final class ProgramArguments {
    private static final int LONGEST_USER = 100;

    static final OptionSpec[] SPECS = {
        OptionSpec.value("also-for", "ORIGIN", "Give its token to this origin, too, by credential helpers")
                .many(),
        OptionSpec.value("not-for", "ORIGIN", "Undo --also-for for this origin").many(),
        OptionSpec.value("git-user", "NAME", "The user name for git, where it wants one")
    };

    private ProgramArguments() {}

    /**
     * The change that a call asks for.
     *
     * @throws dev.ast.domain.FailureException (usage) when a value is no origin, or no name of a user
     */
    static UnaryOperator<ProgramSettings> of(Call call) {
        List<ServerOrigin> more =
                call.all("also-for").stream().map(ServerOrigin::parseOrigin).toList();
        List<ServerOrigin> less =
                call.all("not-for").stream().map(ServerOrigin::parseOrigin).toList();
        Optional<String> user = call.option("git-user").map(ProgramArguments::user);
        return before -> {
            ProgramSettings after = before.with(more, less);
            return user.map(after::withGitUser).orElse(after);
        };
    }

    private static String user(String name) {
        boolean plain = !name.isBlank()
                && name.length() <= LONGEST_USER
                && name.chars().noneMatch(c -> c <= 0x20 || c == 0x7f || c == ':');
        if (!plain) {
            throw Failure.usage(
                    "a user name for git has no space, colon or line break, and " + LONGEST_USER
                            + " characters at most",
                    "ast profile set NAME --git-user oauth2");
        }
        return name;
    }
}
