package dev.ast.command;

import dev.ast.command.UserSettings.Setting;
import dev.ast.domain.Failure;
import dev.ast.output.PlainText;
import java.util.List;
import java.util.function.Supplier;

/** {@code config}: the user's settings in {@code config.yml}. */
public final class ConfigCommands {
    private static final String GROUP = "Settings";
    private static final String KEY = "KEY";
    private static final OptionSpec ALL = OptionSpec.flag("all", "Show the packaged settings of the platforms, too");

    private final Supplier<UserSettings> settings;
    private final Values keys;

    /**
     * Commands over the given settings.
     *
     * @param settings made when a command is run
     * @param keys the general keys, with their meanings, for completion
     */
    public ConfigCommands(Supplier<UserSettings> settings, Values keys) {
        this.settings = settings;
        this.keys = keys;
    }

    /** Their descriptions. */
    public List<CommandSpec> specs() {
        return List.of(
                CommandSpec.named("config list", GROUP, "List the settings, and where each of them comes from")
                        .gives(CommandSpec.Result.LIST)
                        .option(ALL)
                        .does(call -> new SettingList(settings.get().list(call.has(ALL.name())), false)),
                CommandSpec.named("config get", GROUP, "Show a setting")
                        .describe("Fails with code 1 where the setting has no value. A secret is not shown.")
                        .argument(ArgumentSpec.one(KEY, "The key, such as ast.shell.pager", keys))
                        .does(this::get),
                CommandSpec.named("config set", GROUP, "Change a setting")
                        .describe(
                                "Writes to config.yml, whose comments and order stay. Several values make a list. A value"
                                        + " that cannot be used is refused, and nothing is written.")
                        .argument(ArgumentSpec.one(KEY, "The key", keys))
                        .argument(ArgumentSpec.rest("VALUE", "The value, or several of them", Values.FREE))
                        .does(this::set),
                CommandSpec.named("config unset", GROUP, "Remove a setting, or a provider, from config.yml")
                        .argument(ArgumentSpec.one(KEY, "The key", keys))
                        .does(this::unset),
                CommandSpec.named("config edit", GROUP, "Open config.yml in an editor")
                        .describe("The editor is VISUAL or EDITOR. What cannot be read is not saved.")
                        .gives(CommandSpec.Result.PROGRAM)
                        .does(this::edit),
                CommandSpec.named("config path", GROUP, "Show where config.yml lies")
                        .does(call -> new PlainText(settings.get().path().toString())));
    }

    private Object get(Call call) {
        Setting setting = settings.get().get(call.argument(KEY).orElse(""));
        if (setting.value() == null) {
            throw Failure.failed(setting.key() + " is not set", "ast config set " + setting.key() + " VALUE");
        }
        return new SettingList(List.of(setting), true);
    }

    private Object set(Call call) {
        if (call.rest().isEmpty()) {
            throw Failure.usage("the value is missing", "ast config set KEY VALUE");
        }
        Setting set = settings.get().set(call.argument(KEY).orElse(""), call.rest());
        call.conversation().say("Set " + set.key());
        return Changed.of("key", set.key(), "set");
    }

    private Object unset(Call call) {
        String key = call.argument(KEY).orElse("");
        boolean removed = settings.get().unset(key);
        call.conversation().say(removed ? "Removed " + key + " from config.yml" : key + " is not in config.yml");
        return Changed.of("key", key, removed ? "unset" : "none");
    }

    private Object edit(Call call) {
        if (call.global().noInput()) {
            throw Failure.usage("an editor is not opened with --no-input", "ast config set KEY VALUE");
        }
        boolean changed = settings.get().edit(call.conversation());
        call.conversation().say(changed ? "Saved config.yml" : "config.yml is unchanged");
        return Changed.of("file", settings.get().path(), changed ? "changed" : "none");
    }
}
