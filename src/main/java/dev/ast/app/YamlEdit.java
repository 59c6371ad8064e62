package dev.ast.app;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions.FlowStyle;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;

/**
 * Changes single entries of a YAML text by whole lines, so that comments and order stay. It knows mappings in block style;
 * the caller has to read the result again before it uses it.
 */
final class YamlEdit {
    private static final String STEP = "  ";

    private final String text;
    private final List<String> lines;
    private final @Nullable Node root;

    /** @throws org.yaml.snakeyaml.error.YAMLException when the text is not YAML */
    YamlEdit(String text) {
        this.text = text;
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

    /** The text with an entry below a path of keys; empty when its form is not known. */
    Optional<String> set(String name, String value, String... path) {
        Node at = root;
        int column = 0;
        int line = lines.size(); // where a line is added that has none of its kind yet
        for (int depth = 0; depth <= path.length; depth++) {
            String key = depth < path.length ? path[depth] : name;
            if (at instanceof MappingNode mapping && mapping.getFlowStyle() != FlowStyle.FLOW) {
                Node first = mapping.getValue().get(0).getKeyNode();
                column = first.getStartMark().getColumn();
                line = depth == 0 ? lines.size() : first.getStartMark().getLine();
            } else if (at != null && !isNothing(at)) {
                return Optional.empty();
            }
            Optional<NodeTuple> entry = entry(at, key);
            if (entry.isEmpty()) {
                add(line, column, name, value, List.of(path).subList(depth, path.length));
                return Optional.of(joined());
            }
            Node keyNode = entry.get().getKeyNode();
            at = entry.get().getValueNode();
            line = keyNode.getStartMark().getLine() + 1;
            column = keyNode.getStartMark().getColumn() + STEP.length();
            if (depth == path.length) {
                replace(entry.get(), name + ": " + quoted(value));
            }
        }
        return Optional.of(joined());
    }

    private void add(int line, int column, String name, String value, List<String> missing) {
        List<String> added = new ArrayList<>();
        int indent = column;
        for (String key : missing) {
            added.add(" ".repeat(indent) + key + ":");
            indent += STEP.length();
        }
        added.add(" ".repeat(indent) + name + ": " + quoted(value));
        lines.addAll(line, added);
    }

    /** The text without an entry below a path of keys; empty when its form is not known. */
    Optional<String> remove(String name, String... path) {
        Node at = root;
        for (String key : path) {
            at = entry(at, key).map(NodeTuple::getValueNode).orElse(null);
        }
        Optional<NodeTuple> entry = entry(at, name);
        boolean block = at instanceof MappingNode mapping && mapping.getFlowStyle() != FlowStyle.FLOW;
        if (entry.isEmpty() || !block) {
            return Optional.empty();
        }
        replace(entry.get(), null);
        return Optional.of(joined());
    }

    private void replace(NodeTuple entry, @Nullable String instead) {
        int first = entry.getKeyNode().getStartMark().getLine();
        int last = Math.max(first, entry.getValueNode().getEndMark().getLine());
        boolean endsBefore = last > first && entry.getValueNode().getEndMark().getColumn() == 0;
        lines.subList(first, (endsBefore ? last - 1 : last) + 1).clear();
        if (instead != null) {
            lines.add(first, " ".repeat(entry.getKeyNode().getStartMark().getColumn()) + instead);
        }
    }

    private static Optional<NodeTuple> entry(@Nullable Node at, String key) {
        if (at instanceof MappingNode mapping) {
            for (NodeTuple tuple : mapping.getValue()) {
                if (tuple.getKeyNode() instanceof ScalarNode scalar
                        && scalar.getValue().equals(key)) {
                    return Optional.of(tuple);
                }
            }
        }
        return Optional.empty();
    }

    private static boolean isNothing(Node node) {
        return node instanceof ScalarNode scalar && scalar.getValue().isEmpty() && scalar.isPlain();
    }

    private static String quoted(String value) {
        return "'" + value.replace("'", "''") + "'";
    }

    private String joined() {
        return String.join("\n", lines) + "\n";
    }
}
