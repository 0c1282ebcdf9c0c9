package org.likeness.core.source;

import java.util.UUID;
import org.likeness.core.Ids;

/// The id of a [Grant]. Immutable.
public record GrantId(UUID value) {
    public static GrantId next() {
        return new GrantId(Ids.next());
    }

    public static GrantId parse(String text) {
        return new GrantId(UUID.fromString(text));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
