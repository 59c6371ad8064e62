package dev.ast.output;

import dev.ast.domain.Failure;
import dev.ast.json.LocalJson;
import java.io.IOException;
import java.io.OutputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Shows results on standard output, by the view that is registered for their type. */
public final class Views {
    private final Screen screen;
    private final Map<Class<?>, Supplier<? extends View<?>>> views = new HashMap<>();

    /** Views on a screen; {@link PlainText}, {@link Raw} and {@link Version} are known from the start. */
    public Views(Screen screen) {
        this.screen = screen;
        register(PlainText.class, PlainTextView::new);
        register(Version.class, Version.Look::new);
    }

    /** Registers the view of a type; its subtypes look the same unless they have a view of their own. */
    public <T> Views register(Class<T> type, Supplier<? extends View<? super T>> view) {
        views.put(type, view);
        return this;
    }

    /**
     * Shows a result. It may still wait in the screen afterwards: who ends the command calls {@link Screen#flush}.
     *
     * @throws LostOutput when it cannot be written
     * @throws IllegalArgumentException when the type has no view, which is a bug
     */
    public void show(Object result, Format format, Coloring coloring) {
        if (result instanceof Raw raw) {
            copy(raw);
            return;
        }
        View<Object> view = viewOf(result);
        switch (format) {
            case TEXT -> {
                Page page = new Page(screen, coloring);
                view.text(result, page);
                page.end();
            }
            case JSON -> screen.out(Visible.json(LocalJson.write(Documents.plain(view.document(result)))) + "\n");
            case YAML -> screen.out(YamlText.of(Documents.plain(view.document(result))));
        }
    }

    private void copy(Raw raw) {
        try {
            if (screen.isTerminal(Screen.Stream.OUT)) {
                VisibleStream filter = new VisibleStream(screen);
                raw.writeTo(filter);
                filter.end();
            } else {
                OutputStream target = screen.bytes();
                raw.writeTo(target);
            }
        } catch (IOException e) {
            String why = Optional.ofNullable(e.getMessage()).orElse(e.getClass().getSimpleName());
            throw new Failure.Unreachable("the response was interrupted: " + why, Optional.empty()).asException();
        }
    }

    @SuppressWarnings("unchecked") // register() pairs each type with a view that accepts it
    private View<Object> viewOf(Object result) {
        View<?> found = find(result.getClass());
        if (found == null) {
            throw new IllegalArgumentException(
                    "no view for " + result.getClass().getName());
        }
        return (View<Object>) found;
    }

    private @Nullable View<?> find(@Nullable Class<?> type) {
        if (type == null) {
            return null;
        }
        Supplier<? extends View<?>> known = views.get(type);
        View<?> found = known == null ? null : known.get();
        for (Class<?> parent : type.getInterfaces()) {
            if (found == null) {
                found = find(parent);
            }
        }
        return found == null ? find(type.getSuperclass()) : found;
    }

    private static final class PlainTextView implements View<PlainText> {
        @Override
        public Object document(PlainText result) {
            return result.text();
        }

        @Override
        public void text(PlainText result, Page page) {
            page.exact(result.text().isEmpty() || result.text().endsWith("\n") ? result.text() : result.text() + "\n");
        }
    }
}
