package org.likeness.cli;

import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// Writes answers: lines for people, or JSON for programs. One thread at a time.
final class Out {
    private static final char SHOWN_INSTEAD = '\u00B7';
    private final PrintWriter writer;
    private final boolean json;
    private @Nullable JsonMapper mapper; // made when first needed: people do not wait for it

    Out(PrintWriter writer, boolean json) {
        this.writer = writer;
        this.json = json;
    }

    boolean json() {
        return json;
    }

    /// One line for people, whatever a name in it contains; nothing when the answer is JSON.
    void line(String text) {
        if (!json) {
            writer.println(plain(text).replace('\n', SHOWN_INSTEAD));
            writer.flush();
        }
    }

    /// A line that the next one overwrites.
    void inPlace(String text) {
        writer.print("\r" + text + "\u001b[K");
        writer.flush();
    }

    /// Ends overwriting.
    void inPlaceEnd() {
        writer.println();
        writer.flush();
    }

    /// One JSON document on one line; nothing when the answer is for people.
    void document(Map<String, ?> content) {
        if (json) {
            if (mapper == null) {
                mapper = JsonMapper.builder().build();
            }
            writer.println(mapper.writeValueAsString(content));
            writer.flush();
        }
    }

    /// Keeps the order of the keys, which a reader of the output may like.
    static Map<String, Object> map(Object... keysAndValues) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            map.put((String) keysAndValues[i], keysAndValues[i + 1]);
        }
        return map;
    }

    /// A file's place as people write it.
    static String file(String location) {
        return Path.of(URI.create(location)).toString();
    }

    /// "1 photo", "2 photos".
    static String counted(long count, String one, String many) {
        return String.format(Locale.ROOT, "%,d %s", count, count == 1 ? one : many);
    }

    /// Control characters in a file name could drive the terminal, and those that turn the direction of text could
    /// show another name; they are shown as dots. Line breaks stay.
    static String plain(String text) {
        return text.codePoints()
                .map(c -> c != '\n' && drives(c) ? SHOWN_INSTEAD : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static boolean drives(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL -> c != '\t';
            case Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> true;
            default ->
                c == 0x061C // Arabic letter mark
                        || (c >= 0x200E && c <= 0x200F)
                        || (c >= 0x202A && c <= 0x202E)
                        || (c >= 0x2066 && c <= 0x2069);
        };
    }
}
