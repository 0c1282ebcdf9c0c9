package org.likeness.core.consent;

import java.util.UUID;
import org.likeness.core.Ids;

/// The id of a [Reference]. Immutable.
public record ReferenceId(UUID value) {
    public static ReferenceId next() {
        return new ReferenceId(Ids.next());
    }

    public static ReferenceId parse(String text) {
        return new ReferenceId(UUID.fromString(text));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
