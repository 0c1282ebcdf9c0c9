package org.likeness.vision;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Reads one JSON object strictly: a missing, misspelt or mistyped field is a problem with its path, and reading
/// goes on, so that one message names them all. What a wrong field reads as is any value of its type; it must
/// not be used once [#problems] holds anything. One thread at a time.
final class JsonFields {
    private final String path;
    private final @Nullable JsonNode node;
    private final List<String> problems;
    private final Set<String> known = new LinkedHashSet<>();

    private JsonFields(String path, @Nullable JsonNode node, List<String> problems) {
        this.path = path;
        this.node = node;
        this.problems = problems;
    }

    /// @param problems where problems are added
    static JsonFields of(JsonNode root, List<String> problems) {
        if (!root.isObject()) {
            problems.add("pack.json must be an object but is " + kind(root));
        }
        return new JsonFields("", root.isObject() ? root : null, problems);
    }

    String text(String name) {
        return read(name, "a text of 1 to 2000 characters", n -> {
                    String value = n.isString() ? n.stringValue() : "";
                    return value.isBlank() || value.length() > 2000 ? null : value;
                })
                .orElse("?");
    }

    /// One of some words; the first stands in for a wrong one.
    String word(String name, List<String> words) {
        return read(
                        name,
                        "one of " + words,
                        n -> n.isString() && words.contains(n.stringValue()) ? n.stringValue() : null)
                .orElse(words.getFirst());
    }

    int whole(String name, int min, int max) {
        return (int) whole(name, (long) min, (long) max);
    }

    long whole(String name, long min, long max) {
        return read(name, "a whole number from " + min + " to " + max, n -> whole(n, min, max))
                .orElse(min);
    }

    private static @Nullable Long whole(JsonNode n, long min, long max) {
        if (!n.isIntegralNumber() || !n.canConvertToLong()) {
            return null;
        }
        long value = n.longValue();
        return value < min || value > max ? null : value;
    }

    double number(String name, double min, double max) {
        return read(name, "a number from " + min + " to " + max, n -> number(n, min, max))
                .orElse(min);
    }

    private static @Nullable Double number(JsonNode n, double min, double max) {
        double value = n.isNumber() ? n.doubleValue() : Double.NaN;
        return value >= min && value <= max ? value : null;
    }

    boolean flag(String name) {
        return read(name, "true or false", n -> n.isBoolean() ? n.booleanValue() : null)
                .orElse(false);
    }

    /// A list of exactly or at least so many numbers.
    List<Double> numbers(String name, int countMin, int countMax, double min, double max) {
        String expected = "a list of " + countMin + " to " + countMax + " numbers from " + min + " to " + max;
        return read(name, expected, n -> {
                    var values = new ArrayList<Double>();
                    if (!n.isArray() || n.size() < countMin || n.size() > countMax) {
                        return null;
                    }
                    for (JsonNode item : n.values()) {
                        Double value = number(item, min, max);
                        if (value == null) {
                            return null;
                        }
                        values.add(value);
                    }
                    return List.copyOf(values);
                })
                .orElse(List.of());
    }

    JsonFields object(String name) {
        JsonNode found = read(name, "an object", n -> n.isObject() ? n : null).orElse(null);
        return new JsonFields(path(name) + ".", found, problems);
    }

    /// Empty when the field is not there at all.
    Optional<JsonFields> optionalObject(String name) {
        known.add(name);
        return node == null || !node.has(name) ? Optional.empty() : Optional.of(object(name));
    }

    /// A list of objects, each read by `reader`.
    <T> List<T> objects(String name, int countMax, Function<JsonFields, T> reader) {
        String expected = "a list of 1 to " + countMax + " objects";
        Optional<JsonNode> list = read(name, expected, n -> {
            boolean right = n.isArray() && n.size() >= 1 && n.size() <= countMax;
            return right && n.values().stream().allMatch(JsonNode::isObject) ? n : null;
        });
        var values = new ArrayList<T>();
        list.ifPresent(array -> {
            int i = 0;
            for (JsonNode item : array.values()) {
                var fields = new JsonFields(path(name) + "[" + i++ + "].", item, problems);
                values.add(reader.apply(fields));
                fields.end();
            }
        });
        return values;
    }

    /// A list of lists, each read by `reader`, which answers `null` for a wrong one.
    <T> List<T> rows(String name, int countMax, String expected, Function<JsonNode, @Nullable T> reader) {
        return read(name, "a list of 1 to " + countMax + " " + expected, n -> {
                    if (!n.isArray() || n.isEmpty() || n.size() > countMax) {
                        return null;
                    }
                    var values = new ArrayList<T>();
                    for (JsonNode item : n.values()) {
                        T value = reader.apply(item);
                        if (value == null) {
                            return null;
                        }
                        values.add(value);
                    }
                    return List.copyOf(values);
                })
                .orElse(List.of());
    }

    /// The names of all fields, for an object used as a map.
    List<String> names() {
        return node == null ? List.of() : List.copyOf(node.propertyNames());
    }

    void problem(String name, String expected, String value) {
        problems.add(path(name) + " must be " + expected + " but is " + value);
    }

    /// Adds a problem for every field that was not read.
    void end() {
        for (String name : names()) {
            if (!known.contains(name)) {
                problems.add(path(name) + " is not a field of format 1; known here: " + String.join(", ", known));
            }
        }
    }

    private <T> Optional<T> read(String name, String expected, Function<JsonNode, @Nullable T> reader) {
        known.add(name);
        if (node == null) {
            return Optional.empty(); // the object itself is the problem
        }
        JsonNode field = node.get(name);
        if (field == null) {
            problems.add(path(name) + " is missing; it must be " + expected);
            return Optional.empty();
        }
        T value = reader.apply(field);
        if (value == null) {
            problem(name, expected, kind(field));
        }
        return Optional.ofNullable(value);
    }

    private String path(String name) {
        return path + name;
    }

    private static String kind(JsonNode node) {
        String text = node.toString();
        return text.length() <= 80 ? text : text.substring(0, 77) + "...";
    }
}
