package org.likeness.core.rights;

import java.io.IOException;
import java.time.Clock;
import java.util.Optional;
import org.likeness.core.LikenessException;
import org.likeness.core.audit.Actor;
import org.likeness.core.audit.AuditEntry;
import org.likeness.core.audit.AuditEntry.Action;
import org.likeness.core.collection.CollectionId;
import org.likeness.core.photo.FaceId;
import org.likeness.core.photo.PhotoFiles;
import org.likeness.core.photo.PhotoFiles.ImportLock;
import org.likeness.core.photo.PhotoId;
import org.likeness.core.photo.Sha256;
import org.likeness.core.photo.Storage;
import org.likeness.core.records.ReadTransaction;
import org.likeness.core.records.Records;

/// Finds and deletes files of photos the records do not know: an import that is killed between keeping a
/// photo and recording it leaves one, and no erasure would ever reach it. Thread-safe, also across
/// processes: a collection that is being imported into is left for later.
public final class Leftovers {
    private final Records records;
    private final PhotoFiles files;
    private final Clock clock;
    private final Actor actor;

    public Leftovers(Records records, PhotoFiles files, Clock clock, Actor actor) {
        this.records = records;
        this.files = files;
        this.clock = clock;
        this.actor = actor;
    }

    /// Deletes them where an import was cut off, and says how many files there were.
    public long sweep() {
        return records.read(ReadTransaction::collections).stream()
                .filter(collection -> files.mayHaveLeftovers(collection.id()))
                .mapToLong(collection -> sweep(collection.id()))
                .sum();
    }

    /// Deletes them in every collection, which looks at every file.
    public long sweepAll() {
        return records.read(ReadTransaction::collections).stream()
                .mapToLong(collection -> sweep(collection.id()))
                .sum();
    }

    /// How many files there are of no photo of the records; empty while an import runs.
    public Optional<Long> count(CollectionId collection) {
        return locked(collection, _ -> records.read(tx -> unrecorded(tx, collection, false)));
    }

    private long sweep(CollectionId collection) {
        return locked(collection, lock -> {
                    long left = records.read(tx -> unrecorded(tx, collection, false));
                    if (left > 0) {
                        records.<Long>change(tx -> new Records.Changed<>(
                                unrecorded(tx, collection, true),
                                AuditEntry.of(
                                                clock.instant(),
                                                actor,
                                                Action.LEFTOVERS_DELETED,
                                                collection.value(),
                                                collection)
                                        .withCount(left)));
                    }
                    lock.settled();
                    return left;
                })
                .orElse(0L);
    }

    /// The lock keeps away whoever could be about to record what is looked at.
    private Optional<Long> locked(CollectionId collection, Work work) {
        try (ImportLock lock = files.lockForImport(collection)) {
            return Optional.of(work.with(lock));
        } catch (LikenessException e) {
            if (e.kind() != LikenessException.Kind.CONFLICT) {
                throw e;
            }
            return Optional.empty();
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private long unrecorded(ReadTransaction tx, CollectionId collection, boolean delete) {
        PhotoFiles.Recorded recorded = new PhotoFiles.Recorded() {
            @Override
            public boolean original(Sha256 content) {
                return tx.photo(collection, content)
                        .filter(photo -> photo.storage() == Storage.COPY)
                        .isPresent();
            }

            @Override
            public boolean photo(PhotoId photo) {
                return tx.photo(photo).isPresent();
            }

            @Override
            public boolean crop(FaceId face) {
                return tx.demands().face(face).isPresent();
            }
        };
        try {
            return delete ? files.removeUnrecorded(collection, recorded) : files.countUnrecorded(collection, recorded);
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private static LikenessException failed(IOException e) {
        return new LikenessException(
                        LikenessException.Kind.UNAVAILABLE,
                        "what an import left behind cannot be looked at or deleted"
                                + "\nAllow reading and writing in the data directory, then run: likeness purge.",
                        e)
                .called("disk.data");
    }

    @FunctionalInterface
    private interface Work {
        long with(ImportLock lock) throws IOException;
    }
}
