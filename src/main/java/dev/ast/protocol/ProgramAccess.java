package dev.ast.protocol;

import dev.ast.domain.CredentialSource;
import dev.ast.domain.Failure;
import dev.ast.domain.SecretShape;
import dev.ast.provider.Provider;
import dev.ast.session.Credential;
import dev.ast.session.Credentials;
import dev.ast.session.Selection;
import dev.ast.session.Target;
import dev.ast.session.Targets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a program is given that runs with a token: never more than an access token, in one variable, in a file that
 * another one names, or both.
 *
 * @param selection what the user named
 * @param target the profile and server of the token
 * @param credential a fresh token
 * @param variable the variable with the token
 * @param fileVariable the variable with the path of a file with the token
 * @param ahead how long before its end the token in the file is renewed, at least
 */
public record ProgramAccess(
        Selection selection,
        Target target,
        Credential credential,
        Optional<String> variable,
        Optional<String> fileVariable,
        Duration ahead) {

    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,99}");
    /** Where a value decides what a program loads or runs, a token has no place. */
    private static final Pattern HARMFUL =
            Pattern.compile("(LD|DYLD|BASH|MALLOC|GLIBC)_.*|PYTHON.*|PERL.*|NODE_.*OPTIONS"
                    + "|RUBY(OPT|LIB)|.*JAVA_(TOOL_)?OPTIONS|JDK_AOT_VM_OPTIONS|CLASSPATH|AST_(?!TOKEN$).*");

    private static final Set<String> HARMFUL_NAMES = Set.of(
            "PATH",
            "HOME",
            "SHELL",
            "SHELLOPTS",
            "BASHOPTS",
            "ENV",
            "IFS",
            "CDPATH",
            "PS4",
            "PWD",
            "USER",
            "LOGNAME",
            "TERM",
            "EDITOR",
            "VISUAL",
            "PAGER",
            "BROWSER",
            "TMPDIR",
            "LANG",
            "LOCPATH",
            "NLSPATH",
            "GCONV_PATH",
            "HOSTALIASES",
            "JAVA_HOME",
            "PROMPT_COMMAND");

    /** What the user asks for. */
    public record Request(
            Selection selection, Optional<String> variable, Optional<String> fileVariable, Duration minimum) {
        /**
         * Checks the names.
         *
         * @throws dev.ast.domain.FailureException (usage) when one is no name of a variable, would change how programs
         *     run, or is given twice
         */
        public Request {
            variable.ifPresent(name -> check(name, "ast exec --env NAME -- PROGRAM"));
            fileVariable.ifPresent(name -> check(name, "ast exec --token-file NAME -- PROGRAM"));
            if (variable.isPresent() && variable.equals(fileVariable)) {
                throw Failure.usage("--env and --token-file name the same variable", "give them different names");
            }
        }

        private static void check(String name, String usage) {
            if (!NAME.matcher(name).matches()) {
                throw Failure.usage("not the name of a variable: " + SecretShape.quoted(name, 100), usage);
            }
            String upper = name.toUpperCase(Locale.ROOT);
            if (HARMFUL_NAMES.contains(upper) || HARMFUL.matcher(upper).matches()) {
                throw Failure.usage(
                        "the variable " + name + " changes how programs run, and cannot hold a token", usage);
            }
        }
    }

    /**
     * Finds or renews the token.
     *
     * @throws dev.ast.domain.FailureException (usage) when the platform has no variable of its own and none is named; as
     *     {@link Credentials#fresh}
     */
    public static ProgramAccess of(Request request, Targets targets, Credentials credentials) {
        Target target = targets.resolve(request.selection());
        Optional<String> variable = request.variable()
                .or(() -> ofPlatform(target.provider())
                        .filter(name -> !request.fileVariable().equals(Optional.of(name))));
        if (variable.isEmpty() && request.fileVariable().isEmpty()) {
            throw Failure.usage(
                    "the provider " + target.provider().id() + " has no variable of its own for a token",
                    "ast exec --env NAME -- PROGRAM");
        }
        Credential credential = credentials
                .fresh(target, request.selection().token(), request.minimum())
                .forPrograms(target.profile().name());
        return new ProgramAccess(
                request.selection(), target, credential, variable, request.fileVariable(), request.minimum());
    }

    /** Whether the token is that of a session that is stored, which can be renewed. */
    boolean renewable() {
        return credential.source() instanceof CredentialSource.StoredLogin;
    }

    private static Optional<String> ofPlatform(Provider provider) {
        List<String> names = provider.tokenVariables();
        return names.isEmpty() ? Optional.empty() : Optional.of(names.get(0));
    }
}
