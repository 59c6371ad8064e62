package dev.ast.support;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.ast.json.LocalJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The JSON results as they are declared in {@code json/results.txt}, and a JSON Schema (2020-12) for each. */
public final class JsonResults {
    private static final Path SOURCE = Path.of("src/test/resources/json/results.txt");
    private static final String DIALECT = "https://json-schema.org/draft/2020-12/schema";

    private static final Map<String, Result> ALL = read();
    private static final SchemaRegistry REGISTRY =
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
    private static final Map<String, Schema> SCHEMAS = new TreeMap<>();

    private JsonResults() {}

    /** A member with those inside it. */
    public record Member(String name, String type, String meaning, List<Member> members) {
        boolean nullable() {
            return type.endsWith("?");
        }

        boolean list() {
            return type.contains("[]");
        }

        String plain() {
            return type.replace("[]", "").replace("?", "");
        }
    }

    /** The result of a command. */
    public record Result(String command, boolean list, List<Member> members) {
        /** The file of its schema. */
        public String file() {
            return command.replace("--", "").replace(' ', '-').toLowerCase(java.util.Locale.ROOT) + ".json";
        }

        /**
         * Its schema.
         *
         * @param closed whether other members are errors: for tests; programs of users must bear new ones
         */
        public String schema(boolean closed) {
            Map<String, Object> schema = new LinkedHashMap<>();
            schema.put("$schema", DIALECT);
            schema.put("title", "ast " + command + " -o json");
            Map<String, Object> one = object(members, closed);
            if (list) {
                schema.put("type", "array");
                schema.put("items", one);
            } else {
                schema.putAll(one);
            }
            return LocalJson.write(schema);
        }

        /** Its command without what tells it from other results of that command. */
        public String words() {
            return command.replaceAll(" (--|[A-Z]).*", "");
        }
    }

    /** The results by command. */
    public static Map<String, Result> all() {
        return ALL;
    }

    /** What is wrong with a document that a command has printed; the command may have several kinds of result. */
    public static List<String> errors(String command, String document) {
        List<String> found = new ArrayList<>();
        for (Result result : ALL.values()) {
            if (result.words().equals(command)) {
                List<String> wrong = SCHEMAS
                        .computeIfAbsent(
                                result.command(), name -> REGISTRY.getSchema(result.schema(true), InputFormat.JSON))
                        .validate(document, InputFormat.JSON)
                        .stream()
                        .map(error -> result.command() + ": " + error)
                        .toList();
                if (wrong.isEmpty()) {
                    return List.of();
                }
                found.addAll(wrong);
            }
        }
        return found.isEmpty() ? List.of(command + ": no result is declared") : found;
    }

    /** Fails where the words ask for JSON, the command has succeeded, and its result is another than the declared one. */
    static void check(List<String> words, AstResult result) {
        int option = Math.max(words.indexOf("-o"), words.indexOf("--output"));
        boolean json = option >= 0
                && option + 1 < words.size()
                && words.get(option + 1).equals("json");
        if (!json || result.exit() != 0 || words.contains("--fields") || words.contains("--jq")) {
            return;
        }
        String line = String.join(" ", words) + " ";
        ALL.values().stream()
                .map(Result::words)
                .filter(command -> line.startsWith(command + " "))
                .max(Comparator.comparing(String::length))
                .map(command -> errors(command, result.out()))
                .filter(wrong -> !wrong.isEmpty())
                .ifPresent(wrong -> {
                    throw new AssertionError(words + ": " + wrong + " in " + result.out());
                });
    }

    private static Map<String, Object> object(List<Member> members, boolean closed) {
        Map<String, Object> properties = new LinkedHashMap<>();
        List<String> required = new ArrayList<>();
        boolean open = members.isEmpty();
        for (Member member : members) {
            if (member.name().equals("*")) {
                open = true;
            } else {
                properties.put(member.name(), value(member, closed));
                required.add(member.name());
            }
        }
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("type", "object");
        object.put("properties", properties);
        object.put("required", required);
        if (closed && !open) {
            object.put("additionalProperties", false);
        }
        return object;
    }

    private static Map<String, Object> value(Member member, boolean closed) {
        Map<String, Object> value = new LinkedHashMap<>();
        switch (member.plain()) {
            case "text" -> value.put("type", "string");
            case "time" -> {
                value.put("type", "string");
                value.put("pattern", "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:]{8}Z$");
            }
            case "number" -> value.put("type", "integer");
            case "flag" -> value.put("type", "boolean");
            case "object" -> value.putAll(object(member.members(), closed));
            case "any" -> {
                // No type: any value.
            }
            default -> throw new AssertionError("no type: " + member.type());
        }
        Map<String, Object> whole = value;
        if (member.list()) {
            whole = new LinkedHashMap<>();
            whole.put("type", "array");
            whole.put("items", value);
        }
        if (member.nullable()) {
            whole.put("type", List.of(String.valueOf(whole.get("type")), "null"));
        }
        whole.put("description", member.meaning());
        return whole;
    }

    private static Map<String, Result> read() {
        Map<String, Result> results = new LinkedHashMap<>();
        List<List<Member>> open = new ArrayList<>();
        try {
            for (String line : Files.readAllLines(SOURCE)) {
                if (line.isBlank() || line.startsWith("#")) {
                    continue;
                }
                int depth = (line.length() - line.stripLeading().length()) / 2;
                open.subList(depth, open.size()).clear();
                List<Member> members = new ArrayList<>();
                if (depth == 0) {
                    String command = line.replace("[]", "");
                    results.put(command, new Result(command, line.endsWith("[]"), members));
                } else {
                    String[] parts = line.strip().split(": |, ", 3);
                    open.get(depth - 1).add(new Member(parts[0], parts[1], parts[2], members));
                }
                open.add(members);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return results;
    }
}
