package org.likeness.server;

import java.util.Optional;
import org.likeness.core.collection.Collection;
import org.likeness.library.ImportQueue;

/// What the page of all collections shows of one. Immutable.
///
/// @param cover address of its newest photo's thumbnail; empty where there is none, or the caller
///     may not see photos
public record CollectionCard(
        Collection collection,
        long photos,
        long faces,
        Optional<String> cover,
        Optional<ImportQueue.Progress> running) {}
