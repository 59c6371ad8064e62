package dev.ast.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.ast.domain.Exit;
import dev.ast.domain.FailureException;
import dev.ast.host.Environment;
import dev.ast.host.Interrupts;
import dev.ast.host.Signals;
import dev.ast.host.Sleeper;
import dev.ast.output.Conversation;
import dev.ast.output.Redactor;
import dev.ast.output.Views;
import dev.ast.shell.PlainExecution;
import dev.ast.support.Answer;
import dev.ast.support.AstInside;
import dev.ast.support.ClientServer;
import dev.ast.support.RecordedScreen;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A user at a terminal whom an API asks for a stronger sign-in (RFC 9470). */
class StepUpSignInTest {
    private final ClientServer server = new ClientServer(request -> true);
    private final RecordedScreen screen = RecordedScreen.piped();
    private final List<String> questions = new ArrayList<>();
    private Instant now = Instant.now();
    private boolean agrees;

    @TempDir
    private Path home;

    @BeforeEach
    void signIn() {
        AstInside ast = AstInside.in(home);
        assertThat(ast.run("login", "--no-browser", "--provider", "oidc", "--issuer", server.issuer(), "--client-id", "cli")
                        .exit())
                .isZero();
        server.server()
                .on("GET /things", request -> request.header("Authorization")
                                .filter("Bearer access-2"::equals)
                                .isPresent()
                        ? Answer.json("{\"strong\":true}")
                        : challenge())
                .on("POST /things", request -> challenge());
    }

    @AfterEach
    void close() {
        server.close();
    }

    private static Answer challenge() {
        return Answer.json(401, "{\"code\":\"step-up\"}")
                .header(
                        "WWW-Authenticate",
                        "Bearer error=\"insufficient_user_authentication\", acr_values=\"gold silver\", max_age=\"60\"");
    }

    @Test
    void theRequestIsRepeatedAfterTheSignInThatTheServerWants() {
        agrees = true;

        int exit = run("api", "GET", "/things");

        assertThat(exit).isZero();
        assertThat(screen.out()).isEqualTo("{\"strong\":true}");
        assertThat(questions)
                .containsExactly(server.issuer() + " asks for another sign-in of the user, acr_values gold silver,"
                        + " at most 60 s ago. Sign in now?");
        assertThat(server.requests("POST /device"))
                .last()
                .satisfies(request -> assertThat(request.form())
                        .containsEntry("acr_values", "gold silver")
                        .containsEntry("max_age", "60"));
        assertThat(server.requests("GET /things")).hasSize(2);
    }

    @Test
    void aNoEndsWithTheHint() {
        FailureException no =
                catchThrowableOfType(FailureException.class, () -> run("api", "GET", "/things"));

        assertThat(no.failure().exit()).isEqualTo(Exit.NOT_SIGNED_IN);
        assertThat(no.failure().hint()).hasValue("ast login --acr \"gold silver\" --max-age 60s");
        assertThat(questions).hasSize(1);
        assertThat(server.requests("POST /device")).hasSize(1);
    }

    @Test
    void anAnswerThatIsStillTooWeakIsNotAskedAboutAgain() {
        agrees = true;
        server.server().on("GET /things", challenge());

        FailureException refused =
                catchThrowableOfType(FailureException.class, () -> run("api", "GET", "/things"));

        assertThat(refused.failure().exit()).isEqualTo(Exit.NOT_SIGNED_IN);
        assertThat(questions).hasSize(1);
        assertThat(server.requests("GET /things")).hasSize(2);
    }

    @Test
    void aChangeIsNotRepeatedAndNothingIsAsked() {
        agrees = true;

        FailureException refused =
                catchThrowableOfType(FailureException.class, () -> run("api", "POST", "/things", "-f", "a=b"));

        assertThat(refused.failure().exit()).isEqualTo(Exit.NOT_SIGNED_IN);
        assertThat(questions).isEmpty();
        assertThat(server.requests("POST /things")).hasSize(1);
    }

    private int run(String... words) {
        Interrupts interrupts = new Interrupts();
        InstantSource clock = () -> now;
        Foundation base = new Foundation(
                Environment.of(Map.of(
                        "HOME", home.toString(), "AST_HOME", home.resolve(".ast").toString(), "AST_STORAGE", "file")),
                screen.screen(),
                clock,
                (Sleeper) pause -> now = now.plus(pause),
                interrupts,
                new Signals(interrupts, clock, ended -> {}));
        PlainParts parts = PlainParts.over(base);
        CommandParts commands = new CommandParts(base, parts.store(), parts.session(), parts::online);
        Views views = new Views(base.screen(), new ResultViews(clock)::of);
        int exit = new PlainExecution(commands.catalog(), views, new Redactor(), interrupts, any -> user())
                .run(List.of(words));
        base.screen().flush();
        return exit;
    }

    private Conversation user() {
        return (Conversation) Proxy.newProxyInstance(
                Conversation.class.getClassLoader(), new Class<?>[] {Conversation.class}, (self, method, arguments) -> {
                    if (method.getName().equals("confirm")) {
                        questions.add((String) arguments[0]);
                        return agrees;
                    }
                    if (method.getName().equals("during")) {
                        return ((Supplier<?>) arguments[arguments.length - 1]).get();
                    }
                    if (Conversation.Waiting.class.equals(method.getReturnType())) {
                        return (Conversation.Waiting) () -> {};
                    }
                    Class<?> type = method.getReturnType();
                    return type == boolean.class
                            ? method.getName().equals("canAsk") || method.getName().equals("attended")
                            : type == int.class ? 80 : null;
                });
    }
}
