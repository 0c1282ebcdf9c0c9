package org.likeness.core.ingest;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

/// The id of files that somebody chose together, so that they are one import, however many pieces they
/// come in. Immutable.
public record Choosing(UUID value) {
    /// What a program calls a choosing, as an id that nobody else's program can give.
    ///
    /// @param by who chose
    /// @param given what the program calls it
    public static Choosing of(UUID by, UUID given) {
        return new Choosing(UUID.nameUUIDFromBytes((by + "\n" + given).getBytes(StandardCharsets.UTF_8)));
    }

    public static Choosing parse(String text) {
        return new Choosing(UUID.fromString(text));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
