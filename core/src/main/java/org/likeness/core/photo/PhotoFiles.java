package org.likeness.core.photo;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.likeness.core.collection.CollectionId;

/// The files of photos and their derivatives, apart for each collection. Thread-safe.
public interface PhotoFiles {
    /// A file read once: hashed and copied, but not yet kept.
    ///
    /// @param readable the bytes to analyse: the copy, which holds what was hashed whatever becomes of the file
    record Staged(CollectionId collection, Sha256 sha256, long sizeBytes, Storage storage, Path readable) {}

    /// Hashes a file, copying it beside where it will be kept.
    ///
    /// @throws IOException when the file cannot be read; nothing is left behind
    /// @throws org.likeness.core.LikenessException UNAVAILABLE when the copy cannot be written: a full
    ///     disk, say
    Staged stage(CollectionId collection, Path file, Storage storage) throws IOException;

    /// Makes a staged copy permanent under its content address: on disk before this returns. Of a linked file no
    /// copy is kept. Repeating is harmless.
    void keep(Staged staged) throws IOException;

    /// Drops a staged copy. Harmless after [#keep].
    void discard(Staged staged);

    /// Takes back [#keep] of a content that may not be there after all. Harmless when nothing was kept.
    void remove(Staged staged);

    /// Where a photo's bytes are now; a linked file may be gone.
    Path original(Photo photo);

    void writeThumbnail(CollectionId collection, PhotoId photo, byte[] jpeg) throws IOException;

    /// Empty when it is not there, to be rebuilt.
    Optional<Path> thumbnail(CollectionId collection, PhotoId photo);

    void writePreview(CollectionId collection, PhotoId photo, byte[] jpeg) throws IOException;

    /// A picture that fills a screen, if one is kept. Reading it makes it stay longer.
    Optional<byte[]> preview(CollectionId collection, PhotoId photo) throws IOException;

    /// Deletes the previews that were not read for the longest time, until the others take at most so
    /// many bytes.
    ///
    /// @param bytesMax at least 0
    /// @return how many were deleted
    long trimPreviews(long bytesMax) throws IOException;

    void writeCrop(CollectionId collection, FaceId face, AlignedCrop crop) throws IOException;

    /// Empty when it is not there, to be rebuilt.
    Optional<AlignedCrop> crop(CollectionId collection, FaceId face) throws IOException;

    /// Deletes a photo's thumbnail and preview, the crops of its faces and its kept original. A linked original is
    /// not ours and stays. Repeating is harmless.
    void remove(Photo photo, List<FaceId> faces) throws IOException;

    /// The same for a photo that is not recorded any more.
    ///
    /// @param original whether its kept original goes too
    void remove(RemovedPhoto photo, boolean original) throws IOException;

    /// As [#remove], but what was imported stays.
    void removeDerivatives(Photo photo, List<FaceId> faces) throws IOException;

    /// Takes the collection for one import and removes what an interrupted one staged and never kept.
    /// The process's
    /// death frees it.
    ///
    /// @throws org.likeness.core.LikenessException CONFLICT when an import into the collection is
    ///     running already
    ImportLock lockForImport(CollectionId collection) throws IOException;

    /// Whether an import into the collection runs, or was cut off and nobody has looked since for what it
    /// kept and never recorded.
    boolean mayHaveLeftovers(CollectionId collection);

    /// How many kept originals, thumbnails and crops are not recorded. Only meaningful while the import
    /// lock is held.
    long countUnrecorded(CollectionId collection, Recorded recorded) throws IOException;

    /// Deletes them, and says how many there were.
    long removeUnrecorded(CollectionId collection, Recorded recorded) throws IOException;

    /// What the records know of one collection.
    interface Recorded {
        /// Whether a copy is kept of this content.
        boolean original(Sha256 content);

        /// Whether there is such a photo, so that its thumbnail and preview may be kept.
        boolean photo(PhotoId photo);

        boolean crop(FaceId face);
    }

    /// Held while an import runs.
    interface ImportLock extends AutoCloseable {
        /// From now on files may be kept that are not recorded yet, whatever becomes of this process.
        void begun() throws IOException;

        /// An import that began has ended as it should. What an earlier one left may still be there.
        void ended() throws IOException;

        /// Nothing is left that is not recorded.
        void settled() throws IOException;

        @Override
        void close();
    }
}
