package org.likeness.core.collection;

import java.time.Instant;
import java.util.Optional;

/// What the records know of one key of a collection; the key itself is elsewhere. Immutable.
///
/// @param version 1 for the first; the highest is the one in use
/// @param destroyedAt empty: it exists still
public record CollectionKey(int version, Instant madeAt, Optional<Instant> destroyedAt) {
    public CollectionKey {
        if (version < 1) {
            throw new IllegalArgumentException("key version must be positive but is " + version);
        }
    }
}
