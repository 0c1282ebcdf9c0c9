package org.likeness.core.rights;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import org.likeness.core.LikenessException;
import org.likeness.core.audit.Actor;
import org.likeness.core.audit.AuditEntry;
import org.likeness.core.audit.AuditEntry.Action;
import org.likeness.core.collection.Collection;
import org.likeness.core.collection.CollectionId;
import org.likeness.core.photo.Photo;
import org.likeness.core.photo.PhotoFiles;
import org.likeness.core.records.ReadTransaction;
import org.likeness.core.records.Records;
import org.likeness.core.source.Grant;
import org.likeness.core.source.Source;

/// Deletes what may not be held any more: photos of sources that said stop, at once; photos whose grant
/// ended, when the published period is over; photos whose own time is over, as their collection's basis
/// says. Thread-safe, also across processes; a run that was
/// cut off is continued by the next.
public final class PurgeDesk {
    /// Few enough that nobody waits long for the records.
    private static final int BATCH = 100;

    private final Records records;
    private final PhotoFiles files;
    private final PhotoRemoval removal;
    private final Clock clock;
    private final Actor actor;
    private final Duration period;
    private final Consumer<CollectionId> forgetIndex;

    /// @param period after the end of a grant, within which what was held under it is deleted
    /// @param forgetIndex drops what is in memory of a collection
    public PurgeDesk(
            Records records,
            PhotoFiles files,
            Clock clock,
            Actor actor,
            Duration period,
            Consumer<CollectionId> forgetIndex) {
        this.records = records;
        this.files = files;
        this.removal = new PhotoRemoval(files);
        this.clock = clock;
        this.actor = actor;
        this.period = period;
        this.forgetIndex = forgetIndex;
    }

    /// How long after the end of a grant what was held under it is deleted.
    public Duration after() {
        return period;
    }

    /// What a run deleted.
    ///
    /// @param linked of the photos, how many originals lie outside the data directory and were left
    ///     there
    /// @param sources stopped sources of which nothing is held any more
    public record Purged(long photos, long linked, long sources) {
        private Purged plus(PhotoRemoval.Removed removed) {
            return new Purged(photos + removed.photos().size(), linked + removed.linked(), sources);
        }
    }

    /// Deletes all that is due.
    ///
    /// @throws LikenessException UNAVAILABLE when a file cannot be deleted; what is left is due at the
    ///     next run
    public Purged run() {
        return run(clock.instant().minus(period));
    }

    /// Deletes also what would only be due at the end of the period.
    public Purged runAhead() {
        return run(clock.instant());
    }

    private Purged run(Instant cutoff) {
        Purged done = new Purged(0, 0, 0);
        for (Grant grant : records.read(tx -> tx.sources().grantsToPurge(cutoff))) {
            done = purge(grant, cutoff, done);
        }
        for (Collection collection : records.read(ReadTransaction::collections)) {
            done = expire(collection.id(), done);
        }
        for (Source source : records.read(tx -> tx.sources().stoppedAndEmpty())) {
            if (finish(source)) {
                done = new Purged(done.photos(), done.linked(), done.sources() + 1);
            }
        }
        return done;
    }

    private Purged purge(Grant grant, Instant cutoff, Purged before) {
        CollectionId collection = records.read(
                tx -> tx.sources().source(grant.source()).orElseThrow().collection());
        return remove(
                collection,
                tx -> tx.sources().photosToPurge(grant.id(), cutoff, BATCH),
                Action.PHOTOS_PURGED,
                grant.source().value(),
                before);
    }

    private Purged expire(CollectionId collection, Purged before) {
        Instant now = clock.instant();
        return records.read(tx -> over(tx, collection, now, 1)).isEmpty()
                ? before
                : remove(
                        collection,
                        tx -> over(tx, collection, now, BATCH),
                        Action.PHOTOS_EXPIRED,
                        collection.value(),
                        before);
    }

    private static List<Photo> over(ReadTransaction tx, CollectionId collection, Instant now, int limit) {
        return tx.basis()
                .photosOver(collection, now)
                .map(last -> tx.sources().photosImportedUntil(collection, last, limit))
                .orElse(List.of());
    }

    /// Deletes what is due, batch by batch.
    private Purged remove(
            CollectionId collection,
            Function<ReadTransaction, List<Photo>> due,
            Action action,
            UUID object,
            Purged before) {
        Purged done = before;
        while (true) {
            Optional<PhotoRemoval.Removed> batch = batch(collection, due, action, object);
            if (batch.isEmpty()) {
                forgetIndex.accept(collection);
                return done;
            }
            removal.sweep(batch.get());
            done = done.plus(batch.get());
        }
    }

    private Optional<PhotoRemoval.Removed> batch(
            CollectionId collection, Function<ReadTransaction, List<Photo>> due, Action action, UUID object) {
        try {
            return Optional.of(records.change(tx -> {
                // asked again here: a successor may have taken the photos over, another process may have deleted them
                List<Photo> photos = due.apply(tx);
                if (photos.isEmpty()) {
                    throw new NothingLeftException();
                }
                PhotoRemoval.Removed removed = removal.remove(tx, photos);
                AuditEntry entry = AuditEntry.of(clock.instant(), actor, action, object, collection)
                        .withCount(photos.size());
                return new Records.Changed<>(removed, entry);
            }));
        } catch (NothingLeftException _) {
            return Optional.empty();
        }
    }

    private boolean finish(Source source) {
        sweepStaging(source.collection());
        try {
            return records.change(tx -> {
                if (!tx.sources().purged(source.id())) {
                    throw new NothingLeftException();
                }
                return new Records.Changed<>(
                        true,
                        AuditEntry.of(
                                clock.instant(),
                                actor,
                                Action.SOURCE_PURGED,
                                source.id().value(),
                                source.collection()));
            });
        } catch (NothingLeftException _) {
            return false; // another process was faster
        }
    }

    /// An import that was killed leaves copies it never kept; the lock's taking removes them. One that
    /// runs discards its own.
    private void sweepStaging(CollectionId collection) {
        try {
            files.lockForImport(collection).close();
        } catch (LikenessException e) {
            if (e.kind() != LikenessException.Kind.CONFLICT) {
                throw e;
            }
        } catch (IOException e) {
            throw new LikenessException(
                            LikenessException.Kind.UNAVAILABLE,
                            "what an import left behind cannot be deleted"
                                    + "\nAllow writing in the data directory, then run: likeness purge.",
                            e)
                    .called("disk.data");
        }
    }

    /// Ends a change that has nothing to change.
    private static final class NothingLeftException extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }
}
