package dev.ast.shell.interactive;

import dev.ast.output.Visible;
import java.util.HashMap;
import java.util.List;
import org.jline.reader.MaskingCallback;
import org.jline.reader.impl.LineReaderImpl;
import org.jline.terminal.Terminal;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;

/**
 * JLine's line editor, which writes the characters of the line to the terminal unchanged: pasted, recalled or suggested text
 * could set the title or clear the screen. Here control characters are shown by their names, also when the cursor's column
 * is calculated; the line itself keeps them.
 */
final class TypedLineReader extends LineReaderImpl {
    /** Shows the line. JLine asks it for what is displayed, and for the text before the cursor. */
    static final MaskingCallback VISIBLE = new MaskingCallback() {
        @Override
        public String display(String line) {
            return Visible.typed(line);
        }

        @Override
        public String history(String line) {
            return line;
        }
    };

    TypedLineReader(Terminal terminal) {
        super(terminal, "ast", new HashMap<>());
    }

    /** The line with prompts, the suggestion from history and the list of completions, which no callback sees. */
    @Override
    public AttributedString getDisplayedBufferWithPrompts(List<AttributedString> secondaryPrompts) {
        AttributedString all = super.getDisplayedBufferWithPrompts(secondaryPrompts);
        String text = all.toString();
        if (Visible.typed(text).equals(text)) {
            return all;
        }
        AttributedStringBuilder shown = new AttributedStringBuilder();
        for (int i = 0; i < text.length(); ) {
            int end = i + Character.charCount(text.codePointAt(i));
            shown.style(all.styleAt(i));
            shown.append(Visible.typed(text.substring(i, end)));
            i = end;
        }
        return shown.toAttributedString();
    }
}
