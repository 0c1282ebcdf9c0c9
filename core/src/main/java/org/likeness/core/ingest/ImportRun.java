package org.likeness.core.ingest;

import java.time.Instant;
import java.util.Optional;
import org.likeness.core.collection.CollectionId;
import org.likeness.core.photo.Storage;
import org.likeness.core.source.GrantId;

/// One import: what was read under which grant. Immutable.
///
/// @param storage of the photos it takes in
/// @param endedAt empty while it runs, and when it was cut off
/// @param choosing of the files, when they were chosen together; the import goes on when more of them come
public record ImportRun(
        ImportId id,
        CollectionId collection,
        GrantId grant,
        Storage storage,
        Instant startedAt,
        Optional<Instant> endedAt,
        Optional<Choosing> choosing) {
    /// An import of what was not chosen together.
    public ImportRun(
            ImportId id,
            CollectionId collection,
            GrantId grant,
            Storage storage,
            Instant startedAt,
            Optional<Instant> endedAt) {
        this(id, collection, grant, storage, startedAt, endedAt, Optional.empty());
    }
}
