package org.likeness.core.photo;

import java.util.UUID;
import org.likeness.core.Ids;

/// The id of a [Face]. Immutable.
public record FaceId(UUID value) {
    public static FaceId next() {
        return new FaceId(Ids.next());
    }

    public static FaceId parse(String text) {
        return new FaceId(UUID.fromString(text));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
