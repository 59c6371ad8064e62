package dev.ast.app;

import dev.ast.domain.Failure;
import dev.ast.shell.interactive.PromptTemplate;
import dev.ast.shell.interactive.ShellLook;
import dev.ast.shell.line.Aliases;
import dev.ast.shell.line.ProgramsAllowed;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.yaml.snakeyaml.error.YAMLException;

/** The settings of the shell in {@code config.yml}, below {@code ast.shell}. An alias is changed without the rest of the file. */
public final class ShellSettings implements Aliases {
    private final ConfigFile file;

    /** The settings of a file that need not exist. */
    ShellSettings(ConfigFile file) {
        this.file = file;
    }

    @Override
    public Map<String, String> all() {
        String text = text();
        if (!text.contains("aliases")) {
            return Map.of();
        }
        Map<String, String> all = new LinkedHashMap<>();
        yaml(text).below("ast", "shell", "aliases").forEach((name, words) -> all.put(name, String.valueOf(words)));
        return all;
    }

    /** What shows a long result: {@code auto}, {@code never}, or a program with its arguments. */
    public String pager() {
        String text = text();
        Object pager = text.contains("pager") ? yaml(text).below("ast", "shell").get("pager") : null;
        return pager == null ? "auto" : String.valueOf(pager);
    }

    /**
     * Whether a code may be put into the clipboard: {@code ast.shell.clipboard}, true by default.
     *
     * @throws dev.ast.domain.FailureException (usage) for another value
     */
    public boolean clipboard() {
        String text = text();
        return !text.contains("clipboard") || isOn(yaml(text).below("ast", "shell"), "clipboard");
    }

    /** Where {@code !PROGRAM} may run other programs: {@code ast.shell.programs}, nowhere by default. */
    public ProgramsAllowed programs() {
        String text = text();
        Object allowed =
                text.contains("programs") ? yaml(text).below("ast", "shell").get("programs") : null;
        return ProgramsAllowed.of(allowed == null ? "false" : String.valueOf(allowed));
    }

    // Also a quoted one; what is not there is on.
    private static boolean isOn(Map<String, Object> shell, String key) {
        return switch (String.valueOf(shell.getOrDefault(key, true))) {
            case "true" -> true;
            case "false" -> false;
            default ->
                throw Failure.usage(
                        "config.yml: the value of ast.shell." + key + " cannot be used: true or false is expected",
                        "ast config edit");
        };
    }

    /**
     * How the shell looks: {@code ast.shell.prompt}, and {@code ast.shell.title} and {@code ast.shell.suggest}, which are
     * on by default.
     *
     * @throws dev.ast.domain.FailureException (usage) for a prompt that cannot be read, or another value than true or false
     */
    public ShellLook look() {
        String text = text();
        if (!text.contains("prompt") && !text.contains("title") && !text.contains("suggest")) {
            return ShellLook.USUAL;
        }
        Map<String, Object> shell = yaml(text).below("ast", "shell");
        return new ShellLook(
                Optional.ofNullable(shell.get("prompt")).map(prompt -> PromptTemplate.of(String.valueOf(prompt))),
                isOn(shell, "title"),
                isOn(shell, "suggest"));
    }

    @Override
    public void set(String name, String words) {
        file.change(text -> {
            YamlEdit edit = ConfigFile.yaml(text);
            Map<String, Object> expected = edit.below("ast", "shell", "aliases");
            expected.put(name, words);
            return checked(text, edit.set(YamlEdit.quoted(words), path(name)), expected);
        });
    }

    @Override
    public boolean remove(String name) {
        if (!all().containsKey(name)) {
            return false;
        }
        file.change(text -> {
            YamlEdit edit = ConfigFile.yaml(text);
            Map<String, Object> expected = edit.below("ast", "shell", "aliases");
            expected.remove(name);
            return checked(text, edit.remove(path(name)), expected);
        });
        return true;
    }

    private static List<String> path(String name) {
        return List.of("ast", "shell", "aliases", name);
    }

    // What would be written is read again: a form that the edit does not know stays as it is.
    private static String checked(String before, Optional<String> after, Map<String, Object> expected) {
        if (after.isEmpty() || !isReadAs(before, after.get(), expected)) {
            throw Failure.usage("config.yml has a form that cannot be changed here", "ast config edit");
        }
        return after.get();
    }

    private static boolean isReadAs(String before, String after, Map<String, Object> expected) {
        try {
            YamlEdit read = new YamlEdit(after);
            return read.below("ast", "shell", "aliases").equals(expected)
                    && read.without("ast", "shell", "aliases")
                            .equals(new YamlEdit(before).without("ast", "shell", "aliases"));
        } catch (YAMLException e) {
            return false;
        }
    }

    private String text() {
        return file.text();
    }

    private static YamlEdit yaml(String text) {
        return ConfigFile.yaml(text);
    }
}
