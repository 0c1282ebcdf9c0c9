package org.likeness.core.photo;

import java.util.UUID;
import org.likeness.core.Ids;

/// The id of a [Photo]. Immutable.
public record PhotoId(UUID value) {
    public static PhotoId next() {
        return new PhotoId(Ids.next());
    }

    public static PhotoId parse(String text) {
        return new PhotoId(UUID.fromString(text));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
