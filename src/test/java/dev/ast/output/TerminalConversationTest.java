package dev.ast.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ast.domain.Exit;
import dev.ast.domain.Failure;
import dev.ast.domain.FailureException;
import dev.ast.domain.Secret;
import dev.ast.host.Interrupts;
import dev.ast.output.Conversation.Choice;
import dev.ast.support.RecordedScreen;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(30)
class TerminalConversationTest {
    private static final TerminalConversation.Options NORMAL =
            new TerminalConversation.Options(false, false, Coloring.NEVER);
    private static final TerminalConversation.Options QUIET =
            new TerminalConversation.Options(true, false, Coloring.NEVER);
    private static final TerminalConversation.Options NO_INPUT =
            new TerminalConversation.Options(false, true, Coloring.NEVER);

    private final Interrupts interrupts = new Interrupts();
    private final Redactor redactor = new Redactor();

    /** A keyboard on which some lines have been typed already. */
    private record Typed(StandardInput input) implements Keyboard {
        static Typed lines(String text) {
            return typed(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
        }

        private static Typed typed(InputStream all) {
            return new Typed(new StandardInput(() -> all));
        }

        @Override
        public Optional<String> line() {
            return input.line();
        }

        @Override
        public Optional<char[]> secret(Runnable question) {
            question.run();
            return input.line().map(String::toCharArray);
        }

        @Override
        public Optional<char[]> pasted(Runnable question) {
            return secret(question);
        }
    }

    private TerminalConversation on(RecordedScreen screen, String typed, TerminalConversation.Options options) {
        return new TerminalConversation(screen.screen(), Typed.lines(typed), interrupts, redactor, options);
    }

    @Test
    void breaksProseAtSpacesOnATerminalOnly() {
        String words = "word ".repeat(16) + "end";
        String broken = "word ".repeat(15) + "word\nend\n";
        RecordedScreen terminal = RecordedScreen.terminal();
        on(terminal, "", NORMAL).say(words);
        on(terminal, "", NORMAL).show(words);
        assertThat(terminal.err()).isEqualTo(broken + broken);

        terminal.clear();
        on(terminal, "", NORMAL).warn(words);
        assertThat(terminal.err()).isEqualTo("warning: " + "word ".repeat(13) + "word\nword word end\n");

        terminal.clear();
        on(terminal, "", NORMAL).show("  Open: " + words);
        assertThat(terminal.err()).isEqualTo("  Open: " + words + "\n");

        RecordedScreen pipe = RecordedScreen.piped();
        on(pipe, "", NORMAL).say(words);
        assertThat(pipe.err()).isEqualTo(words + "\n");
    }

    private static void assertExit(Exit exit, Runnable work) {
        assertThatThrownBy(work::run)
                .isInstanceOfSatisfying(
                        FailureException.class,
                        e -> assertThat(e.failure().exit()).isEqualTo(exit));
    }

    @Test
    void speaksOnStandardErrorOnly() {
        RecordedScreen screen = RecordedScreen.piped();
        redactor.register(Secret.of("canary-1"));
        TerminalConversation conversation = on(screen, "", NORMAL);
        conversation.say("hello\u001b[2J canary-1");
        conversation.warn("careful\nnow");
        assertThat(screen.err()).isEqualTo("hello\\x1b[2J [secret]\nwarning: careful\\nnow\n");
        assertThat(screen.out()).isEmpty();
    }

    @Test
    void quietKeepsWarningsOnly() {
        RecordedScreen screen = RecordedScreen.terminal();
        TerminalConversation conversation = on(screen, "", QUIET);
        conversation.say("hello");
        conversation.warn("careful");
        assertThat(conversation.during(() -> "waiting", () -> 7)).isEqualTo(7);
        assertThat(screen.err()).isEqualTo("warning: careful\n");
    }

    @Test
    void asksNothingWithoutATerminal() {
        for (TerminalConversation conversation : List.of(
                on(RecordedScreen.piped(), "y\n", NORMAL),
                on(RecordedScreen.with(Map.of(), "12"), "y\n", NORMAL),
                on(RecordedScreen.with(Map.of(), "01"), "y\n", NORMAL),
                on(RecordedScreen.terminal(), "y\n", NO_INPUT))) {
            assertThat(conversation.canAsk()).isFalse();
            assertExit(Exit.USAGE, () -> conversation.confirm("Remove it?", "--yes"));
            assertExit(Exit.USAGE, () -> conversation.ask("Name", "--name"));
            assertExit(Exit.USAGE, () -> conversation.askSecret("Token", "--with-token"));
            assertThatThrownBy(() -> conversation.choose("Which", List.of(new Choice("a", "", false)), "NAME"))
                    .isInstanceOfSatisfying(FailureException.class, e -> {
                        assertThat(e.failure()).isInstanceOf(Failure.Usage.class);
                        assertThat(e.failure().hint()).contains("use NAME");
                    });
        }
    }

    @Test
    void takesAnswers() {
        RecordedScreen screen = RecordedScreen.terminal();
        TerminalConversation conversation = on(screen, "Yes\n\nno\r\n Ada \nsecret-42\n9\nx\n2\n", NORMAL);
        assertThat(conversation.canAsk()).isTrue();
        assertThat(conversation.confirm("Remove?", "--yes")).isTrue();
        assertThat(conversation.confirm("Remove?", "--yes")).isFalse();
        assertThat(conversation.confirm("Remove?", "--yes")).isFalse();
        assertThat(conversation.ask("Name", "--name")).isEqualTo("Ada");
        assertThat(conversation.askSecret("Token", "--with-token").reveal()).isEqualTo("secret-42");
        assertThat(redactor.redact("secret-42")).isEqualTo(Redactor.MASK);
        assertThat(conversation.choose(
                        "Which", List.of(new Choice("a\u001b", "first", true), new Choice("b", "", false)), "NAME"))
                .isEqualTo(1);
        assertThat(screen.err())
                .startsWith("Remove? [y/N] Remove? [y/N] Remove? [y/N] Name: Token (not shown): ")
                .contains(" *1  a\\x1b  first\n  2  b\nWhich [1-2]: ")
                .doesNotContain("secret-42");
        assertThat(screen.out()).isEmpty();
    }

    @Test
    void anEndOfInputIsNotAnAnswer() {
        RecordedScreen screen = RecordedScreen.terminal();
        TerminalConversation conversation = on(screen, "", NORMAL);
        assertThat(conversation.confirm("Remove?", "--yes")).isFalse();
        assertExit(Exit.FAILURE, () -> conversation.ask("Name", "--name"));
        assertExit(Exit.FAILURE, () -> conversation.askSecret("Token", "--with-token"));
        assertExit(Exit.FAILURE, () -> conversation.choose("Which", List.of(new Choice("a", "", false)), "NAME"));
        assertExit(
                Exit.FAILURE,
                () -> on(screen, "0\n3\nx\n1\n", NORMAL)
                        .choose("Which", List.of(new Choice("a", "", false), new Choice("b", "", false)), "NAME"));
    }

    @Test
    void ctrlCBreaksAQuestion() throws Exception {
        RecordedScreen screen = RecordedScreen.terminal();
        try (PipedOutputStream typing = new PipedOutputStream();
                PipedInputStream never = new PipedInputStream(typing)) {
            CountDownLatch asked = new CountDownLatch(1);
            Keyboard silent = new Keyboard() {
                @Override
                public Optional<String> line() {
                    asked.countDown();
                    return new StandardInput(() -> never).line();
                }

                @Override
                public Optional<char[]> secret(Runnable question) {
                    question.run();
                    return Optional.empty();
                }

                @Override
                public Optional<char[]> pasted(Runnable question) {
                    return secret(question);
                }
            };
            TerminalConversation conversation =
                    new TerminalConversation(screen.screen(), silent, interrupts, redactor, NORMAL);
            Thread user = new Thread(() -> {
                try {
                    asked.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                interrupts.interrupt(Exit.INTERRUPTED);
            });
            user.start();
            assertExit(Exit.INTERRUPTED, () -> conversation.ask("Name", "--name"));
            user.join();
        }
    }

    @Test
    void ctrlCMayComeAsACharacter() {
        Keyboard raw = new Keyboard() {
            @Override
            public Optional<String> line() {
                return Optional.empty();
            }

            @Override
            public Optional<char[]> secret(Runnable question) {
                question.run();
                throw new Failure.Interrupted(Exit.INTERRUPTED).asException();
            }

            @Override
            public Optional<char[]> pasted(Runnable question) {
                return secret(question);
            }
        };
        TerminalConversation conversation =
                new TerminalConversation(RecordedScreen.terminal().screen(), raw, interrupts, redactor, NORMAL);
        assertExit(Exit.INTERRUPTED, () -> conversation.askSecret("Token", "--with-token"));
    }

    @Test
    void ctrlCBreaksWorkWhateverItThrows() throws Exception {
        TerminalConversation conversation = on(RecordedScreen.terminal(), "", NORMAL);
        CountDownLatch started = new CountDownLatch(1);
        Thread user = new Thread(() -> {
            try {
                started.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            interrupts.interrupt(Exit.TERMINATED);
        });
        user.start();
        assertExit(
                Exit.TERMINATED,
                () -> conversation.during(() -> "waiting", () -> {
                    started.countDown();
                    try {
                        new CountDownLatch(1).await();
                    } catch (InterruptedException e) {
                        throw Failure.unreachable("the connection broke", "try again");
                    }
                    return 1;
                }));
        user.join();
        assertThat(Thread.interrupted()).isFalse();
    }

    @Test
    void saysAProgressLineOnceWithoutATerminal() {
        RecordedScreen screen = RecordedScreen.with(Map.of("TERM", "dumb"), "012");
        assertThat(on(screen, "", NORMAL).during(() -> "waiting", () -> "done")).isEqualTo("done");
        assertThat(screen.err()).isEqualTo("waiting\n");
    }

    @Test
    void renewsAProgressLineAndLeavesNothingOfIt() {
        RecordedScreen screen = RecordedScreen.terminal();
        TerminalConversation conversation = on(screen, "", NORMAL);
        int[] asked = {0};
        conversation.during(() -> "waiting " + asked[0]++ + "\u001b" + "字".repeat(100), () -> {
            awaitFrames(screen, 3);
            conversation.say("note");
            return 0;
        });
        String[] frames = screen.err().split("\r\u001b\\[K", -1);
        assertThat(frames.length).isGreaterThan(4);
        assertThat(frames[0]).startsWith("⠋ waiting 0\\x1b字").endsWith("字…");
        assertThat(Columns.of(frames[0])).isLessThan(80);
        assertThat(screen.err()).contains("\r\u001b[Knote\n").endsWith("\r\u001b[K");
    }

    @Test
    void aCommandThatTakesLongIsShownUntilItEndsOrAsks() {
        RecordedScreen screen = RecordedScreen.terminal();
        TerminalConversation conversation = on(screen, "y\n", NORMAL);
        try (Conversation.Waiting ignored = conversation.waiting("waiting")) {
            awaitFrames(screen, 1);
            screen.screen().out("result\n");
            assertThat(conversation.confirm("Remove it?", "--yes")).isTrue();
        }
        assertThat(screen.err()).startsWith("⠋ waiting").endsWith("\r\u001b[KRemove it? [y/N] ");
        screen.clear();
        conversation.waiting("waiting").close();
        assertThat(conversation.during(() -> "done", () -> "x")).isEqualTo("x");
        assertThat(screen.err()).doesNotContain("waiting");
    }

    @ParameterizedTest
    @CsvSource({
        "TERM, xterm-kitty, true, true",
        "TERM_PROGRAM, WezTerm, true, true",
        "WT_SESSION, x, true, true",
        "VTE_VERSION, 7600, true, false",
        "VTE_VERSION, 4900, false, false",
        "FORCE_HYPERLINK, 1, true, false",
        "TERM, xterm, false, false"
    })
    void addressesAreLinksAndCodesAreCopiedWhereTheTerminalCan(String name, String value, boolean link, boolean copy) {
        Map<String, String> environment = new HashMap<>(Map.of("LANG", "C.UTF-8", "TERM", "xterm"));
        environment.put(name, value);
        RecordedScreen screen = RecordedScreen.with(environment, "012");
        TerminalConversation conversation = on(screen, "", NORMAL);
        conversation.showAddress("  Open: ", "https://a.example/?x=1");
        String address = "https://a.example/?x=1";
        assertThat(screen.err())
                .isEqualTo("  Open: "
                        + (link ? "\u001b]8;;" + address + "\u001b\\" + address + "\u001b]8;;\u001b\\" : address)
                        + "\n");
        screen.clear();
        assertThat(conversation.copy("AB-CD")).isEqualTo(copy);
        assertThat(screen.err()).isEqualTo(copy ? "\u001b]52;c;QUItQ0Q=\u001b\\" : "");

        environment.put("TMUX", "x");
        RecordedScreen nested = RecordedScreen.with(environment, "012");
        assertThat(on(nested, "", NORMAL).copy("AB-CD")).isFalse();
        RecordedScreen pipe = RecordedScreen.with(environment, "01");
        on(pipe, "", NORMAL).showAddress("  Open: ", address);
        assertThat(pipe.err()).isEqualTo("  Open: " + address + "\n");
    }

    @Test
    void drawsWithPlainSignsWhereTheLocaleHasNoOthers() {
        RecordedScreen screen = RecordedScreen.with(Map.of("TERM", "xterm", "LC_ALL", "C"), "012");
        on(screen, "", NORMAL).during(() -> "waiting", () -> {
            awaitFrames(screen, 2);
            return 0;
        });
        assertThat(screen.err()).startsWith("| waiting\r\u001b[K/ waiting");
    }

    private static void awaitFrames(RecordedScreen screen, int count) {
        Instant deadline = Instant.now().plus(Duration.ofSeconds(20));
        while (screen.err().split("waiting", -1).length <= count) {
            assertThat(Instant.now()).isBefore(deadline);
            Thread.onSpinWait();
        }
    }
}
