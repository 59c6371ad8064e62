package dev.ast.output;

import dev.ast.domain.Failure;
import dev.ast.domain.SecretShape;
import dev.ast.json.LocalJson;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A document as a table: one row for each element of its list, one column for each field. Fields of fields have a dot. */
final class Rows {
    private final Set<String> names = new LinkedHashSet<>();
    private final List<Map<String, @Nullable Object>> rows = new ArrayList<>();

    private Rows() {}

    /**
     * The rows of a document of maps, lists and scalars.
     *
     * @throws dev.ast.domain.FailureException (usage) when it is no list
     */
    static Rows of(@Nullable Object document) {
        if (!(document instanceof Collection<?> elements)) {
            throw Failure.usage("this result is no list, so that it cannot be written as csv", "use -o json");
        }
        Rows rows = new Rows();
        elements.forEach(rows::add);
        return rows;
    }

    private void add(@Nullable Object element) {
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        if (element instanceof Map<?, ?> map) {
            flatten(map, "", row);
        } else {
            row.put("value", element);
        }
        names.addAll(row.keySet());
        rows.add(row);
    }

    private static void flatten(Map<?, ?> map, String prefix, Map<String, @Nullable Object> row) {
        map.forEach((key, value) -> {
            if (value instanceof Map<?, ?> inner) {
                flatten(inner, prefix + key + ".", row);
            } else {
                row.put(prefix + key, value);
            }
        });
    }

    /**
     * The same with these columns only, in this order.
     *
     * @throws dev.ast.domain.FailureException (usage) for one that no row has
     */
    Rows select(List<String> wanted) {
        for (String name : wanted) {
            if (!names.contains(name) && !rows.isEmpty()) {
                throw Failure.usage("there is no field " + SecretShape.quoted(name, 40) + "; the fields are "
                        + Visible.field(String.join(", ", names)));
            }
        }
        Rows selected = new Rows();
        selected.names.addAll(wanted);
        for (Map<String, @Nullable Object> row : rows) {
            Map<String, @Nullable Object> kept = new LinkedHashMap<>();
            wanted.forEach(name -> kept.put(name, row.get(name)));
            selected.rows.add(kept);
        }
        return selected;
    }

    /** The rows as a document. */
    List<Map<String, @Nullable Object>> document() {
        return rows;
    }

    /** A table for people. */
    void print(Page page) {
        page.table(
                names.stream()
                        .map(name -> name.toUpperCase(java.util.Locale.ROOT))
                        .toList(),
                rows.stream()
                        .map(row ->
                                names.stream().map(name -> text(row.get(name))).toList())
                        .toList());
    }

    /**
     * Comma-separated values with a header (RFC 4180), in lines that end as those of text. Control characters are made
     * visible; the text is not changed otherwise, also where a spreadsheet would take it for a formula.
     */
    String csv() {
        StringBuilder csv = new StringBuilder();
        line(names, csv);
        rows.forEach(row -> line(names.stream().map(name -> text(row.get(name))).toList(), csv));
        return csv.toString();
    }

    private static void line(Collection<String> fields, StringBuilder csv) {
        String comma = "";
        for (String field : fields) {
            String shown = Visible.field(field);
            boolean quoted = shown.indexOf(',') >= 0
                    || shown.indexOf('"') >= 0
                    || !shown.strip().equals(shown);
            csv.append(comma).append(quoted ? '"' + shown.replace("\"", "\"\"") + '"' : shown);
            comma = ",";
        }
        csv.append('\n');
    }

    private static String text(@Nullable Object value) {
        if (value == null) {
            return "";
        }
        return value instanceof Collection<?> ? LocalJson.write(value) : value.toString();
    }
}
