package dev.ast.credential.keyring;

import dev.ast.credential.KeyringState;
import dev.ast.credential.KeyringTrouble;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A keyring in memory that can be made to fail. */
final class MemoryKeyring implements Keyring {
    final TreeMap<String, String> texts = new TreeMap<>();
    final List<String> labels = new ArrayList<>();

    @Nullable
    KeyringTrouble trouble;

    boolean unlocks;
    int calls;

    @Override
    public KeyringState probe() {
        calls++;
        return trouble == null ? KeyringState.READY : KeyringState.of(trouble, "why");
    }

    @Override
    public void unlock() throws KeyringException {
        if (unlocks) {
            trouble = null;
        }
        check();
    }

    @Override
    public Optional<String> get(String account) throws KeyringException {
        check();
        return Optional.ofNullable(texts.get(account));
    }

    @Override
    public void set(String account, String label, String text) throws KeyringException {
        check();
        labels.add(label);
        texts.put(account, text);
    }

    @Override
    public void delete(String account) throws KeyringException {
        check();
        texts.remove(account);
    }

    @Override
    public List<String> accounts() throws KeyringException {
        check();
        return List.copyOf(texts.keySet());
    }

    @Override
    public Optional<String> foreign(String service, String user) throws KeyringException {
        check();
        return Optional.ofNullable(texts.get(service + ":" + user));
    }

    @Override
    public void close() {}

    private void check() throws KeyringException {
        calls++;
        if (trouble != null) {
            throw new KeyringException(trouble, "why");
        }
    }
}
