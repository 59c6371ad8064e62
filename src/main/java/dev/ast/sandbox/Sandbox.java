package dev.ast.sandbox;

import dev.ast.credential.file.PrivateFiles;
import dev.ast.domain.Exit;
import dev.ast.domain.Failure;
import dev.ast.host.AstHome;
import dev.ast.host.Interrupts;
import dev.ast.host.Programs;
import dev.ast.host.Signals;
import dev.ast.host.Sleeper;
import dev.ast.http.Http;
import dev.ast.http.HttpAnswer;
import dev.ast.http.HttpCall;
import dev.ast.json.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Tries the program out without an account: an authorization server and an API on this machine, and a shell that knows
 * them. Each part is the packaged program itself, run as the user would run it.
 */
public final class Sandbox {
    private static final Pattern CODE = Pattern.compile("\\s*Code: (\\S{1,64})");
    private static final List<List<String>> STEPS = List.of(
            List.of("login", "--no-browser"),
            List.of("whoami"),
            List.of("status"),
            List.of("api", "GET", "/api/v1/me"),
            List.of("token", "--min-ttl", "7s", "-o", "json"),
            List.of("profile", "list"),
            List.of("logout"),
            List.of("status"));
    private static final int LARGEST_NOTE = 64 * 1024;

    private final Programs programs;
    private final AstHome home;
    private final InstantSource clock;
    private final Sleeper sleeper;
    private final Interrupts interrupts;
    private final Signals signals;
    private final Http http;
    private final Nesting nesting;

    /** A sandbox over the given parts. */
    public Sandbox(
            Programs programs,
            AstHome home,
            InstantSource clock,
            Sleeper sleeper,
            Interrupts interrupts,
            Signals signals,
            Http http) {
        this.programs = programs;
        this.home = home;
        this.clock = clock;
        this.sleeper = sleeper;
        this.interrupts = interrupts;
        this.signals = signals;
        this.http = http;
        this.nesting = new Nesting(home);
    }

    /**
     * Opens the shell, or runs a script, in a sandbox.
     *
     * @return its exit code
     */
    public int open(Optional<String> script, SandboxScreen screen) {
        nesting.refuse();
        SandboxFolder folder = SandboxFolder.ofProcess();
        try (RunningSandbox sandbox = start(folder, List.of(), screen)) {
            screen.say("Sandbox at " + sandbox.note().issuer() + ". Sign in with: login");
            screen.say("Approve as ada in the browser, or in another terminal: ast sandbox approve CODE");
            List<String> words = script.map(file -> List.of("--script", file)).orElse(List.of());
            Process shell = programs.start(
                    folder.program(words),
                    variables(sandbox),
                    Programs.Stream.INHERIT,
                    Programs.Stream.INHERIT,
                    Programs.Stream.INHERIT);
            // Ctrl-C reaches every program of the terminal; it is the shell's matter, however often it is pressed.
            try (Interrupts.Registration attended = signals.attend(how -> {
                if (how == Exit.TERMINATED) {
                    shell.destroy();
                }
            })) {
                return await(shell);
            }
        }
    }

    /**
     * Shows a whole session: each step is printed, then run.
     *
     * @param echo prints what would be typed
     * @return 0 when every step ended as it should, else the code of the first that did not
     */
    public int tour(Consumer<String> echo, SandboxScreen screen) {
        nesting.refuse();
        SandboxFolder folder = SandboxFolder.ofProcess();
        List<String> options = List.of("--interval", "1", "--access-token-seconds", "8");
        try (RunningSandbox sandbox = start(folder, options, screen)) {
            for (List<String> step : STEPS) {
                echo.accept("$ ast " + String.join(" ", step));
                int code = step(folder, sandbox, step, screen);
                if (code != 0) {
                    return code;
                }
                echo.accept("");
            }
            echo.accept("That was a whole session. Open the shell with: ast sandbox");
            return 0;
        }
    }

    private int step(SandboxFolder folder, RunningSandbox sandbox, List<String> step, SandboxScreen screen) {
        Process process = programs.start(
                folder.program(step),
                variables(sandbox),
                Programs.Stream.NOWHERE,
                Programs.Stream.INHERIT,
                Programs.Stream.PIPE);
        try (Interrupts.Registration held = interrupts.onInterrupt(process::destroy);
                BufferedReader lines =
                        new BufferedReader(new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                screen.show(line);
                Matcher code = CODE.matcher(line);
                if (code.matches()) {
                    approve(sandbox.note(), code.group(1));
                    screen.show("  (approved automatically, as ada)");
                }
            }
        } catch (IOException e) {
            throw Failure.failed("a step of the tour failed", "ast sandbox --tour");
        }
        int code = await(process);
        interrupts.check();
        return code;
    }

    /**
     * Approves a code as the demo user, without a browser.
     *
     * @throws dev.ast.domain.FailureException (failure) when no sandbox runs; (usage) when the code is not known
     */
    public void approve(String code) {
        Optional<byte[]> note = new PrivateFiles(home.directory())
                .read(home.directory().resolve(RunningSandbox.SandboxNote.FILE), LARGEST_NOTE);
        if (note.isEmpty()) {
            throw Failure.failed("no sandbox is running here", "ast sandbox");
        }
        approve(RunningSandbox.SandboxNote.read(new String(note.get(), StandardCharsets.UTF_8)), code);
    }

    private void approve(RunningSandbox.SandboxNote note, String code) {
        HttpAnswer answer = http.send(HttpCall.post(note.issuer().resolve("/sandbox/approve"))
                .header("X-Admin-Token", note.adminToken())
                .form(Map.of("user_code", code)));
        if (answer.status() == 404) {
            throw Failure.usage("the sandbox does not wait for the code " + code, "ast login");
        }
        if (!answer.isSuccess()) {
            throw Failure.failed(
                    "the sandbox did not approve: "
                            + Json.tryObject(answer.body())
                                    .flatMap(object -> object.text("error"))
                                    .orElse("status " + answer.status()),
                    "ast login");
        }
    }

    private RunningSandbox start(SandboxFolder folder, List<String> options, SandboxScreen screen) {
        return screen.during(
                "starting the sandbox server",
                () -> RunningSandbox.start(folder, programs, home, clock, sleeper, interrupts, options));
    }

    private static Map<String, String> variables(RunningSandbox sandbox) {
        return Map.of("AST_HOME", sandbox.home().toString(), "AST_STORAGE", "file");
    }

    private int await(Process process) {
        while (true) {
            try {
                return process.waitFor();
            } catch (InterruptedException e) {
                if (interrupts.pending()) {
                    continue;
                }
                process.destroy();
                throw new Failure.Interrupted(Exit.INTERRUPTED).asException();
            }
        }
    }
}
