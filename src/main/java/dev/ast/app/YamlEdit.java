package dev.ast.app;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions.FlowStyle;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.nodes.CollectionNode;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * Changes single entries of a YAML text in their own lines, so that comments and order stay. It knows mappings in block
 * style; the caller has to read the result again before it uses it.
 */
final class YamlEdit {
    private static final String STEP = "  ";
    /** A text that needs no quotes, also within a list in brackets. */
    private static final Pattern BARE = Pattern.compile("[A-Za-z/][A-Za-z0-9_./@+-]*+(?::[A-Za-z0-9_./@+-]++)*+");

    private static final Set<ScalarStyle> BLOCKS = Set.of(ScalarStyle.LITERAL, ScalarStyle.FOLDED);
    private static final Set<String> NOT_TEXT = Set.of("y", "n", "yes", "no", "on", "off", "true", "false", "null");

    private final String text;
    private final String lineEnd;
    private final List<String> lines;
    private final @Nullable Node root;

    /** @throws org.yaml.snakeyaml.error.YAMLException when the text is not YAML */
    YamlEdit(String text) {
        this.text = text;
        this.lineEnd = text.contains("\r\n") ? "\r\n" : "\n";
        this.lines = new ArrayList<>(text.lines().toList());
        this.root = yaml().compose(new StringReader(text));
    }

    private static Yaml yaml() {
        return new Yaml(new SafeConstructor(new LoaderOptions()));
    }

    /** The entries below a path of keys; empty where there are none. A copy. */
    Map<String, Object> below(String... path) {
        Object at = yaml().load(text);
        for (String key : path) {
            at = at instanceof Map<?, ?> map ? map.get(key) : null;
        }
        Map<String, Object> entries = new LinkedHashMap<>();
        if (at instanceof Map<?, ?> map) {
            map.forEach((key, value) -> entries.put(String.valueOf(key), value));
        }
        return entries;
    }

    /** All entries but those below a path of keys, in which mappings without entries do not count. */
    Map<String, Object> without(String... path) {
        Object all = yaml().load(text);
        return all instanceof Map<?, ?> map ? without(map, List.of(path)) : Map.of();
    }

    private static Map<String, Object> without(Map<?, ?> map, List<String> path) {
        Map<String, Object> kept = new LinkedHashMap<>();
        map.forEach((key, value) -> {
            boolean on = String.valueOf(key).equals(path.get(0));
            if (on && value instanceof Map<?, ?> inner && path.size() > 1) {
                Map<String, Object> rest = without(inner, path.subList(1, path.size()));
                if (!rest.isEmpty()) {
                    kept.put(path.get(0), rest);
                }
            } else if (!on) {
                kept.put(String.valueOf(key), String.valueOf(value));
            }
        });
        return kept;
    }

    /** A text as a value in quotes. */
    static String quoted(String value) {
        return "'" + value.replace("'", "''") + "'";
    }

    /** A text as a value, in quotes only where it needs them. */
    static String plain(String value) {
        boolean bare = BARE.matcher(value).matches() && !NOT_TEXT.contains(value.toLowerCase(Locale.ROOT));
        return bare ? value : quoted(value);
    }

    /** Several texts as a value. */
    static String list(List<String> values) {
        return values.stream().map(YamlEdit::plain).collect(Collectors.joining(", ", "[", "]"));
    }

    /**
     * The text with a value at a path of keys. The key of a provider may be written in another style.
     *
     * @param value as it is to be written
     * @return empty when the form of the text is not known
     */
    Optional<String> set(String value, List<String> path) {
        Node at = root;
        int column = 0;
        int line = lines.size(); // where a line is added that has none of its kind yet
        for (int depth = 0; depth < path.size(); depth++) {
            if (at instanceof MappingNode mapping && mapping.getFlowStyle() != FlowStyle.FLOW) {
                column = mapping.getValue().get(0).getKeyNode().getStartMark().getColumn();
                line = lastLine(mapping) + 1;
            } else if (at != null && !isNothing(at)) {
                return Optional.empty();
            }
            Optional<NodeTuple> entry = entry(at, path.get(depth), isRelaxed(path, depth));
            if (entry.isEmpty()) {
                if (isDotted(at, path.get(depth))) {
                    return Optional.empty();
                }
                add(line, column, value, path.subList(depth, path.size()));
                return Optional.of(joined());
            }
            at = entry.get().getValueNode();
            line = entry.get().getKeyNode().getStartMark().getLine() + 1;
            column = entry.get().getKeyNode().getStartMark().getColumn() + STEP.length();
            if (depth == path.size() - 1) {
                replace(entry.get(), value);
            }
        }
        return Optional.of(joined());
    }

    private void add(int line, int column, String value, List<String> missing) {
        int indent = column;
        int at = line;
        for (int i = 0; i < missing.size(); i++) {
            String end = i == missing.size() - 1 ? " " + value : "";
            lines.add(at++, " ".repeat(indent) + plain(missing.get(i)) + ":" + end);
            indent += STEP.length();
        }
    }

    /** What stands beside and above the value stays, such as a comment. */
    private void replace(NodeTuple entry, String value) {
        Node before = entry.getValueNode();
        int first = before.getStartMark().getLine();
        int last = lastLine(before);
        boolean oneLine = !isNothing(before) && first == last && isFlow(before);
        if (oneLine) {
            String line = lines.get(first);
            lines.set(
                    first,
                    upTo(line, before.getStartMark().getColumn())
                            + value
                            + line.substring(
                                    upTo(line, before.getEndMark().getColumn()).length()));
            return;
        }
        int named = entry.getKeyNode().getEndMark().getLine();
        String line = lines.get(named);
        int colon = line.indexOf(
                ':', upTo(line, entry.getKeyNode().getEndMark().getColumn()).length());
        boolean rest = first > named || isNothing(before);
        if (!isNothing(before)) {
            lines.subList(Math.max(first, named + 1), Math.max(last, named) + 1).clear();
        }
        lines.set(named, line.substring(0, colon + 1) + " " + value + (rest ? line.substring(colon + 1) : ""));
    }

    /** A mark counts characters as people do, not as Java does. */
    private static String upTo(String line, int column) {
        return line.substring(0, line.offsetByCodePoints(0, Math.min(column, line.codePointCount(0, line.length()))));
    }

    /** The text without the entry at a path of keys; empty when there is none, or its form is not known. */
    Optional<String> remove(List<String> path) {
        Node at = root;
        Optional<NodeTuple> removed = Optional.empty();
        for (int depth = 0; depth < path.size(); depth++) {
            Optional<NodeTuple> entry = entry(at, path.get(depth), isRelaxed(path, depth));
            if (entry.isEmpty() || !(at instanceof MappingNode mapping) || mapping.getFlowStyle() == FlowStyle.FLOW) {
                return Optional.empty();
            }
            // A mapping goes with the last of its entries: an empty one would be a key without a meaning.
            boolean only = mapping.getValue().size() == 1;
            removed = only && depth > 0 ? removed : entry;
            at = entry.get().getValueNode();
        }
        if (removed.isPresent()) {
            int first = removed.get().getKeyNode().getStartMark().getLine();
            lines.subList(first, Math.max(first, lastLine(removed.get().getValueNode())) + 1)
                    .clear();
        }
        return Optional.of(joined());
    }

    /** Whether a key goes on with a dot in one line, as in {@code ast.storage: file}. */
    private static boolean isDotted(@Nullable Node at, String key) {
        return at instanceof MappingNode mapping
                && mapping.getValue().stream()
                        .anyMatch(tuple -> tuple.getKeyNode() instanceof ScalarNode scalar
                                && scalar.getValue().startsWith(key + "."));
    }

    private static boolean isRelaxed(List<String> path, int depth) {
        return depth == 3 && path.get(1).equals("providers");
    }

    private static Optional<NodeTuple> entry(@Nullable Node at, String key, boolean anyStyle) {
        Optional<NodeTuple> similar = Optional.empty();
        if (at instanceof MappingNode mapping) {
            for (NodeTuple tuple : mapping.getValue()) {
                if (tuple.getKeyNode() instanceof ScalarNode scalar) {
                    if (scalar.getValue().equals(key)) {
                        return Optional.of(tuple);
                    }
                    boolean same = SettingsReader.canonical(scalar.getValue()).equals(SettingsReader.canonical(key));
                    similar = anyStyle && same ? Optional.of(tuple) : similar;
                }
            }
        }
        return similar;
    }

    /** The last line that has something of a node: the end of a block is where the next one begins, behind comments. */
    private int lastLine(Node node) {
        int last = node.getStartMark().getLine();
        if (node instanceof MappingNode mapping && mapping.getFlowStyle() != FlowStyle.FLOW) {
            for (NodeTuple tuple : mapping.getValue()) {
                last = Math.max(last, tuple.getKeyNode().getEndMark().getLine());
                last = isNothing(tuple.getValueNode()) ? last : Math.max(last, lastLine(tuple.getValueNode()));
            }
            return last;
        }
        if (node instanceof SequenceNode sequence && sequence.getFlowStyle() != FlowStyle.FLOW) {
            for (Node item : sequence.getValue()) {
                last = Math.max(last, lastLine(item));
            }
            return last;
        }
        int end = node.getEndMark().getLine();
        if (end > last && node.getEndMark().getColumn() == 0) {
            end--;
        }
        while (end > last && (end >= lines.size() || lines.get(end).isBlank())) {
            end--;
        }
        return end;
    }

    /** Whether a value stands where its marks are, and not in lines of its own. */
    private static boolean isFlow(Node node) {
        if (node instanceof CollectionNode<?> collection) {
            return collection.getFlowStyle() == FlowStyle.FLOW;
        }
        return node instanceof ScalarNode scalar && !BLOCKS.contains(scalar.getScalarStyle());
    }

    private static boolean isNothing(Node node) {
        return node instanceof ScalarNode scalar && scalar.getValue().isEmpty() && scalar.isPlain();
    }

    private String joined() {
        return lines.isEmpty() ? "" : String.join(lineEnd, lines) + lineEnd;
    }
}
