package org.likeness.core.search;

import java.util.UUID;
import org.likeness.core.Ids;

/// The id of one search. Immutable.
public record SearchId(UUID value) {
    public static SearchId next() {
        return new SearchId(Ids.next());
    }

    public static SearchId parse(String text) {
        return new SearchId(UUID.fromString(text));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
