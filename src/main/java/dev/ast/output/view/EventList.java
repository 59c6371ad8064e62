package dev.ast.output.view;

import dev.ast.output.Page;
import dev.ast.output.Tone;
import dev.ast.output.View;
import dev.ast.profile.SessionEvent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Entries of the log, the oldest first. */
public record EventList(List<SessionEvent> events) {
    /** Copies the list. */
    public EventList {
        events = List.copyOf(events);
    }

    /** A table. */
    public static final class Look implements View<EventList> {
        private final Times times;

        /** With times as people read them. */
        public Look(Times times) {
            this.times = times;
        }

        @Override
        public Object document(EventList list) {
            List<Object> documents = new ArrayList<>();
            for (SessionEvent event : list.events()) {
                Map<String, @Nullable Object> document = new LinkedHashMap<>();
                document.put("time", event.time());
                document.put("event", event.kind().word());
                document.put("profile", event.profile().value());
                document.put("identity", event.identity());
                document.put("server", event.server());
                document.put("protocol", event.protocol());
                document.put("program", event.program());
                documents.add(document);
            }
            return documents;
        }

        @Override
        public void text(EventList list, Page page) {
            if (list.events().isEmpty()) {
                page.line(Tone.DIM.of("No entries"));
                return;
            }
            List<List<?>> rows = new ArrayList<>();
            for (SessionEvent event : list.events()) {
                rows.add(List.of(
                        times.local(event.time()),
                        event.kind().word().replace('_', ' '),
                        event.profile().value(),
                        event.identity().orElse("-"),
                        event.server().orElse("-"),
                        event.program()
                                .map(name -> name + " (" + event.protocol().orElse("-") + ")")
                                .orElse("-")));
            }
            page.table(1, List.of("TIME", "EVENT", "PROFILE", "SIGNED IN AS", "SERVER", "ASKED BY"), rows);
        }
    }
}
