package org.likeness.core.demand;

import java.util.Optional;
import java.util.UUID;
import org.likeness.core.collection.CollectionId;
import org.likeness.core.photo.Sha256;

/// One thing an erasure under way must delete. Immutable.
///
/// @param sequence the order in which they are worked on, inside their scope
/// @param sha256 of a photo
public record ErasureTarget(
        long sequence, Scope scope, UUID object, CollectionId collection, Optional<Sha256> sha256) {}
