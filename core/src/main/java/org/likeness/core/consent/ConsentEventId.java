package org.likeness.core.consent;

import java.util.UUID;
import org.likeness.core.Ids;

/// The id of a [ConsentEvent]. Immutable.
public record ConsentEventId(UUID value) {
    public static ConsentEventId next() {
        return new ConsentEventId(Ids.next());
    }

    public static ConsentEventId parse(String text) {
        return new ConsentEventId(UUID.fromString(text));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
