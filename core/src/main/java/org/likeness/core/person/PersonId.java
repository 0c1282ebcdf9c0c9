package org.likeness.core.person;

import java.util.UUID;
import org.likeness.core.Ids;

/// The id of a [Person]. Immutable.
public record PersonId(UUID value) {
    public static PersonId next() {
        return new PersonId(Ids.next());
    }

    public static PersonId parse(String text) {
        return new PersonId(UUID.fromString(text));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
