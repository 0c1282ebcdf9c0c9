package org.likeness.core.ingest;

import java.time.Instant;
import java.util.Optional;
import org.likeness.core.collection.CollectionId;
import org.likeness.core.source.GrantId;

/// One import: what was read under which grant. Immutable.
public record ImportRun(
        ImportId id, CollectionId collection, GrantId grant, Instant startedAt, Optional<Instant> endedAt) {}
