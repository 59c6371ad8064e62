package dev.ast.app;

import dev.ast.command.Values;
import dev.ast.credential.StorageSetting;
import dev.ast.domain.Failure;
import dev.ast.domain.Nearest;
import dev.ast.domain.SecretShape;
import dev.ast.shell.grammar.Tokenizer;
import dev.ast.shell.interactive.PromptTemplate;
import dev.ast.shell.line.ProgramsAllowed;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** The keys of {@code config.yml} that the program has: a few general ones, aliases, and those of each provider. */
final class KnownSettings {
    static final String PROVIDERS = "ast.providers.";
    static final String ALIASES = "ast.shell.aliases.";
    private static final String PREFIX = "ast.";
    private static final String FLAGS = "true or false";

    /** What a value is. */
    enum Type {
        TEXT,
        FLAG,
        NUMBER,
        LIST,
        /** Names with a value each. */
        NAMED
    }

    /**
     * A general key.
     *
     * @param usual its value where nothing sets it; empty for none
     * @param check throws for a value that cannot be used
     */
    record General(String key, Type type, String usual, String meaning, Consumer<String> check) {}

    /**
     * A key that was found.
     *
     * @param name its full name
     * @param path its words
     */
    record Found(String name, List<String> path, Type type) {
        boolean secret() {
            return name.startsWith(PROVIDERS) && path.get(path.size() - 1).equals("client-secret");
        }
    }

    static final List<General> GENERAL = List.of(
            new General(
                    "ast.storage",
                    Type.TEXT,
                    "auto",
                    StorageSetting.WORDS,
                    text -> StorageSetting.parse("ast.storage", text)),
            flag("ast.log.enabled", "true", "sign-ins and helper answers are written down"),
            new General("ast.shell.pager", Type.TEXT, "auto", "auto, never, or a program", KnownSettings::program),
            new General("ast.shell.prompt", Type.TEXT, "", "a prompt of your own", PromptTemplate::of),
            flag("ast.shell.title", "true", "the title of the window shows the profile"),
            flag("ast.shell.clipboard", "true", "the code of a sign-in is copied"),
            flag("ast.shell.suggest", "true", "a list is shown while a word is typed"),
            new General(
                    ProgramsAllowed.KEY, Type.TEXT, "false", "!PROGRAM: false, true or always", ProgramsAllowed::of));

    /** Read when a key of a provider is asked for; the help of the commands needs the general ones only. */
    private static final class OfProvider {
        static final Map<String, Type> KEYS = ofProvider();
    }

    private KnownSettings() {}

    /** The general keys and what they mean, for completion. */
    static Values values() {
        return Values.suggested(GENERAL.stream().map(General::key).toArray(String[]::new))
                .meaning(GENERAL.stream().map(General::meaning).toArray(String[]::new));
    }

    private static General flag(String key, String usual, String meaning) {
        return new General(key, Type.FLAG, usual, meaning, text -> {
            if (!text.equals("true") && !text.equals("false")) {
                throw Failure.usage(key + " is " + FLAGS + ", not " + SecretShape.quoted(text, 40));
            }
        });
    }

    private static void program(String text) {
        if (Tokenizer.words(text).isEmpty()) {
            throw Failure.usage("ast.shell.pager is auto, never, or a program");
        }
    }

    private static Map<String, Type> ofProvider() {
        Map<String, Type> types = new LinkedHashMap<>();
        for (RecordComponent component : ProviderProperties.class.getRecordComponents()) {
            String name = component.getName().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
            types.put(name, type(component.getType()));
        }
        return types;
    }

    private static Type type(Class<?> type) {
        if (type == Boolean.class) {
            return Type.FLAG;
        }
        return type == Integer.class
                ? Type.NUMBER
                : type == List.class ? Type.LIST : type == Map.class ? Type.NAMED : Type.TEXT;
    }

    /** The names of the general keys. */
    static Set<String> general() {
        return GENERAL.stream().map(General::key).collect(Collectors.toCollection(TreeSet::new));
    }

    /** The general key of a name. */
    static Optional<General> general(String name) {
        return GENERAL.stream().filter(one -> one.key().equals(name)).findFirst();
    }

    /**
     * The key that a user means.
     *
     * @throws dev.ast.domain.FailureException (usage) when there is none, with the nearest one
     */
    static Found require(String typed) {
        return find(typed).or(() -> find(PREFIX + typed)).orElseThrow(() -> {
            return Failure.usage(
                    "there is no setting " + SecretShape.quoted(typed, 80) + meant(typed), "ast config list");
        });
    }

    /** The supplement to a message that names the nearest key, if there is one. */
    static String meant(String typed) {
        return near(typed).map(found -> "; did you mean " + found + "?").orElse("");
    }

    /** The nearest key that exists. */
    static Optional<String> near(String typed) {
        String whole = typed.startsWith(PREFIX) ? typed : PREFIX + typed;
        List<String> parts = parts(whole);
        if (whole.startsWith(PROVIDERS) && parts.size() >= 4) {
            String before = PROVIDERS + parts.get(2) + ".";
            return Nearest.to(parts.get(3), OfProvider.KEYS.keySet())
                    .map(key -> before + key)
                    .filter(key -> !whole.equals(key));
        }
        return Nearest.to(whole, general());
    }

    private static Optional<Found> find(String key) {
        if (general(key).isPresent()) {
            return Optional.of(new Found(key, parts(key), general(key).get().type()));
        }
        List<String> parts = parts(key);
        if (parts.contains("")) {
            return Optional.empty();
        }
        if (key.startsWith(ALIASES) && parts.size() == 4) {
            return Optional.of(new Found(key, parts, Type.TEXT));
        }
        if (!key.startsWith(PROVIDERS) || parts.size() < 4) {
            return Optional.empty();
        }
        for (Map.Entry<String, Type> one : OfProvider.KEYS.entrySet()) {
            boolean same = SettingsReader.canonical(one.getKey()).equals(SettingsReader.canonical(parts.get(3)));
            boolean named = one.getValue() == Type.NAMED;
            if (same && parts.size() == (named ? 5 : 4)) {
                List<String> path = new ArrayList<>(parts);
                path.set(3, one.getKey());
                return Optional.of(new Found(String.join(".", path), path, named ? Type.TEXT : one.getValue()));
            }
        }
        return Optional.empty();
    }

    private static List<String> parts(String key) {
        return Arrays.asList(key.split("\\.", -1));
    }
}
