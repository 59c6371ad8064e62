package dev.ast.protocol;

import dev.ast.domain.Failure;
import dev.ast.domain.FailureException;
import dev.ast.domain.ProfileName;
import dev.ast.domain.Secret;
import dev.ast.domain.ServerOrigin;
import dev.ast.domain.TokenSet;
import dev.ast.session.Selection;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Git's credential helpers (gitcredentials(7), git-credential(1)): lines of {@code key=value}, up to an empty line. A git
 * that says {@code capability[]=authtype} (2.46 and later) is given a Bearer token, an older one a user name and the token
 * as password.
 */
final class GitProtocol implements HelperProtocol {
    /** The user name that goes with a token, unless the profile has another. */
    static final String USER = "oauth2";

    private static final String STATE = "ast.profile=";

    private final OriginCredentials credentials;

    GitProtocol(OriginCredentials credentials) {
        this.credentials = credentials;
    }

    @Override
    public Description description() {
        return new Description(
                "git",
                "Give git the token for a server",
                "For git's credential.helper, through bin/git-credential-ast. The request is read from standard input."
                        + " Nothing is stored. After erase, which git calls when a server refuses the token, the next get"
                        + " renews it; the session stays.",
                List.of("get", "store", "erase", "capability"),
                Optional.empty());
    }

    /** Git may get more operations, which a helper is to ignore. */
    @Override
    public boolean open() {
        return true;
    }

    @Override
    public Setup setup() {
        return new GitSetup();
    }

    @Override
    public HelperAnswer answer(HelperQuestion question) {
        return switch (question.operation()) {
            case "get" -> get(question, Request.read(question.body()));
            case "erase" -> erase(question, Request.read(question.body()));
            case "capability" -> HelperAnswer.text("version 0\ncapability authtype\ncapability state\n");
            default -> HelperAnswer.nothing();
        };
    }

    private HelperAnswer get(HelperQuestion question, Request request) {
        Optional<OriginCredentials.Given> found = request.origins()
                .flatMap(origins -> credentials.find(question.selection(), origins, OriginCredentials.Kind.ACCESS));
        if (found.isEmpty()) {
            return HelperAnswer.nothing();
        }
        OriginCredentials.Given given = found.get();
        StringBuilder answer = new StringBuilder();
        if (request.takes("state")) {
            answer.append("capability[]=state\nstate[]=")
                    .append(STATE)
                    .append(given.target().profile().name())
                    .append('\n');
        }
        boolean bearer = request.takes("authtype")
                && request.bearer()
                && !given.tokens().type().equals(TokenSet.BARE);
        if (bearer) {
            answer.append("capability[]=authtype\nauthtype=Bearer\ncredential=")
                    .append(given.token())
                    .append("\nephemeral=1\n");
        } else {
            answer.append("username=")
                    .append(given.target().profile().programs().gitUser().orElse(USER))
                    .append("\npassword=")
                    .append(given.token())
                    .append('\n');
        }
        given.expiresAt()
                .ifPresent(end -> answer.append("password_expiry_utc=")
                        .append(end.getEpochSecond())
                        .append('\n'));
        return HelperAnswer.text(answer.toString());
    }

    private HelperAnswer erase(HelperQuestion question, Request request) {
        Optional<Secret> refused = request.secret();
        Optional<List<ServerOrigin>> origins = request.origins();
        if (refused.isPresent() && origins.isPresent()) {
            Selection selection = request.profile()
                    .filter(name -> question.selection().profile().isEmpty())
                    .map(Selection::of)
                    .orElse(question.selection());
            credentials.refused(selection, origins.get(), refused.get());
        }
        return HelperAnswer.nothing();
    }

    /** What git asks: every attribute that it sent, in order; those that are not known are not looked at. */
    private record Request(Map<String, List<String>> attributes) {

        static Request read(String text) {
            Map<String, List<String>> attributes = new LinkedHashMap<>();
            // A line break or NUL in a value could be read as another attribute by one side only.
            if (text.indexOf('\r') >= 0 || text.indexOf('\0') >= 0) {
                throw Failure.usage("the request of git holds a carriage return or NUL");
            }
            for (String line : text.split("\n", -1)) {
                if (line.isEmpty()) {
                    break;
                }
                int equals = line.indexOf('=');
                if (equals <= 0) {
                    throw Failure.usage("the request of git holds a line that is no attribute");
                }
                attributes
                        .computeIfAbsent(line.substring(0, equals), key -> new ArrayList<>())
                        .add(line.substring(equals + 1));
            }
            return new Request(attributes);
        }

        private Optional<String> last(String key) {
            List<String> values = attributes.getOrDefault(key, List.of());
            return values.isEmpty()
                    ? Optional.empty()
                    : Optional.of(values.get(values.size() - 1)).filter(value -> !value.isEmpty());
        }

        boolean takes(String capability) {
            return attributes.getOrDefault("capability[]", List.of()).contains(capability);
        }

        /** Whether the server may take a Bearer token: it names the scheme, or git does not say what it names. */
        boolean bearer() {
            List<String> challenges = attributes.getOrDefault("wwwauth[]", List.of());
            boolean named = challenges.isEmpty();
            for (String challenge : challenges) {
                String one = challenge.toLowerCase(Locale.ROOT);
                named |= one.startsWith("bearer") || one.contains(", bearer");
            }
            return named;
        }

        Optional<List<ServerOrigin>> origins() {
            Optional<String> scheme = last("protocol");
            Optional<String> host = last("host");
            // A host with more than a port behind it is not what git connects to.
            if (scheme.isEmpty()
                    || host.isEmpty()
                    || OriginCredentials.hasAny(host.get(), c -> c <= 0x20 || "/?#\\@".indexOf(c) >= 0)) {
                return Optional.empty();
            }
            return OriginCredentials.origins(scheme.get() + "://" + host.get());
        }

        Optional<Secret> secret() {
            try {
                return last("credential").or(() -> last("password")).map(Secret::of);
            } catch (FailureException e) {
                return Optional.empty();
            }
        }

        Optional<ProfileName> profile() {
            for (String state : attributes.getOrDefault("state[]", List.of())) {
                if (state.startsWith(STATE)) {
                    return ProfileName.of(state.substring(STATE.length()));
                }
            }
            return Optional.empty();
        }

        @Override
        public String toString() {
            return attributes.keySet().toString();
        }
    }
}
