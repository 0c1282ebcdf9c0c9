package org.likeness.core.person;

import java.util.UUID;
import org.likeness.core.Ids;

/// The id of a [Guardian]. Immutable.
public record GuardianId(UUID value) {
    public static GuardianId next() {
        return new GuardianId(Ids.next());
    }

    public static GuardianId parse(String text) {
        return new GuardianId(UUID.fromString(text));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
