package dev.ast.api;

import dev.ast.domain.Failure;
import dev.ast.domain.FailureException;
import dev.ast.domain.SecretShape;
import dev.ast.json.LocalJson;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a request. As JSON, {@code a[b]} is a member of an object, {@code a[]} a further element of a list, and
 * {@code a[][b]} a member of its last element, or of a new one where that has it already. In a query the names stand as
 * they are.
 */
public final class ApiFields {
    private static final int DEEPEST = 20;

    private final List<Map.Entry<String, String>> query = new ArrayList<>();
    private final Map<String, @Nullable Object> object = new LinkedHashMap<>();

    /** Whether there are none. */
    public boolean isEmpty() {
        return object.isEmpty();
    }

    /**
     * Adds a field.
     *
     * @param name as typed
     * @param value a text, number, boolean or null
     * @throws FailureException (usage) when the name is not of this form, or does not go with those before
     */
    public void add(String name, @Nullable Object value) {
        query.add(Map.entry(name, value == null ? "" : value.toString()));
        put(object, path(name), 0, value, name);
    }

    /** Adds an empty list, {@code a[]} without a value; in a query it is nothing. */
    public void addList(String name) {
        List<String> path = path(name);
        put(object, path.subList(0, path.size() - 1), 0, new ArrayList<>(), name);
    }

    /** The fields as a query, without a question mark. */
    public String query() {
        return query.stream()
                .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
                .collect(Collectors.joining("&"));
    }

    /** The fields as one JSON object. */
    public byte[] json() {
        return LocalJson.write(object).getBytes(StandardCharsets.UTF_8);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    // a[b][] has the path a, b and an empty text.
    private static List<String> path(String name) {
        List<String> path = new ArrayList<>();
        int open = name.indexOf('[');
        path.add(open < 0 ? name : name.substring(0, open));
        while (open >= 0) {
            int close = name.indexOf(']', open);
            boolean followed = close >= 0 && (close == name.length() - 1 || name.charAt(close + 1) == '[');
            if (!followed || name.substring(open + 1, close).indexOf('[') >= 0 || path.size() == DEEPEST) {
                throw wrong(name, "is not of the form name, name[member] or name[]");
            }
            path.add(name.substring(open + 1, close));
            open = close == name.length() - 1 ? -1 : close + 1;
        }
        if (path.get(0).isEmpty()) {
            throw wrong(name, "has no name");
        }
        return path;
    }

    private static void put(
            Map<String, @Nullable Object> map, List<String> path, int at, @Nullable Object value, String name) {
        String member = path.get(at);
        if (at == path.size() - 1) {
            if (map.containsKey(member)) {
                throw wrong(name, "is given twice");
            }
            map.put(member, value);
        } else if (path.get(at + 1).isEmpty()) {
            append(list(map.computeIfAbsent(member, any -> new ArrayList<>()), name), path, at + 1, value, name);
        } else {
            put(map(map.computeIfAbsent(member, any -> new LinkedHashMap<>()), name), path, at + 1, value, name);
        }
    }

    private static void append(
            List<@Nullable Object> list, List<String> path, int at, @Nullable Object value, String name) {
        if (at == path.size() - 1) {
            list.add(value);
            return;
        }
        String member = path.get(at + 1);
        if (member.isEmpty()) {
            throw wrong(name, "has a list in a list");
        }
        Object last = list.isEmpty() ? null : list.get(list.size() - 1);
        boolean goesOn = last instanceof Map<?, ?> map && (!map.containsKey(member) || at + 2 < path.size());
        if (!goesOn) {
            last = new LinkedHashMap<String, @Nullable Object>();
            list.add(last);
        }
        put(map(last, name), path, at + 1, value, name);
    }

    @SuppressWarnings("unchecked") // all maps here are ours
    private static Map<String, @Nullable Object> map(@Nullable Object value, String name) {
        if (value instanceof Map<?, ?> map) {
            return (Map<String, @Nullable Object>) map;
        }
        throw wrong(name, "is an object here, and was something else before");
    }

    @SuppressWarnings("unchecked") // all lists here are ours
    private static List<@Nullable Object> list(@Nullable Object value, String name) {
        if (value instanceof List<?> list) {
            return (List<@Nullable Object>) list;
        }
        throw wrong(name, "is a list here, and was something else before");
    }

    private static FailureException wrong(String name, String why) {
        return Failure.usage(
                "the field " + SecretShape.quoted(name, 80) + " " + why, "ast api POST /path -f 'a[b]=x' -f 'c[]=y'");
    }
}
