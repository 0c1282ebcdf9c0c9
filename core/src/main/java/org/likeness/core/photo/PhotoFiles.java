package org.likeness.core.photo;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.likeness.core.collection.CollectionId;

/// The files of photos and their derivatives, apart for each collection. Thread-safe.
public interface PhotoFiles {
    /// A file read once: hashed, and copied where a copy was asked for, but not yet kept.
    ///
    /// @param readable the bytes to analyse: the copy, or the original when linked
    record Staged(CollectionId collection, Sha256 sha256, long sizeBytes, Storage storage, Path readable) {}

    /// Hashes a file, copying it beside where it will be kept.
    ///
    /// @throws IOException when it cannot be read or written; nothing is left behind
    Staged stage(CollectionId collection, Path file, Storage storage) throws IOException;

    /// Makes a staged copy permanent under its content address: on disk before this returns. Repeating is harmless.
    void keep(Staged staged) throws IOException;

    /// Drops a staged copy. Harmless after [#keep].
    void discard(Staged staged);

    /// Where a photo's bytes are now; a linked file may be gone.
    Path original(Photo photo);

    void writeThumbnail(CollectionId collection, PhotoId photo, byte[] jpeg) throws IOException;

    /// Empty when it is not there, to be rebuilt.
    Optional<Path> thumbnail(CollectionId collection, PhotoId photo);

    void writeCrop(CollectionId collection, FaceId face, AlignedCrop crop) throws IOException;

    /// Empty when it is not there, to be rebuilt.
    Optional<AlignedCrop> crop(CollectionId collection, FaceId face) throws IOException;

    /// Removes what an interrupted import staged and never kept. Only when no import of the collection runs.
    void sweep(CollectionId collection) throws IOException;
}
