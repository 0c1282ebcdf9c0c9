package org.likeness.cli;

import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// Writes answers: lines for people, or JSON for programs. One thread at a time.
final class Out {
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

    /// A line for people; nothing when the answer is JSON.
    void line(String text) {
        if (!json) {
            writer.println(plain(text));
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

    /// Control characters in a file name could drive the terminal; they are shown as dots.
    static String plain(String text) {
        return text.codePoints()
                .map(c -> Character.isISOControl(c) && c != '\n' && c != '\t' ? 0xB7 : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
