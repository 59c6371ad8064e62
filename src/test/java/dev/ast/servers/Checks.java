package dev.ast.servers;

import dev.ast.support.AstResult;
import dev.ast.support.AstWorld;
import dev.ast.support.RunningAst;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What is checked at one server, each in a home of its own, the others also after a failure. */
final class Checks {
    private static final Duration LONGEST = Duration.ofMinutes(2);
    private static final Pattern OPEN = Pattern.compile("(?m)^\\s*Open: (\\S+)");

    private final String server;
    private final ServerTls tls;
    private final Pattern names;
    private final List<String> failed = new ArrayList<>();

    /** Carries out those whose name matches. */
    Checks(String server, ServerTls tls, Pattern names) {
        this.server = server;
        this.tls = tls;
        this.names = names;
    }

    /** A check. */
    interface Check {
        void run(AstWorld ast) throws Exception;
    }

    /** Carries out one check and prints whether it is good. */
    void check(String name, Check check) throws Exception {
        if (!names.matcher(name).matches()) {
            return;
        }
        try (AstWorld ast = AstWorld.create()) {
            ast.env("AST_STORAGE", "file")
                    .env("AST_CA_BUNDLE", tls.authorityFile().toString());
            check.run(ast);
            System.out.println(server + " " + name + " ok");
        } catch (AssertionError e) {
            failed.add(name);
            System.out.println(server + " " + name + " failed: " + e.getMessage());
        }
    }

    /** Fails where a check has. */
    void end() {
        require(failed.isEmpty(), "failed: " + String.join(", ", failed));
    }

    /** A first sign-in, which only loads the classes of a server: its time limits are not those of a warm one. */
    void warmUp(Check check) throws Exception {
        try (AstWorld ast = AstWorld.create()) {
            ast.env("AST_STORAGE", "file")
                    .env("AST_CA_BUNDLE", tls.authorityFile().toString());
            check.run(ast);
        } catch (AssertionError e) {
            System.out.println(
                    server + " is slow: " + e.getMessage().lines().findFirst().orElse(""));
        }
    }

    /** Signs a user in, who approves on the pages of the server. */
    void signIn(AstWorld ast, String... words) throws Exception {
        Attempt attempt = attempt(ast, words);
        require(attempt.result().exit() == 0, attempt.toString());
    }

    /** How a sign-in ended, and the last page that the user saw. */
    record Attempt(AstResult result, String page) {}

    /** Tries to sign a user in, who approves on the pages of the server. */
    Attempt attempt(AstWorld ast, String... words) throws Exception {
        List<String> all = new ArrayList<>(List.of("login", "--no-browser"));
        all.addAll(Arrays.asList(words));
        try (RunningAst login = ast.start(all.toArray(String[]::new))) {
            Matcher open = OPEN.matcher(login.awaitErr("Open: ", LONGEST));
            String page = open.find() ? new PageUser(tls.context()).approve(URI.create(open.group(1))) : "";
            try {
                return new Attempt(login.await(LONGEST), page);
            } catch (AssertionError e) {
                throw new AssertionError(e.getMessage() + "; the last page: " + page, e);
            }
        }
    }

    /**
     * Checks tokens that are bound to a key (RFC 9449), by code and in the browser, for a client that must have such.
     *
     * @param userInfo the path of userinfo
     */
    void ofBound(String[] server, String userInfo) throws Exception {
        for (String way : List.of("--device", "--web")) {
            check("dpop " + way.substring(2), ast -> {
                signIn(ast, with(server, "--client-id", "bound", "--dpop", way));
                require(
                        good(ast, "token", "-o", "json").out().contains("\"token_type\":\"DPoP\""),
                        "the token is not bound");
                require(
                        good(ast, "api", "GET", userInfo).out().contains("ada@example.com"),
                        "userinfo does not know the user");
                renew(ast);
                good(ast, "api", "GET", userInfo);
                AstResult refused = ast.run("exec", "--env", "TOKEN", "--", "true");
                require(refused.exit() == 1 && refused.err().contains("bound to a key"), refused.toString());
                good(ast, "logout");
            });
        }
    }

    /** Checks a whole session of the user ada. */
    void ofUser(String name, String[] server, String... more) throws Exception {
        check(name, ast -> {
            signIn(ast, with(server, more));
            use(ast, "ada@example.com");
        });
    }

    /**
     * What every server is checked for: a code, the browser, pushed authorization requests.
     *
     * @param secret the file with the secret of the client {@code par}
     */
    void ofUsers(String[] server, Path secret) throws Exception {
        ofUser("device", server, "--client-id", "public");
        ofUser("code", server, "--client-id", "public", "--web");
        ofUser("pushed-authorization", server, "--client-id", "par", "--web", "--client-secret", "@" + secret);
    }

    /** These words, and more. */
    static String[] with(String[] first, String... more) {
        return Stream.concat(Stream.of(first), Stream.of(more)).toArray(String[]::new);
    }

    /** Checks a session from its identity to its end: renewal by the server, revocation. */
    static void use(AstWorld ast, String who) {
        AstResult whoami = good(ast, "whoami", "-o", "json");
        require(whoami.out().contains(who), whoami.toString());
        renew(ast);
        good(ast, "logout");
    }

    /** Has the access token renewed by the server, as soon as it has aged a little; the new one. */
    static String renew(AstWorld ast) {
        String before = good(ast, "token").out();
        Instant end = Instant.now().plus(LONGEST);
        while (Instant.now().isBefore(end)) {
            String after = good(ast, "token", "--min-ttl", "590s").out();
            if (!before.equals(after)) {
                return after;
            }
        }
        throw new AssertionError("the token was not renewed");
    }

    /** Runs a command that must succeed. */
    static AstResult good(AstWorld ast, String... words) {
        AstResult result = ast.run(words);
        require(result.exit() == 0, String.join(" ", words) + ": " + result);
        return result;
    }

    /** The claims of a token, as JSON. */
    static String claims(String token) {
        return new String(Base64.getUrlDecoder().decode(token.split("\\.", -1)[1]), StandardCharsets.UTF_8);
    }

    static void require(boolean good, String otherwise) {
        if (!good) {
            throw new AssertionError(otherwise);
        }
    }
}
