package org.likeness.core.records;

import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import org.likeness.core.ingest.ImportId;
import org.likeness.core.ingest.ImportJob;
import org.likeness.core.ingest.WatchedFolder;
import org.likeness.core.ingest.WatchedFolderId;
import org.likeness.core.photo.Sha256;

/// Changes to what waits to be imported, and to watched folders. Reached by [WriteTransaction#imports]. All but
/// adding and removing a folder may be noted: the imports that follow have their own entries in the log.
public interface ImportsWriting extends ImportsReading {
    /// Lets an import wait to be tried again; one that waits already keeps its place.
    void add(ImportJob job);

    /// Takes one away that has come to an end.
    void remove(ImportId run);

    /// @throws org.likeness.core.LikenessException CONFLICT when the collection has it already
    void add(WatchedFolder folder);

    /// Forgets a folder and what was noted of its files; what was imported stays.
    ///
    /// @return false when there is none
    boolean remove(WatchedFolderId folder);

    /// Notes that a folder was looked at, and what was wrong. What was wrong before keeps its time.
    void looked(WatchedFolderId folder, Instant at, Optional<WatchedFolder.Problem> problem);

    /// Notes that something new was found in a folder.
    void found(WatchedFolderId folder, Instant at);

    /// Notes that files came to an end. Of a folder that is not watched any more nothing is noted.
    void settle(WatchedFolderId folder, Collection<Sha256> marks);

    /// Forgets which files of a folder came to an end, so that all are read again.
    void unsettle(WatchedFolderId folder);
}
