package dev.ast.app;

import dev.ast.credential.file.PrivateFiles;
import dev.ast.domain.Failure;
import dev.ast.shell.interactive.PromptTemplate;
import dev.ast.shell.interactive.ShellLook;
import dev.ast.shell.line.Aliases;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.yaml.snakeyaml.error.YAMLException;

/** The settings of the shell in {@code config.yml}, below {@code ast.shell}. An alias is changed without the rest of the file. */
public final class ShellSettings implements Aliases {
    private static final int LARGEST = 1024 * 1024;

    private final Path file;
    private final PrivateFiles files;

    /** The settings of a file that need not exist. */
    public ShellSettings(Path file, PrivateFiles files) {
        this.file = file;
        this.files = files;
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

    /** Whether a code may be put into the clipboard: {@code ast.shell.clipboard}, true by default. */
    public boolean clipboard() {
        String text = text();
        return !text.contains("clipboard")
                || !Boolean.FALSE.equals(yaml(text).below("ast", "shell").get("clipboard"));
    }

    /**
     * How prompt and window title look: {@code ast.shell.prompt}, and {@code ast.shell.title}, which is on by default.
     *
     * @throws dev.ast.domain.FailureException (usage) for a prompt that cannot be read
     */
    public ShellLook look() {
        String text = text();
        if (!text.contains("prompt") && !text.contains("title")) {
            return new ShellLook(Optional.empty(), true);
        }
        Map<String, Object> shell = yaml(text).below("ast", "shell");
        return new ShellLook(
                Optional.ofNullable(shell.get("prompt")).map(prompt -> PromptTemplate.of(String.valueOf(prompt))),
                !Boolean.FALSE.equals(shell.get("title")));
    }

    @Override
    public void set(String name, String words) {
        YamlEdit edit = yaml(text());
        Map<String, Object> before = edit.below("ast", "shell", "aliases");
        before.put(name, words);
        write(edit.set(name, words, "ast", "shell", "aliases"), before);
    }

    @Override
    public boolean remove(String name) {
        YamlEdit edit = yaml(text());
        Map<String, Object> before = edit.below("ast", "shell", "aliases");
        if (!before.containsKey(name)) {
            return false;
        }
        before.remove(name);
        write(edit.remove(name, "ast", "shell", "aliases"), before);
        return true;
    }

    // What was written is read again: a form that the edit does not know stays as it is.
    private void write(Optional<String> edited, Map<String, Object> expected) {
        boolean right = edited.isPresent() && isReadAs(edited.get(), expected);
        if (!right) {
            throw Failure.usage("config.yml has a form that cannot be changed here", "edit ast.shell.aliases in it");
        }
        files.read(file, LARGEST); // refuses one that is not the user's own
        files.replace(file, edited.get().getBytes(StandardCharsets.UTF_8));
    }

    private boolean isReadAs(String edited, Map<String, Object> expected) {
        try {
            YamlEdit after = new YamlEdit(edited);
            return after.below("ast", "shell", "aliases").equals(expected)
                    && after.without("ast", "shell", "aliases")
                            .equals(yaml(text()).without("ast", "shell", "aliases"));
        } catch (YAMLException e) {
            return false;
        }
    }

    // As Spring Boot reads it: other users may see these settings, and only a change is refused for that.
    private String text() {
        try {
            if (!Files.isRegularFile(file)) {
                return "";
            }
            if (Files.size(file) > LARGEST) {
                throw Failure.usage("config.yml is larger than 1 MiB");
            }
            return Files.readString(file);
        } catch (IOException e) {
            throw Failure.usage("config.yml cannot be read", "make it readable, and UTF-8");
        }
    }

    private static YamlEdit yaml(String text) {
        try {
            return new YamlEdit(text);
        } catch (YAMLException e) {
            throw Failure.usage("config.yml is not valid YAML", "correct it");
        }
    }
}
