package org.likeness.core.member;

import java.util.UUID;
import org.likeness.core.Ids;

/// The id of a [ApiToken]. Immutable.
public record TokenId(UUID value) {
    public static TokenId next() {
        return new TokenId(Ids.next());
    }

    public static TokenId parse(String text) {
        return new TokenId(UUID.fromString(text));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
