package dev.ast.app;

import dev.ast.app.KnownSettings.Found;
import dev.ast.app.KnownSettings.General;
import dev.ast.command.UserSettings;
import dev.ast.domain.Failure;
import dev.ast.domain.FailureException;
import dev.ast.host.Environment;
import dev.ast.output.Conversation;
import dev.ast.shell.line.ProgramsAllowed;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;

/** The settings of {@code config.yml}, checked as the program itself reads them before anything is written. */
final class UserConfig implements UserSettings {
    private static final String HIDDEN = "[secret]";
    private static final Map<String, String> VARIABLES = Map.of("ast.storage", "AST_STORAGE");

    private final ConfigFile file;
    private final Environment environment;
    private final UnaryOperator<String> editor;

    /**
     * The settings of a file.
     *
     * @param environment has variables that count more
     * @param editor lets the user edit a text; throws when it cannot
     */
    UserConfig(ConfigFile file, Environment environment, UnaryOperator<String> editor) {
        this.file = file;
        this.environment = environment;
        this.editor = editor;
    }

    @Override
    public List<Setting> list(boolean all) {
        SealedEnvironment read = SealedEnvironment.ofText(file.text());
        Map<String, Setting> found = new LinkedHashMap<>();
        KnownSettings.GENERAL.forEach(general -> found.put(general.key(), setting(general, read)));
        for (PropertySource<?> source : read.getPropertySources()) {
            boolean written = SettingsReader.isWritten(source);
            if (written || all) {
                values(source).forEach((key, value) -> {
                    boolean own = !key.startsWith("ignored.") && !VARIABLES.containsKey(key);
                    if (own && KnownSettings.general(key).isEmpty()) {
                        found.putIfAbsent(
                                key, new Setting(key, shown(key, value), written ? Source.FILE : Source.DEFAULT));
                    }
                });
            }
        }
        return List.copyOf(found.values());
    }

    private Setting setting(General general, SealedEnvironment read) {
        Optional<String> variable =
                Optional.ofNullable(VARIABLES.get(general.key())).flatMap(environment::get);
        if (variable.isPresent()) {
            return new Setting(general.key(), variable.get(), Source.ENVIRONMENT);
        }
        for (PropertySource<?> source : read.getPropertySources()) {
            if (SettingsReader.isWritten(source) && source.containsProperty(general.key())) {
                return new Setting(
                        general.key(), typed(general.type(), source.getProperty(general.key())), Source.FILE);
            }
        }
        return new Setting(
                general.key(),
                general.usual().isEmpty() ? null : typed(general.type(), general.usual()),
                Source.DEFAULT);
    }

    private static @Nullable Object typed(KnownSettings.Type type, @Nullable Object value) {
        return value != null && type == KnownSettings.Type.FLAG ? Boolean.valueOf(value.toString()) : value;
    }

    /** The values of a source, those with an index as lists. */
    private static Map<String, @Nullable Object> values(PropertySource<?> source) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        if (source instanceof EnumerablePropertySource<?> keys) {
            for (String key : keys.getPropertyNames()) {
                Object value = keys.getProperty(key);
                int index = key.indexOf('[');
                if (index < 0) {
                    values.put(key, value);
                    continue;
                }
                List<Object> list = new ArrayList<>();
                if (values.get(key.substring(0, index)) instanceof List<?> before) {
                    list.addAll(before);
                }
                list.add(String.valueOf(value));
                values.put(key.substring(0, index), list);
            }
        }
        return values;
    }

    private static @Nullable Object shown(String key, @Nullable Object value) {
        return SettingsReader.canonical(key).endsWith(".clientsecret") ? HIDDEN : value;
    }

    @Override
    public Setting get(String key) {
        Found wanted = KnownSettings.require(key);
        SealedEnvironment read = SealedEnvironment.ofText(file.text());
        Optional<General> general = KnownSettings.general(wanted.name());
        if (general.isPresent()) {
            return setting(general.get(), read);
        }
        for (PropertySource<?> source : read.getPropertySources()) {
            for (Map.Entry<String, @Nullable Object> one : values(source).entrySet()) {
                if (isSame(one.getKey(), wanted.name())) {
                    return new Setting(
                            wanted.name(),
                            shown(wanted.name(), one.getValue()),
                            SettingsReader.isWritten(source) ? Source.FILE : Source.DEFAULT);
                }
            }
        }
        return new Setting(wanted.name(), null, Source.DEFAULT);
    }

    private static boolean isSame(String key, String name) {
        return key.equals(name)
                || (key.startsWith(KnownSettings.PROVIDERS)
                        && SettingsReader.canonical(key).equals(SettingsReader.canonical(name)));
    }

    @Override
    public Setting set(String key, List<String> values) {
        Found wanted = KnownSettings.require(key);
        if (wanted.secret()) {
            throw Failure.usage("a secret does not belong on a command line", "ast config edit");
        }
        if (wanted.name().startsWith(KnownSettings.ALIASES)) {
            throw Failure.usage("an alias has a command of its own", "ast alias NAME = WORDS");
        }
        if (values.size() > 1 && wanted.type() != KnownSettings.Type.LIST) {
            throw Failure.usage(wanted.name() + " has one value", "put it in quotes");
        }
        KnownSettings.general(wanted.name())
                .ifPresent(general -> general.check().accept(values.get(0)));
        boolean bare = wanted.type() == KnownSettings.Type.FLAG
                || wanted.type() == KnownSettings.Type.NUMBER
                || wanted.name().equals(ProgramsAllowed.KEY);
        String written = wanted.type() == KnownSettings.Type.LIST
                ? YamlEdit.list(values)
                : bare && values.get(0).matches("true|false|[0-9]{1,9}")
                        ? values.get(0)
                        : YamlEdit.plain(values.get(0));
        file.change(before -> {
            String after = edited(ConfigFile.yaml(before).set(written, wanted.path()));
            requireOnly(before, after, wanted.name(), values);
            check(after);
            return after;
        });
        return get(wanted.name());
    }

    @Override
    public boolean unset(String key) {
        String whole = key.startsWith("ast.") ? key : "ast." + key;
        boolean provider = whole.startsWith(KnownSettings.PROVIDERS) && whole.split("\\.", -1).length == 3;
        List<String> path = provider
                ? List.of(whole.split("\\.", -1))
                : KnownSettings.require(key).path();
        String name = String.join(".", path);
        if (flat(file.text()).keySet().stream().noneMatch(one -> isAt(one, name))) {
            return false;
        }
        file.change(before -> {
            String after = edited(ConfigFile.yaml(before).remove(path));
            requireOnly(before, after, name, List.of());
            return after;
        });
        return true;
    }

    private static String edited(Optional<String> text) {
        return text.orElseThrow(UserConfig::unknownForm);
    }

    private static FailureException unknownForm() {
        return Failure.usage("config.yml has a form that cannot be changed here", "ast config edit");
    }

    // What would be written is read again: nothing else may have changed.
    private static void requireOnly(String before, String after, String name, List<String> values) {
        Map<String, String> was = flat(before);
        Map<String, String> is = flat(after);
        List<String> now = new ArrayList<>();
        is.forEach((key, value) -> {
            if (isAt(key, name)) {
                now.add(value);
            }
        });
        was.keySet().removeIf(key -> isAt(key, name));
        is.keySet().removeIf(key -> isAt(key, name));
        if (!was.equals(is) || !now.equals(values)) {
            throw unknownForm();
        }
    }

    /** Whether a key is the one of a name, an element of its list, or below it. */
    private static boolean isAt(String key, String name) {
        if (isSame(key.replaceAll("\\[[0-9]+]$", ""), name)) {
            return true;
        }
        return key.startsWith(name + ".");
    }

    private static Map<String, String> flat(String text) {
        Map<String, String> all = new LinkedHashMap<>();
        for (PropertySource<?> source : SealedEnvironment.ofText(text).getPropertySources()) {
            if (SettingsReader.isWritten(source) && source instanceof EnumerablePropertySource<?> keys) {
                for (String key : keys.getPropertyNames()) {
                    all.put(key, String.valueOf(keys.getProperty(key)));
                }
            }
        }
        return all;
    }

    /**
     * Reads settings as the program does.
     *
     * @return warnings about keys that mean nothing
     * @throws FailureException (usage) naming what cannot be used
     */
    static List<String> check(String text) {
        SealedEnvironment read = SealedEnvironment.ofText(text);
        List<String> warnings = SettingsReader.prepared(read).warnings();
        for (General general : KnownSettings.GENERAL) {
            String value = read.getProperty(general.key());
            if (value != null) {
                general.check().accept(value);
            }
        }
        return warnings;
    }

    @Override
    public boolean edit(Conversation conversation) {
        String before = file.text();
        String draft = before;
        while (true) {
            draft = editor.apply(draft);
            if (draft.strip().equals(before.strip())) {
                return false;
            }
            try {
                check(draft).forEach(conversation::warn);
                break;
            } catch (FailureException e) {
                String why = e.failure().message();
                if (!conversation.canAsk() || !conversation.confirm(why + ". Edit it again?", "ast config edit")) {
                    throw Failure.usage(why, "config.yml is unchanged");
                }
            }
        }
        String edited = draft.endsWith("\n") ? draft : draft + "\n";
        file.change(now -> {
            if (!now.equals(before)) {
                throw Failure.failed("another process has changed config.yml meanwhile", "ast config edit");
            }
            return edited;
        });
        return true;
    }

    @Override
    public Path path() {
        return file.path();
    }
}
