package dev.ast.command;

import dev.ast.command.UserSettings.Setting;
import dev.ast.output.Page;
import dev.ast.output.View;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Settings that are shown.
 *
 * @param one whether a single one was asked for, of which text shows the value only
 */
public record SettingList(List<Setting> settings, boolean one) {

    /** How they look. */
    public static final class Look implements View<SettingList> {
        @Override
        public @Nullable Object document(SettingList result) {
            List<Map<String, @Nullable Object>> all =
                    result.settings().stream().map(Look::document).toList();
            return result.one() ? all.get(0) : all;
        }

        private static Map<String, @Nullable Object> document(Setting setting) {
            Map<String, @Nullable Object> document = new LinkedHashMap<>();
            document.put("key", setting.key());
            document.put("value", setting.value());
            document.put("source", setting.source().label());
            return document;
        }

        @Override
        public void text(SettingList result, Page page) {
            if (result.one()) {
                Object value = result.settings().get(0).value();
                if (value instanceof List<?> list) {
                    list.forEach(page::line);
                } else {
                    page.line(text(value));
                }
                return;
            }
            page.table(
                    List.of("KEY", "VALUE", "FROM"),
                    result.settings().stream()
                            .map(setting -> List.of(
                                    setting.key(),
                                    text(setting.value()),
                                    setting.source().label()))
                            .toList());
        }

        private static String text(@Nullable Object value) {
            return value instanceof List<?> list
                    ? list.stream().map(String::valueOf).collect(Collectors.joining(" "))
                    : value == null ? "" : value.toString();
        }
    }
}
