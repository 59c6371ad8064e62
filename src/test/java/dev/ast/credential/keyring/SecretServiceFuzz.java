package dev.ast.credential.keyring;

import dev.ast.credential.keyring.dbus.Bus;
import dev.ast.credential.keyring.dbus.BusException;
import dev.ast.credential.keyring.dbus.BusMessage;
import dev.ast.credential.keyring.dbus.Deadline;
import dev.ast.support.Fuzzed;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.List;
import java.util.function.Predicate;

/** Answers of a Secret Service: each call gets the next message of the input. */
public final class SecretServiceFuzz {
    private static final SecureRandom RANDOM = new SecureRandom();

    private SecretServiceFuzz() {}

    /** One input: what is asked of the keyring, and the messages that answer. */
    public static void fuzzerTestOneInput(byte[] input) {
        Replay bus = new Replay(Fuzzed.after(input, 1));
        try (SecretServiceKeyring keyring = new SecretServiceKeyring(deadline -> bus, UserPrompt.NOBODY, RANDOM)) {
            switch (Fuzzed.choice(input, 0, 5)) {
                case 0 -> keyring.get("account");
                case 1 -> keyring.set("account", "label", "text");
                case 2 -> keyring.delete("account");
                case 3 -> keyring.accounts();
                default -> keyring.probe();
            }
        } catch (KeyringException e) {
            Fuzzed.checkLength(String.valueOf(e.getMessage()));
        }
    }

    private static final class Replay implements Bus {
        private final DataInputStream messages;

        Replay(byte[] messages) {
            this.messages = new DataInputStream(new ByteArrayInputStream(messages));
        }

        @Override
        public List<Object> call(
                Deadline deadline,
                String destination,
                String path,
                String interfaceName,
                String member,
                String signature,
                List<Object> arguments)
                throws BusException {
            BusMessage answer = next();
            if (answer.type() == BusMessage.ERROR) {
                throw BusException.error(answer.errorName());
            }
            return answer.body();
        }

        @Override
        public BusMessage await(Deadline deadline, Predicate<BusMessage> wanted) throws BusException {
            while (true) {
                BusMessage signal = next();
                if (wanted.test(signal)) {
                    return signal;
                }
            }
        }

        private BusMessage next() throws BusException {
            try {
                return BusMessage.readFrom(messages);
            } catch (IOException e) {
                throw BusException.of(BusException.Kind.TIMED_OUT, "no more messages");
            }
        }

        @Override
        public void cancellable(boolean cancellable) {}

        @Override
        public void close() {}
    }
}
