package org.likeness.server;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.likeness.core.audit.Statement;
import org.likeness.core.demand.Residual;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Reads what a statement says, for people. What is signed is its text, which stays as it is.
public final class Receipts {
    /// Said by the heading above, or of use to programs only.
    private static final Set<String> LEFT_OUT = Set.of("likeness", "id", "kind", "at", "salt", "collection");

    private static final Pattern COUNTED = Pattern.compile("(.+): (\\d+)(?:, .*)?");
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private Receipts() {}

    /// One thing a statement says.
    public record Line(String word, List<String> values) {
        public Line {
            values = List.copyOf(values);
        }
    }

    /// In the statement's order.
    public static List<Line> lines(Frame frame, Statement statement) {
        List<Line> lines = new ArrayList<>();
        for (var entry : JSON.readTree(statement.text()).properties()) {
            if (!LEFT_OUT.contains(entry.getKey())) {
                List<String> values = new ArrayList<>();
                if (entry.getValue().isArray()) {
                    entry.getValue().forEach(each -> values.add(value(frame, entry.getKey(), each)));
                } else {
                    values.add(value(frame, entry.getKey(), entry.getValue()));
                }
                if (!values.isEmpty()) {
                    lines.add(new Line(word(frame, entry.getKey()), values));
                }
            }
        }
        return lines;
    }

    private static String word(Frame frame, String key) {
        String text = "receipt." + key.replace(' ', '-');
        return frame.texts().has(text) ? frame.t(text) : key;
    }

    private static String value(Frame frame, String key, JsonNode node) {
        String value = node.asString();
        return switch (key) {
            case "demanded" -> frame.t("demand.kind." + value.toUpperCase(Locale.ROOT));
            case "scope" -> frame.t("demand.scope." + value.toUpperCase(Locale.ROOT));
            case "received at", "stopped at", "due at" -> time(frame, value);
            case "erased", "not reached" -> counted(frame, key, value);
            case "checked by", "backups" -> frame.t("receipt." + key.replace(' ', '-') + ".words");
            default -> value;
        };
    }

    private static String time(Frame frame, String value) {
        try {
            return frame.texts().time(Instant.parse(value));
        } catch (DateTimeParseException _) {
            return value; // as it is written
        }
    }

    private static String counted(Frame frame, String key, String value) {
        Matcher found = COUNTED.matcher(value);
        if (!found.matches()) {
            return value;
        }
        long count = Long.parseLong(found.group(2));
        return key.equals("erased")
                ? frame.store(found.group(1)) + ": " + frame.t("layout.number", count)
                : frame.residual(new Residual(found.group(1), count));
    }
}
