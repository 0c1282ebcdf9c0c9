package org.likeness.core.member;

import java.util.UUID;
import org.likeness.core.Ids;

/// The id of a [Member]. Immutable.
public record MemberId(UUID value) {
    public static MemberId next() {
        return new MemberId(Ids.next());
    }

    public static MemberId parse(String text) {
        return new MemberId(UUID.fromString(text));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
