package org.likeness.core.source;

import java.util.UUID;
import org.likeness.core.Ids;

/// The id of a [Source]. Immutable.
public record SourceId(UUID value) {
    public static SourceId next() {
        return new SourceId(Ids.next());
    }

    public static SourceId parse(String text) {
        return new SourceId(UUID.fromString(text));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
