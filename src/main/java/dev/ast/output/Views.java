package dev.ast.output;

import dev.ast.domain.Failure;
import dev.ast.json.LocalJson;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Shows results on standard output, by the view that is registered for their type. */
public final class Views {
    private final Screen screen;
    private final Function<Object, @Nullable View<?>> views;

    /**
     * Views on a screen; {@link PlainText}, {@link Raw} and {@link Version} are known.
     *
     * @param views gives the view of any other result, which must accept it; null for none
     */
    public Views(Screen screen, Function<Object, @Nullable View<?>> views) {
        this.screen = screen;
        this.views = views;
    }

    /**
     * Shows a result. It may still wait in the screen afterwards: who ends the command calls {@link Screen#flush}.
     *
     * @throws LostOutput when it cannot be written
     * @throws IllegalArgumentException when the type has no view, which is a bug
     */
    public void show(Object result, Format format, Coloring coloring) {
        if (result instanceof Raw raw) {
            copy(raw, coloring);
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
            case CSV -> screen.out(Rows.of(Documents.plain(view.rows(result))).csv());
            case YAML -> screen.out(YamlText.of(Documents.plain(view.document(result))));
        }
    }

    /**
     * Shows some fields of a result only.
     *
     * @throws dev.ast.domain.FailureException (usage) when the result does not have one of them
     */
    public void show(Object result, List<String> fields, Format format, Coloring coloring) {
        if (result instanceof Raw) {
            throw Failure.usage("--fields does not go with this result");
        }
        View<Object> view = viewOf(result);
        Object document = Documents.plain(view.rows(result));
        boolean list = document instanceof Collection;
        Rows rows =
                Rows.of(list ? document : Collections.singletonList(document)).select(fields);
        Object selected = list ? rows.document() : rows.document().get(0);
        switch (format) {
            case TEXT -> {
                Page page = new Page(screen, coloring);
                rows.print(page);
                page.end();
            }
            case JSON -> screen.out(Visible.json(LocalJson.write(selected)) + "\n");
            case YAML -> screen.out(YamlText.of(selected));
            case CSV -> screen.out(rows.csv());
        }
    }

    private void copy(Raw raw, Coloring coloring) {
        try {
            if (screen.isTerminal(Screen.Stream.OUT)) {
                JsonStream filter = new JsonStream(screen, screen.colors(coloring, Screen.Stream.OUT));
                try {
                    raw.writeTo(filter);
                } finally {
                    filter.end(); // the body of an error, too
                }
            } else {
                OutputStream target = screen.bytes();
                raw.writeTo(target);
            }
        } catch (IOException e) {
            String why = Optional.ofNullable(e.getMessage()).orElse(e.getClass().getSimpleName());
            throw new Failure.Unreachable("the response was interrupted: " + why, Optional.empty()).asException();
        }
    }

    @SuppressWarnings("unchecked") // the view that is given for a result accepts it
    private View<Object> viewOf(Object result) {
        View<?> found = result instanceof PlainText
                ? new PlainTextView()
                : result instanceof Version ? new Version.Look() : views.apply(result);
        if (found == null) {
            throw new IllegalArgumentException(
                    "no view for " + result.getClass().getName());
        }
        return (View<Object>) found;
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
