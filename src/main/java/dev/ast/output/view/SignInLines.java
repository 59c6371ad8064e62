package dev.ast.output.view;

import dev.ast.domain.Failure;
import dev.ast.domain.FailureException;
import dev.ast.domain.ProfileName;
import dev.ast.domain.Secret;
import dev.ast.domain.ServerOrigin;
import dev.ast.host.Browser;
import dev.ast.login.SignInScreen;
import dev.ast.output.Conversation;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;

/** A sign-in as lines on standard error. Code and address stand on lines of their own, for eyes and for programs. */
public final class SignInLines implements SignInScreen {
    /** Below this the longer texts have no place, in columns. */
    private static final int NARROW = 62;
    /** From here on the line of a wait has place for a further key. */
    private static final int WIDE = 80;

    private final Conversation conversation;
    private final InstantSource clock;
    private final Options options;
    private Optional<String> drawable = Optional.empty();

    /**
     * How a sign-in is shown.
     *
     * @param picture draws an address as a QR code
     * @param clipboard whether a code may be put into the clipboard
     * @param remote whether the user sits at another machine
     */
    public record Options(Function<String, String> picture, BooleanSupplier clipboard, boolean remote) {}

    /** Lines in a conversation. */
    public SignInLines(Conversation conversation, InstantSource clock, Options options) {
        this.conversation = conversation;
        this.clock = clock;
        this.options = options;
    }

    @Override
    public void asking(String platform, ServerOrigin server, ProfileName profile) {
        conversation.show("Signing in to " + platform + " at " + server + " (profile " + profile + ")");
    }

    @Override
    public void code(String userCode, String address, boolean drawn) {
        conversation.show("");
        conversation.show("  Code: " + userCode);
        if (options.clipboard().getAsBoolean() && conversation.copy(userCode)) {
            conversation.say("  (copied to the clipboard)");
        }
        open(address, drawn);
    }

    @Override
    public void address(String address, boolean drawn) {
        conversation.show("");
        open(address, drawn);
    }

    private void open(String address, boolean drawn) {
        conversation.showAddress("  Open: ", address);
        conversation.show("");
        drawable = drawn ? Optional.empty() : Optional.of(address);
        if (drawn) {
            draw(address);
        } else if (options.remote() && conversation.canAsk()) {
            conversation.say("To draw the address for the camera of a phone: ast login --qr");
        }
    }

    private void draw(String address) {
        options.picture().apply(address).lines().forEach(conversation::show);
        conversation.show("");
    }

    @Override
    public void warn(String why) {
        conversation.warn(why);
    }

    @Override
    public void elsewhere(URI redirect, int port, Browser.Place place, boolean paste) {
        int back = redirect.getPort();
        if (place == Browser.Place.SSH) {
            conversation.show("For a browser on the machine in front of you, forward the port there first:");
            conversation.show("  ssh -L " + back + ":127.0.0.1:" + port + " HOST");
        } else if (place == Browser.Place.CONTAINER) {
            conversation.show("For a browser outside this container, publish port " + back
                    + " and start again with --listen 0.0.0.0:" + back);
        }
        if (paste) {
            conversation.show(
                    "With a browser elsewhere, let it end at a page that it cannot open, and paste the address of"
                            + " that page here.");
        }
    }

    @Override
    public void opening() {
        conversation.say("Opening browser for authentication...");
    }

    @Override
    public void warnOfStrangers() {
        conversation.show(
                narrow()
                        ? "Approve only what you started yourself."
                        : "Approve only if you started this sign-in yourself; never enter a code that someone sent you.");
    }

    @Override
    public <T> T waiting(Instant until, Supplier<T> work) {
        Optional<String> undrawn = drawable.filter(address -> conversation.readsKeys());
        if (undrawn.isEmpty()) {
            return conversation.during(() -> waiting(until), work);
        }
        AtomicBoolean drawn = new AtomicBoolean();
        Conversation.Key key = new Conversation.Key('q', () -> {
            drawn.set(true);
            draw(undrawn.get());
        });
        return conversation.during(
                () -> waiting(until) + (drawn.get() || conversation.columns() < WIDE ? "" : ", q shows a QR code"),
                key,
                work);
    }

    @Override
    public <T> T waitingForBrowser(Instant until, Supplier<T> work) {
        return conversation.during(
                () -> (narrow() ? "waiting, " : "waiting for the browser, ") + left(until) + " left, Ctrl-C cancels",
                work);
    }

    private String waiting(Instant until) {
        return (narrow() ? "waiting, " : "waiting for approval, code valid for ") + left(until) + ", Ctrl-C cancels";
    }

    private boolean narrow() {
        return conversation.columns() < NARROW;
    }

    private String left(Instant until) {
        long left = Math.max(0, Duration.between(clock.instant(), until).toSeconds());
        return left / 60 + ":" + (left % 60 < 10 ? "0" : "") + left % 60;
    }

    @Override
    public boolean canAsk() {
        return conversation.canAsk();
    }

    @Override
    public boolean attended() {
        return conversation.attended();
    }

    @Override
    public Question pasting(String question) {
        return conversation.typing(question);
    }

    @Override
    public void requireUser(String question) {
        if (!conversation.canAsk()) {
            throw Failure.usage("cannot ask here: " + question, "ast login --with-token");
        }
    }

    @Override
    public Optional<String> ask(String question) {
        if (!conversation.canAsk()) {
            return Optional.empty();
        }
        try {
            return Optional.of(conversation.ask(question, "ast login"));
        } catch (FailureException e) {
            if (e.failure() instanceof Failure.Usage || e.failure() instanceof Failure.Failed) {
                // An empty answer is one, too.
                return Optional.empty();
            }
            throw e;
        }
    }

    @Override
    public boolean offer(String why, String way) {
        if (!conversation.canAsk()) {
            return false;
        }
        if (!why.isEmpty()) {
            conversation.warn(why);
        }
        return conversation.confirm(way, "ast login --device");
    }

    @Override
    public Secret askSecret(String question, String instead) {
        return conversation.askSecret(question, instead);
    }

    @Override
    public void say(String line) {
        conversation.say(line);
    }
}
