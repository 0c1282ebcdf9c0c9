package org.likeness.core.member;

import java.util.UUID;
import org.likeness.core.Ids;

/// The id of a [Session]. Immutable.
public record SessionId(UUID value) {
    public static SessionId next() {
        return new SessionId(Ids.next());
    }

    public static SessionId parse(String text) {
        return new SessionId(UUID.fromString(text));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
