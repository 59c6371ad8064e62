package dev.ast.api;

import dev.ast.domain.Failure;
import dev.ast.domain.SecretShape;
import dev.ast.json.Json;
import dev.ast.json.JsonObject;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The field of a page that leads to the next one: its address, or a cursor that goes into the query.
 *
 * @param path the names of the members that lead to it
 * @param parameter the parameter of the query that takes a cursor
 */
public record PageField(List<String> path, String parameter) {
    private static final String FORM = "[A-Za-z0-9_.-]{1,200}(=[A-Za-z0-9_.-]{1,100})?";

    /** Copies the list. */
    public PageField {
        path = List.copyOf(path);
    }

    /**
     * Reads {@code NAME}, {@code NAME.NAME} or {@code NAME=PARAMETER}. Without a parameter it is the rest of a
     * name that begins with the word next: {@code cursor} for {@code next_cursor}, {@code pageToken} for {@code nextPageToken}.
     *
     * @throws dev.ast.domain.FailureException (usage) when it is something else
     */
    public static PageField parse(String text) {
        if (!text.matches(FORM)) {
            throw Failure.usage(
                    "not the name of a field: " + SecretShape.quoted(text, 80),
                    "ast api /path --paginate --page-field next_cursor=cursor");
        }
        int equals = text.indexOf('=');
        String name = equals < 0 ? text : text.substring(0, equals);
        List<String> path = Arrays.asList(name.split("\\.", -1));
        String last = path.get(path.size() - 1);
        return new PageField(path, equals < 0 ? parameter(last) : text.substring(equals + 1));
    }

    private static String parameter(String name) {
        String rest = name.toLowerCase(Locale.ROOT).startsWith("next") ? name.substring(4) : name;
        rest = rest.replaceFirst("^[_-]+", "");
        return rest.isEmpty() ? "cursor" : rest.substring(0, 1).toLowerCase(Locale.ROOT) + rest.substring(1);
    }

    /**
     * The address of the page after one, as it is written there, or the address of this one with the cursor.
     *
     * @param asked the address of the page
     * @param page its body
     * @return empty when it is the last one: the field is missing, null, false or empty
     * @throws dev.ast.domain.FailureException (failed) when the page is not JSON
     */
    Optional<String> next(URI asked, byte[] page) {
        JsonObject object = Json.tryObject(page)
                .orElseThrow(() -> Failure.failed(
                        "the page is not a JSON object, so it has no field " + String.join(".", path),
                        "leave out --page-field: pages that are lists name the next one in the header Link"));
        for (String name : path.subList(0, path.size() - 1)) {
            object = object.object(name).orElseGet(JsonObject::new);
        }
        Object value = object.get(path.get(path.size() - 1));
        if (value == null || value.equals(false) || value.equals("")) {
            return Optional.empty();
        }
        if (!(value instanceof String) && !(value instanceof Number)) {
            throw Failure.failed(
                    "the field " + String.join(".", path) + " is neither an address nor a cursor",
                    "look at a page: ast api /path");
        }
        String text = value.toString();
        boolean address = text.startsWith("/")
                || text.startsWith("?")
                || text.startsWith("http://")
                || text.startsWith("https://");
        return Optional.of(address ? text : withCursor(asked, text));
    }

    private String withCursor(URI asked, String cursor) {
        List<String> query = new ArrayList<>();
        String before = Optional.ofNullable(asked.getRawQuery()).orElse("");
        for (String one : before.split("&", -1)) {
            if (!one.isEmpty() && !one.equals(parameter) && !one.startsWith(parameter + "=")) {
                query.add(one);
            }
        }
        query.add(parameter + "=" + URLEncoder.encode(cursor, StandardCharsets.UTF_8));
        return "?" + String.join("&", query);
    }
}
