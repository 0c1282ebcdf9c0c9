package org.likeness.core.document;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Writes a Markdown document line by line. What comes from the records is escaped, so that a name is
/// never taken for a heading, a link or HTML; what this package says itself is not. One thread at a time.
final class Markdown {
    private static final Pattern SPECIAL = Pattern.compile("[\\\\`*_\\[\\]<>|~&@$]|:(?=/)|(?<=www)\\.");
    private static final Pattern AT_THE_START = Pattern.compile("^(\\d{0,9})([#+=!.)-])");

    private final StringBuilder text = new StringBuilder(4096);

    /// Any text as it is, on one line, in whatever place of a document.
    static String escaped(String text) {
        StringBuilder visible = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(c -> visible.appendCodePoint(isInvisible(c) ? ' ' : c));
        String plain = SPECIAL.matcher(visible.toString().strip()).replaceAll("\\\\$0");
        return AT_THE_START.matcher(plain).replaceFirst("$1\\\\$2");
    }

    /// Control characters, line breaks, and what turns the direction of writing around.
    private static boolean isInvisible(int c) {
        int type = Character.getType(c);
        return Character.isISOControl(c)
                || type == Character.FORMAT
                || type == Character.LINE_SEPARATOR
                || type == Character.PARAGRAPH_SEPARATOR;
    }

    /// A number as people read it.
    static String number(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    Markdown title(String title) {
        text.append("# ").append(title).append('\n');
        return this;
    }

    Markdown heading(String heading) {
        text.append("\n## ").append(heading).append('\n');
        return this;
    }

    Markdown paragraph(String paragraph) {
        text.append('\n').append(paragraph).append('\n');
        return this;
    }

    Markdown list(List<String> items) {
        text.append('\n');
        items.forEach(item -> text.append("- ").append(item).append('\n'));
        return this;
    }

    Markdown table(List<String> head, List<List<String>> rows) {
        text.append('\n')
                .append(row(head))
                .append(row(head.stream().map(_ -> "---").toList()));
        rows.forEach(cells -> text.append(row(cells)));
        return this;
    }

    /// What only a person can say. All such places begin alike, so that none is overlooked.
    Markdown question(String question) {
        text.append("\n> **To decide:** ").append(question).append("\n>\n> Answer: …\n");
        return this;
    }

    private static String row(List<String> cells) {
        return cells.stream().collect(Collectors.joining(" | ", "| ", " |\n"));
    }

    Document as(String name) {
        return new Document(name, text.toString());
    }
}
