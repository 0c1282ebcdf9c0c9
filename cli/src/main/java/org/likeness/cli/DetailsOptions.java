package org.likeness.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.likeness.core.LikenessException;
import org.likeness.core.person.Details;
import picocli.CommandLine.Option;

/// What names somebody, as options or, where other users of the machine could read a command line, on standard input.
/// Filled by picocli, then read only.
final class DetailsOptions {
    private static final int INPUT_BYTES_MAX = 10_000;
    private static final List<String> KEYS = List.of("name", "contact", "language");

    @Option(names = "--name", paramLabel = "NAME", description = "Their name; may be left out. Empty: forget it.")
    private Optional<String> name = Optional.empty();

    @Option(
            names = "--contact",
            paramLabel = "TEXT",
            description = "Where to reach them; may be left out. Empty: forget it.")
    private Optional<String> contact = Optional.empty();

    @Option(names = "--language", paramLabel = "TAG", description = "Their language, such as de. Empty: forget it.")
    private Optional<String> language = Optional.empty();

    @Option(
            names = "--stdin",
            description = "Read lines such as 'name: Ada Example' (name, contact, language) from standard input.")
    private boolean stdin;

    boolean isGiven() {
        return stdin || name.isPresent() || contact.isPresent() || language.isPresent();
    }

    /// What is given, and what was known where nothing is given.
    ///
    /// @throws LikenessException BAD_INPUT when something is not usable
    Details over(Details known) {
        Map<String, String> lines = stdin ? read() : Map.of();
        return new Details(
                pick(name, lines.get("name"), known.name()),
                pick(contact, lines.get("contact"), known.contact()),
                pick(language, lines.get("language"), known.language()));
    }

    private static Optional<String> pick(
            Optional<String> option, @org.jspecify.annotations.Nullable String line, Optional<String> known) {
        Optional<String> given = option.or(() -> Optional.ofNullable(line));
        return given.isPresent() ? given.filter(text -> !text.isEmpty()) : known;
    }

    private static Map<String, String> read() {
        String text;
        try {
            byte[] bytes = System.in.readNBytes(INPUT_BYTES_MAX + 1);
            if (bytes.length > INPUT_BYTES_MAX) {
                throw unusable("it is too long");
            }
            text = new String(bytes, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new LikenessException(
                    LikenessException.Kind.UNAVAILABLE, "standard input cannot be read\nUse the options instead.", e);
        }
        Map<String, String> values = new HashMap<>();
        int number = 0;
        for (String line : text.lines().toList()) {
            number++;
            if (line.isBlank()) {
                continue;
            }
            int colon = line.indexOf(':');
            String key = colon < 0 ? "" : line.substring(0, colon).strip();
            if (!KEYS.contains(key) || values.containsKey(key)) {
                throw unusable("line " + number + " is not name, contact or language, each once");
            }
            values.put(key, line.substring(colon + 1).strip());
        }
        return values;
    }

    /// Says where and never what: it may be a name.
    private static LikenessException unusable(String why) {
        return new LikenessException(
                LikenessException.Kind.BAD_INPUT,
                "what came on standard input cannot be used: " + why + "\nWrite lines such as: name: Ada Example");
    }
}
