package dev.ast.shell.completion;

import dev.ast.command.ArgumentSpec;
import dev.ast.command.CommandSpec;
import dev.ast.command.Values;
import dev.ast.shell.grammar.Catalog;
import dev.ast.shell.grammar.CommandLine;
import dev.ast.shell.grammar.Tokenizer;
import java.util.List;
import java.util.Optional;

/** Remembers what a line of the shell has used: the command, and the profile, context or path that it names. */
public final class UsedInLine {
    private static final String PREVIOUS = "-";

    private final Catalog catalog;
    private final Usage usage;

    /** Remembers in the given usage. */
    public UsedInLine(Catalog catalog, Usage usage) {
        this.catalog = catalog;
        this.usage = usage;
    }

    /** Called with a line that has succeeded. */
    public void succeeded(String line) {
        CommandLine read =
                CommandLine.of(catalog, Tokenizer.parse(line, line.length()).words());
        Optional<CommandSpec> command = read.named();
        if (command.isEmpty() || read.failedAt() >= 0) {
            return;
        }
        usage.used(Usage.Kind.COMMAND, read.path());
        read.values("profile").forEach(name -> usage.used(Usage.Kind.PROFILE, name));
        read.values("context").forEach(name -> usage.used(Usage.Kind.CONTEXT, name));
        List<String> words = read.positional();
        for (int i = 0; i < words.size(); i++) {
            List<ArgumentSpec> arguments = command.get().arguments();
            Values values = arguments.get(Math.min(i, arguments.size() - 1)).values();
            String word = words.get(i);
            switch (values.kind()) {
                case PROFILE -> {
                    if (!command.get().name().equals("profile use")) {
                        use(Usage.Kind.PROFILE, word);
                    }
                }
                case CONTEXT -> use(Usage.Kind.CONTEXT, word);
                case REQUEST -> {
                    if (word.startsWith("/")) {
                        use(Usage.Kind.PATH, word);
                    }
                }
                default -> {
                    // Other words are not proposed again.
                }
            }
        }
    }

    private void use(Usage.Kind kind, String name) {
        if (!name.equals(PREVIOUS)) {
            usage.used(kind, name);
        }
    }
}
