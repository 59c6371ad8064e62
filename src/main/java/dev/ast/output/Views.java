package dev.ast.output;

import dev.ast.domain.Failure;
import dev.ast.domain.FailureException;
import dev.ast.host.Interrupts;
import dev.ast.json.Json;
import dev.ast.json.LocalJson;
import java.io.ByteArrayOutputStream;
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
    private static final int LARGEST = 32 * 1024 * 1024;

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
            switch (format) {
                case TEXT, JSON -> copy(raw, coloring);
                case CSV -> screen.out(Rows.of(read(raw, coloring)).csv());
                case YAML -> screen.out(YamlText.of(read(raw, coloring)));
            }
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
        Object document = result instanceof Raw raw
                ? read(raw, coloring)
                : Documents.plain(viewOf(result).rows(result));
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

    /** Shows what a filter makes of a result. Throws as {@link JqFilter#print}. */
    public void show(Object result, JqFilter filter, Coloring coloring, Interrupts interrupts) {
        if (result instanceof RawPages pages) {
            try {
                pages.each(page ->
                        filter.print(parsed(page), screen, screen.colors(coloring, Screen.Stream.OUT), interrupts));
            } catch (IOException e) {
                throw interrupted(e);
            }
            return;
        }
        Object document = result instanceof Raw raw
                ? read(raw, coloring)
                : Documents.plain(viewOf(result).document(result));
        filter.print(document, screen, screen.colors(coloring, Screen.Stream.OUT), interrupts);
    }

    /** The document in bytes that are JSON. Where the command fails, they are shown as they came. */
    private @Nullable Object read(Raw raw, Coloring coloring) {
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        try {
            raw.writeTo(new LimitedStream(whole, LARGEST));
        } catch (FailureException e) {
            copy(whole::writeTo, coloring);
            throw e;
        } catch (IOException e) {
            throw interrupted(e);
        }
        return parsed(whole.toByteArray());
    }

    private static @Nullable Object parsed(byte[] bytes) {
        try {
            return Json.read(bytes);
        } catch (Json.NotJson e) {
            throw Failure.failed(
                    "the answer is not JSON, and only the whole of it can be shown",
                    "leave out --jq, --fields and --output");
        }
    }

    private static RuntimeException interrupted(IOException e) {
        String why = Optional.ofNullable(e.getMessage()).orElse(e.getClass().getSimpleName());
        return new Failure.Unreachable("the response was interrupted: " + why, Optional.empty()).asException();
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
            throw interrupted(e);
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
