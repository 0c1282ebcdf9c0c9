package org.likeness.core.collection;

import java.util.UUID;
import org.likeness.core.Ids;

/// The id of a [Collection]; also names its key and its folder. Immutable.
public record CollectionId(UUID value) {
    public static CollectionId next() {
        return new CollectionId(Ids.next());
    }

    public static CollectionId parse(String text) {
        return new CollectionId(UUID.fromString(text));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
