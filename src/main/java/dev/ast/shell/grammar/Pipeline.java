package dev.ast.shell.grammar;

import dev.ast.domain.Failure;
import dev.ast.shell.grammar.Tokenizer.Kind;
import dev.ast.shell.grammar.Tokenizer.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * A line of the shell or of a script: {@code COMMAND | PROGRAM ARGS | PROGRAM > FILE}. These are words of our own grammar,
 * not those of a shell: a file stands at the end, and there are no other operators.
 *
 * @param words the command and its words; empty for an empty line or a comment
 * @param programs what its result goes through, each with its arguments
 * @param file where the result goes at last; standard output if absent
 */
public record Pipeline(List<String> words, List<List<String>> programs, Optional<Target> file) {

    /**
     * A file that is written.
     *
     * @param name as typed
     * @param append whether its content is kept
     * @param home whether the name begins with an unquoted {@code ~/}
     */
    public record Target(String name, boolean append, boolean home) {}

    /**
     * Reads a line.
     *
     * @param variables as for {@link Tokenizer#tokens}
     * @throws dev.ast.domain.FailureException (usage) when it is not finished, or something is missing around an operator
     */
    public static Pipeline of(String line, UnaryOperator<String> variables) {
        List<Token> tokens = Tokenizer.tokens(line, variables);
        List<List<String>> stages = new ArrayList<>(List.of(new ArrayList<>()));
        Optional<Target> file = Optional.empty();
        for (int i = 0; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            List<String> stage = stages.get(stages.size() - 1);
            if (file.isPresent()) {
                throw Failure.usage("nothing can follow the file that is written", "COMMAND | PROGRAM > FILE");
            } else if (!token.isOperator()) {
                stage.add(token.text());
                continue;
            }
            if (stage.isEmpty()) {
                throw missing(stages.size(), token);
            }
            if (token.kind() == Kind.PIPE) {
                stages.add(new ArrayList<>());
            } else {
                file = Optional.of(target(tokens, ++i, token, line));
            }
        }
        if (stages.size() > 1 && stages.get(stages.size() - 1).isEmpty()) {
            throw Failure.usage("a program is missing after |", "COMMAND | PROGRAM");
        }
        List<List<String>> programs = stages.subList(1, stages.size());
        return new Pipeline(stages.get(0), List.copyOf(programs), file);
    }

    private static RuntimeException missing(int stages, Token operator) {
        return stages == 1
                ? Failure.usage("a command is missing before " + operator.text(), "COMMAND " + operator.text() + " …")
                : Failure.usage("a program is missing after |", "COMMAND | PROGRAM");
    }

    private static Target target(List<Token> tokens, int at, Token operator, String line) {
        if (at >= tokens.size()
                || tokens.get(at).isOperator()
                || tokens.get(at).text().isEmpty()) {
            throw Failure.usage("a file is missing after " + operator.text(), "COMMAND " + operator.text() + " FILE");
        }
        Token name = tokens.get(at);
        if (name.text().startsWith("&")) {
            throw Failure.usage("only a file can follow " + operator.text());
        }
        return new Target(name.text(), operator.kind() == Kind.APPEND, line.startsWith("~/", name.start()));
    }

    /** Whether nothing is to be run: the line is empty, or a comment. */
    public boolean isNothing() {
        return words.isEmpty();
    }

    /** Whether the result goes to standard output as it is. */
    public boolean isPlain() {
        return programs.isEmpty() && file.isEmpty();
    }
}
