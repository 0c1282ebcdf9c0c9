package org.likeness.core.ingest;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.likeness.core.audit.Actor;
import org.likeness.core.collection.CollectionId;
import org.likeness.core.photo.Storage;
import org.likeness.core.source.SourceId;

/// A folder of this machine that belongs to a collection: what is put there later is imported while a service
/// runs, under the grant of the source that is in force then. Immutable.
///
/// @param path absolute, without links
/// @param lookedAt when it was last looked at, whether it could be read or not; empty: not yet
/// @param foundAt when photos were last found in it that the collection did not know
/// @param trouble what keeps it from being read; empty: nothing did when it was last looked at
public record WatchedFolder(
        WatchedFolderId id,
        CollectionId collection,
        SourceId source,
        Path path,
        Storage storage,
        Actor addedBy,
        Instant addedAt,
        Optional<Instant> lookedAt,
        Optional<Instant> foundAt,
        Optional<Trouble> trouble) {
    /// What is wrong with a folder.
    public enum Problem {
        /// It is not there, is no folder any more, or another one is reached by its name.
        GONE,
        /// It cannot be listed.
        UNREADABLE,
        /// Nothing lies in it any more; perhaps the disk that belongs there is not attached.
        EMPTY,
        /// Some files or folders in it cannot be read; the others are.
        PARTLY
    }

    /// What is wrong with the folder, and since when it has been.
    public record Trouble(Problem problem, Instant since) {}

    /// Names of folders name people, so they are not printed.
    @Override
    public String toString() {
        return "WatchedFolder[" + id + "]";
    }
}
