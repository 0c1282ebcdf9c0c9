package org.likeness.core.records;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.likeness.core.collection.CollectionId;
import org.likeness.core.ingest.ImportJob;
import org.likeness.core.ingest.WatchedFolder;
import org.likeness.core.ingest.WatchedFolderId;
import org.likeness.core.photo.Sha256;

/// What waits to be imported, and folders that are watched. Reached by [ReadTransaction#imports].
public interface ImportsReading {
    /// Imports that are to be tried again, in the order in which that was asked for.
    List<ImportJob> jobs();

    /// All watched folders, in the order in which they were added.
    List<WatchedFolder> watchedFolders();

    /// Those of a collection.
    List<WatchedFolder> watchedFolders(CollectionId collection);

    /// Of these marks of files in a watched folder, those of files whose import came to an end, see
    /// [org.likeness.core.ingest.FolderLook].
    Set<Sha256> settled(WatchedFolderId folder, Collection<Sha256> marks);

    /// Whether a file of a watched folder ever came to an end.
    boolean hasSettled(WatchedFolderId folder);
}
