package org.likeness.server;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.likeness.core.LikenessException;
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
    public static Form blank() {
        return new Form(Map.of(), Map.of());
    }

    static Form sent(MultiValueMap<String, String> sent) {
        return new Form(sent, Map.of());
    }

    /// One that holds what most choose.
    static Form proposing(String name, String... values) {
        return new Form(Map.of(name, List.of(values)), Map.of());
    }

    /// The form, saying of each of these inputs that has nothing in it that it must have something.
    Form requiring(Texts texts, String... names) {
        Map<String, String> found = new LinkedHashMap<>(problems);
        for (String name : names) {
            if (value(name).isEmpty()) {
                found.put(name, texts.of("form.missing"));
            }
        }
        return with(found);
    }

    /// The form, saying of this input what is wrong with it.
    Form saying(String name, String problem) {
        Map<String, String> found = new LinkedHashMap<>(problems);
        found.put(name, problem);
        return with(found);
    }

    /// Does what the form asks for, unless something is wrong with it. What is refused then is said
    /// beside the input it is about; what nobody who fills in a form can help is thrown on.
    ///
    /// @param inputs the input that a code of a failure is about
    /// @param otherwise the input of every other failure
    Form tried(Texts texts, Map<String, String> inputs, String otherwise, Runnable act) {
        if (isWrong()) {
            return this;
        }
        try {
            act.run();
            return this;
        } catch (LikenessException failure) {
            return switch (failure.kind()) {
                case BAD_INPUT, CONFLICT, REFUSED ->
                    saying(failure.code().map(inputs::get).orElse(otherwise), Failures.words(failure, texts));
                case NOT_FOUND, UNAVAILABLE, CORRUPT -> throw failure;
            };
        }
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

    /// As [#value], where nothing may be written.
    Optional<String> filled(String name) {
        return Optional.of(value(name)).filter(text -> !text.isEmpty());
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
