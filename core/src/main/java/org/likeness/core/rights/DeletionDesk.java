package org.likeness.core.rights;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.likeness.core.LikenessException;
import org.likeness.core.audit.Actor;
import org.likeness.core.audit.AuditEntry;
import org.likeness.core.audit.AuditEntry.Action;
import org.likeness.core.collection.CollectionId;
import org.likeness.core.photo.Face;
import org.likeness.core.photo.FaceId;
import org.likeness.core.photo.Photo;
import org.likeness.core.photo.PhotoFiles;
import org.likeness.core.photo.PhotoId;
import org.likeness.core.photo.RemovedPhoto;
import org.likeness.core.photo.Storage;
import org.likeness.core.records.ReadTransaction;
import org.likeness.core.records.Records;

/// Deletes photos that whoever keeps a collection does not want in it any more.
///
/// This is tidying up, and no erasure that somebody demanded, see [Eraser]: nothing is attested, and the
/// same file may be imported again. What a demand keeps stays, because it is not the collection's to
/// delete. A linked original is not ours and stays too.
///
/// The rows go in the transaction that records the deletion, so no answer shows the photo from then on;
/// its files go after, and what a crash leaves of them goes at the next [#sweep]. Thread-safe, also
/// across processes.
public final class DeletionDesk {
    private static final System.Logger LOG = System.getLogger(DeletionDesk.class.getName());

    /// Whoever was reading the photo when it was deleted is done by then, and writes no thumbnail or crop
    /// of it any more.
    private static final Duration SETTLED = Duration.ofMinutes(10);

    private static final int BATCH = 500;

    private final Records records;
    private final PhotoFiles files;
    private final Clock clock;
    private final Actor actor;
    private final BiConsumer<CollectionId, List<FaceId>> forgetFaces;

    /// @param forgetFaces drops templates of faces that are in memory
    public DeletionDesk(
            Records records,
            PhotoFiles files,
            Clock clock,
            Actor actor,
            BiConsumer<CollectionId, List<FaceId>> forgetFaces) {
        this.records = records;
        this.files = files;
        this.clock = clock;
        this.actor = actor;
        this.forgetFaces = forgetFaces;
    }

    /// What went.
    ///
    /// @param linked whether the original lies outside the data directory and was left there
    /// @param filesLeft whether files could not be deleted yet; they go at a later [#sweep]
    public record Deleted(PhotoId photo, boolean linked, boolean filesLeft) {}

    /// Deletes a photo of a collection with its faces, their templates and what people said of them.
    ///
    /// @throws LikenessException NOT_FOUND when the collection has no such photo; REFUSED when a demand
    ///     keeps it, or a face in it, as it is
    public Deleted delete(CollectionId collection, PhotoId id) {
        RemovedPhoto removed = records.change(tx -> {
            Photo photo = tx.photo(id)
                    .filter(found -> found.collection().equals(collection))
                    .orElseThrow(() -> LedgerReader.notFound("photo " + id, "likeness photo list")
                            .called("photo.none"));
            List<Face> faces = tx.faces(id);
            requireFree(tx, photo, faces);
            Instant now = clock.instant();
            RemovedPhoto going = RemovedPhoto.of(photo, faces, now);
            tx.sources().removeFilesLater(going);
            tx.sources().remove(List.of(id));
            return new Records.Changed<>(
                    going, AuditEntry.of(now, actor, Action.PHOTO_DELETED, id.value(), collection));
        });
        forgetFaces.accept(collection, removed.faces());
        boolean left = false;
        try {
            removeFiles(removed);
        } catch (LikenessException e) {
            LOG.log(System.Logger.Level.WARNING, "files of deleted photo " + id + " are still there", e);
            left = true;
        }
        return new Deleted(id, removed.storage() == Storage.LINK, left);
    }

    private static void requireFree(ReadTransaction tx, Photo photo, List<Face> faces) {
        boolean held = Stream.concat(
                        Stream.of(
                                photo.id().value(),
                                photo.source().value(),
                                photo.collection().value()),
                        faces.stream().map(face -> face.id().value()))
                .anyMatch(tx.demands()::isHeld);
        if (held) {
            throw LedgerReader.refused("a demand keeps photo " + photo.id() + ", or a face in it, as it is"
                            + "\nAnswer the demand first: lift the restriction, or finish the erasure.")
                    .called("demand.keeps-photo");
        }
    }

    /// Deletes files that were not deleted with their photo, because the process or the disk failed.
    ///
    /// @return how many photos had some
    /// @throws LikenessException UNAVAILABLE when a file cannot be deleted, after all others were
    public long sweep() {
        long swept = 0;
        Optional<LikenessException> failed = Optional.empty();
        Optional<PhotoId> after = Optional.empty();
        for (List<RemovedPhoto> page = left(after); !page.isEmpty(); page = left(after)) {
            for (RemovedPhoto photo : page) {
                try {
                    removeFiles(photo);
                    swept++;
                } catch (LikenessException e) {
                    failed = failed.or(() -> Optional.of(e));
                }
            }
            after = Optional.of(page.getLast().id());
        }
        if (failed.isPresent()) {
            throw failed.get();
        }
        return swept;
    }

    private List<RemovedPhoto> left(Optional<PhotoId> after) {
        return records.read(tx -> tx.sources().filesToRemove(after, BATCH));
    }

    /// Inside a transaction, so that no import brings the same content in at that moment.
    private void removeFiles(RemovedPhoto photo) {
        boolean settled = photo.at().plus(SETTLED).isBefore(clock.instant());
        records.note(tx -> {
            boolean again = tx.photo(photo.collection(), photo.content())
                    .filter(found -> found.storage() == Storage.COPY)
                    .isPresent();
            try {
                files.remove(photo, !again);
            } catch (IOException e) {
                throw new LikenessException(
                                LikenessException.Kind.UNAVAILABLE,
                                "files of deleted photo " + photo.id() + " cannot be deleted"
                                        + "\nAllow writing in the data directory; they go at the next try.",
                                e)
                        .called("disk.data");
            }
            if (settled) {
                tx.sources().filesRemoved(photo.id());
            }
        });
    }
}
