package org.likeness.server;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.util.MultiValueMap;

/// What stands in a form, and what is wrong with it, so that a page can show both again. Immutable.
///
/// @param given the values of each input, by its name
/// @param problems a sentence about each input that has to be corrected, by its name
public record Form(Map<String, List<String>> given, Map<String, String> problems) {
    public Form {
        Map<String, List<String>> values = new LinkedHashMap<>();
        given.forEach((name, each) -> values.put(name, List.copyOf(each)));
        given = java.util.Collections.unmodifiableMap(values);
        problems = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(problems));
    }

    /// One nobody has written into.
    static Form blank() {
        return new Form(Map.of(), Map.of());
    }

    static Form sent(MultiValueMap<String, String> sent) {
        return new Form(sent, Map.of());
    }

    Form with(Map<String, String> found) {
        return new Form(given, found);
    }

    /// What was written, without the blanks around it; empty: nothing.
    public String value(String name) {
        return given.getOrDefault(name, List.of()).stream()
                .findFirst()
                .orElse("")
                .strip();
    }

    /// Whether a value was chosen.
    public boolean has(String name, String value) {
        return given.getOrDefault(name, List.of()).contains(value);
    }

    /// What has to be corrected; empty: nothing.
    public String problem(String name) {
        return problems.getOrDefault(name, "");
    }

    public boolean isWrong() {
        return !problems.isEmpty();
    }

    /// What people type may be personal.
    @Override
    public String toString() {
        return "Form[" + problems.keySet() + "]";
    }
}
