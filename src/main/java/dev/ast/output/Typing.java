package dev.ast.output;

import dev.ast.domain.Exit;
import dev.ast.domain.Failure;
import dev.ast.domain.FailureException;
import dev.ast.domain.Secret;
import dev.ast.login.SignInScreen;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * A question that waits for a line, which is not shown, while the program goes on. Closed before it is answered, it
 * leaves the terminal as it was before.
 */
public final class Typing implements SignInScreen.Question {
    private static final long PATIENCE_MILLIS = 2000;

    private final CompletableFuture<Optional<Secret>> line = new CompletableFuture<>();
    private final Thread reading;
    private boolean taken;

    /**
     * Asks the question.
     *
     * @param reader shows it and reads the line; ends early when its thread is interrupted
     */
    public Typing(Callable<Optional<char[]>> reader) {
        reading = new Thread(
                () -> {
                    try {
                        line.complete(read(reader));
                    } catch (Exception e) {
                        line.completeExceptionally(e);
                    }
                },
                "typing");
        reading.setDaemon(true);
        reading.start();
    }

    // A long line that was copied from a narrow window has line ends in it. An empty one is no answer.
    private static Optional<Secret> read(Callable<Optional<char[]>> reader) throws Exception {
        Optional<char[]> typed = reader.call();
        while (typed.isPresent()) {
            String text = new String(typed.get())
                    .replaceAll("[\\x00-\\x1f\\x7f-\\x9f]", "")
                    .strip();
            Arrays.fill(typed.get(), ' ');
            if (!text.isEmpty() && text.length() <= Secret.MAX_LENGTH) {
                return Optional.of(Secret.of(text));
            }
            typed = reader.call();
        }
        return Optional.empty();
    }

    @Override
    public Optional<Secret> answer() {
        if (taken || !line.isDone()) {
            return Optional.empty();
        }
        taken = true;
        try {
            return line.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof FailureException failure) {
                throw failure;
            }
            throw new Failure.Interrupted(Exit.INTERRUPTED).asException();
        }
    }

    @Override
    public void close() {
        reading.interrupt();
        try {
            reading.join(PATIENCE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
