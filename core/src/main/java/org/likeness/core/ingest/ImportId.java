package org.likeness.core.ingest;

import java.util.UUID;
import org.likeness.core.Ids;

/// The id of one import run. Immutable.
public record ImportId(UUID value) {
    public static ImportId next() {
        return new ImportId(Ids.next());
    }

    public static ImportId parse(String text) {
        return new ImportId(UUID.fromString(text));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
