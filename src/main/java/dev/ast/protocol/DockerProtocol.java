package dev.ast.protocol;

import dev.ast.domain.Failure;
import dev.ast.domain.FailureException;
import dev.ast.domain.ServerOrigin;
import dev.ast.json.JsonObject;
import dev.ast.provider.PlatformOptions;
import dev.ast.session.Recipients;
import dev.ast.session.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Docker's credential helpers: one word, a registry on standard input, JSON on standard output. */
final class DockerProtocol implements HelperProtocol {
    // Docker recognizes by this text that there is no credential, as opposed to an error.
    private static final String NONE = "credentials not found in native keychain\n";
    /** The user name that goes with a token where the platform has no other. */
    private static final String USER = "token";

    private static final int LONGEST = 512;

    private final OriginCredentials credentials;

    DockerProtocol(OriginCredentials credentials) {
        this.credentials = credentials;
    }

    @Override
    public Description description() {
        return new Description(
                "docker",
                "Give docker the credential of a registry",
                "For docker's credHelpers, through bin/docker-credential-ast. The registry is read from standard"
                        + " input. A token is given for the registry of a profile's platform, and for the origins that"
                        + " --also-for has added; nothing is stored, and erase leaves the session as it is.",
                List.of("get", "list", "store", "erase"),
                Optional.empty());
    }

    @Override
    public Setup setup() {
        return new DockerSetup();
    }

    @Override
    public HelperAnswer answer(HelperQuestion question) {
        return switch (question.operation()) {
            case "get" -> get(question, question.body().strip());
            case "list" -> list(question);
            case "erase" -> {
                question.say().accept("The session stays; to end it: ast logout");
                yield HelperAnswer.nothing();
            }
            default ->
                throw Failure.failed(
                        "no credential of docker's is stored; docker gets the one of the session", "ast login");
        };
    }

    private HelperAnswer get(HelperQuestion question, String registry) {
        if (registry.isEmpty()) {
            throw Failure.usage(
                    "standard input names no registry", "echo registry.example.com | ast credential docker get");
        }
        Optional<OriginCredentials.Given> found;
        try {
            found = credentials.find(question.selection(), origins(registry), OriginCredentials.Kind.ACCESS);
        } catch (FailureException e) {
            if (e.failure() instanceof Failure.NoSuchProfile) {
                return HelperAnswer.text(NONE).but(e.failure()); // docker goes on without a credential
            }
            throw e;
        }
        if (found.isEmpty()) {
            return HelperAnswer.text(NONE)
                    .but(new Failure.Failed(
                            "there is no credential for this registry",
                            Optional.of("ast login, or for the registry of another server: ast profile set NAME"
                                    + " --also-for HOST")));
        }
        return HelperAnswer.json(new JsonObject()
                .put("ServerURL", registry)
                .put("Username", user(found.get().target()))
                .put("Secret", found.get().token()));
    }

    private HelperAnswer list(HelperQuestion question) {
        JsonObject all = new JsonObject();
        for (Target target : credentials.all(question.selection())) {
            List<ServerOrigin> origins = new ArrayList<>();
            Recipients.registry(target).ifPresent(origins::add);
            origins.addAll(target.profile().programs().alsoFor());
            for (ServerOrigin origin : origins) {
                String host = name(origin);
                if (!all.has(host)) {
                    all.put(host, user(target));
                }
            }
        }
        return HelperAnswer.json(all);
    }

    /** What docker calls a registry: its host, with the port unless that is the usual one. */
    static String name(ServerOrigin origin) {
        return origin.host() + (origin.port() == 443 ? "" : ":" + origin.port());
    }

    private static String user(Target target) {
        return target.provider()
                .options()
                .registry()
                .map(PlatformOptions.Registry::user)
                .orElse(USER);
    }

    private static List<ServerOrigin> origins(String registry) {
        Optional<String> host = host(registry);
        if (host.isEmpty()) {
            return List.of();
        }
        int colon = host.get().lastIndexOf(':');
        boolean port = colon > 0 && host.get().substring(colon + 1).matches("[0-9]{1,5}");
        String name = port ? host.get().substring(0, colon) : host.get();
        int number = port ? Integer.parseInt(host.get().substring(colon + 1)) : 443;
        ServerOrigin secure = new ServerOrigin("https", name, number);
        return secure.isLoopback()
                ? List.of(secure, new ServerOrigin("http", name, port ? number : 80))
                : List.of(secure);
    }

    // Docker names a host, or an address of it; a plain http one is trusted on this machine only.
    static Optional<String> host(String registry) {
        String text = registry.strip().toLowerCase(Locale.ROOT);
        if (text.isEmpty()
                || text.length() > LONGEST
                || OriginCredentials.hasAny(text, c -> c <= 0x20 || c >= 0x7f || c == '@' || c == '\\')) {
            return Optional.empty();
        }
        boolean plain = text.startsWith("http://");
        String rest = plain ? text.substring(7) : text.startsWith("https://") ? text.substring(8) : text;
        int end = rest.indexOf('/');
        String host = end < 0 ? rest : rest.substring(0, end);
        if (plain && !host.startsWith("127.0.0.1") && !host.startsWith("localhost")) {
            return Optional.empty();
        }
        return Optional.of(host.endsWith(":443") ? host.substring(0, host.length() - 4) : host);
    }
}
