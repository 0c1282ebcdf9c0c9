package org.likeness.core.search;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongConsumer;
import org.likeness.core.LikenessException;
import org.likeness.core.collection.CollectionId;
import org.likeness.core.collection.EmbeddingPermit;
import org.likeness.core.photo.AlignedCrop;
import org.likeness.core.photo.Derivatives;
import org.likeness.core.photo.FaceId;
import org.likeness.core.photo.FaceReader;
import org.likeness.core.records.ReadTransaction;
import org.likeness.core.records.ReadTransaction.FoundFace;
import org.likeness.core.records.Records;
import org.likeness.core.template.Metric;
import org.likeness.core.template.Template;
import org.likeness.core.template.TemplateIndex.Hit;

/// Compares everybody who waits with the faces of a collection whose templates may not be kept.
///
/// It walks the aligned crops in a circle, a page at a time: each crop is embedded once in memory,
/// compared with what everyone waiting is looked for by, and forgotten before the next page. A newcomer
/// joins where the scan is and leaves after one full circle, so many searches at once cost about what one
/// costs.
///
/// The threads that wait do the work: whoever holds the turn does one page for all. So nothing runs while
/// nobody waits, and whoever fails or goes away leaves the others going on. Thread-safe.
final class SharedScan {
    private final CollectionId collection;
    private final Records records;
    private final Derivatives derivatives;
    private final FaceReader reader;
    private final ExecutorService pool;
    private final int page;
    private final Clock clock;

    private final ReentrantLock turn = new ReentrantLock(true);
    private final List<Seat> seats = new ArrayList<>(); // this and what follows: only while holding the turn
    private Optional<FaceId> cursor = Optional.empty();
    private long embedded;

    /// What somebody is looked for by, read anew for each page: what was withdrawn is compared no more.
    @FunctionalInterface
    interface References {
        /// In the collection's present space; empty ends the search.
        List<Template> read(ReadTransaction tx, Instant now);
    }

    /// What came of one search.
    ///
    /// @param embedded how many templates the scan has made since it began, for everybody together
    record Result(List<Hit> hits, long compared, long notCompared, long embedded) {
        Result {
            hits = List.copyOf(hits);
        }
    }

    /// @param pool embeds; not closed here
    /// @param page crops held in memory at once
    SharedScan(
            CollectionId collection,
            Records records,
            Derivatives derivatives,
            FaceReader reader,
            ExecutorService pool,
            int page,
            Clock clock) {
        this.collection = collection;
        this.records = records;
        this.derivatives = derivatives;
        this.reader = reader;
        this.pool = pool;
        this.page = page;
        this.clock = clock;
    }

    /// One search under way.
    private final class Seat {
        private final References references;
        private final double scoreMin;
        private final Optional<FaceId> joinedAt = cursor;
        private final List<Hit> hits = new ArrayList<>();
        private boolean secondHalf;
        private boolean done;
        private long compared;
        private long notCompared;

        Seat(References references, double scoreMin) {
            this.references = references;
            this.scoreMin = scoreMin;
        }

        /// Whether a face is still before this seat.
        boolean wants(FaceId face) {
            return !done && (!secondHalf || before(face));
        }

        private boolean before(FaceId face) {
            return joinedAt.filter(at -> face.toString().compareTo(at.toString()) <= 0)
                    .isPresent();
        }

        /// The scan has done everything up to this face.
        void passed(FaceId last) {
            done |= secondHalf && (!before(last) || joinedAt.equals(Optional.of(last)));
        }

        /// The scan begins again at the first face.
        void turned() {
            done |= secondHalf || joinedAt.isEmpty();
            secondHalf = true;
        }
    }

    /// Searches the collection once.
    ///
    /// @param progress told now and then, on the calling thread, with how many faces were compared so far
    Result scan(References references, double scoreMin, EmbeddingPermit permit, LongConsumer progress) {
        permit.requireFor(collection);
        Seat seat = join(references, scoreMin);
        try {
            while (true) {
                long compared;
                turn.lock();
                try {
                    if (!seat.done) {
                        step(permit);
                    }
                    if (seat.done) {
                        return new Result(seat.hits, seat.compared, seat.notCompared, embedded);
                    }
                    compared = seat.compared;
                } finally {
                    turn.unlock();
                }
                progress.accept(compared);
            }
        } finally {
            leave(seat);
        }
    }

    private Seat join(References references, double scoreMin) {
        turn.lock();
        try {
            Seat seat = new Seat(references, scoreMin);
            seats.add(seat);
            return seat;
        } finally {
            turn.unlock();
        }
    }

    private void leave(Seat seat) {
        turn.lock();
        try {
            seats.remove(seat);
        } finally {
            turn.unlock();
        }
    }

    /// One page for everybody who waits.
    private void step(EmbeddingPermit permit) {
        Instant now = clock.instant();
        List<FaceId> ids = records.read(tx -> tx.searchableFaces(collection, now, cursor, page));
        if (ids.isEmpty()) {
            cursor = Optional.empty();
            seats.forEach(Seat::turned);
            return;
        }
        List<FoundFace> faces = records.read(tx -> tx.searchable(collection, ids, now));
        List<Optional<Template>> templates = embed(faces, permit);
        records.<Boolean>read(tx -> {
            compare(tx, faces, templates, now);
            return true;
        });
        cursor = Optional.of(ids.getLast());
        seats.forEach(seat -> seat.passed(ids.getLast()));
    }

    private List<Optional<Template>> embed(List<FoundFace> faces, EmbeddingPermit permit) {
        List<Future<Optional<Template>>> running = new ArrayList<>();
        for (FoundFace found : faces) {
            running.add(pool.submit(() -> crop(found).map(crop -> reader.embed(crop, permit))));
        }
        List<Optional<Template>> templates = new ArrayList<>();
        for (Future<Optional<Template>> one : running) {
            templates.add(get(one));
        }
        embedded += templates.stream().filter(Optional::isPresent).count();
        return templates;
    }

    private Optional<AlignedCrop> crop(FoundFace found) {
        return derivatives.crop(
                found.photo(),
                found.face(),
                () -> records.read(tx -> tx.faces(found.photo().id())));
    }

    private void compare(ReadTransaction tx, List<FoundFace> faces, List<Optional<Template>> templates, Instant now) {
        List<Optional<Template>> keyed = templates.stream()
                .map(template -> template.map(t -> tx.vault().keyed(collection, t)))
                .toList();
        Metric metric = reader.model().metric();
        for (Seat seat : seats) {
            List<Template> references = seat.references.read(tx, now);
            if (references.isEmpty()) {
                seat.done = true;
                continue;
            }
            for (int i = 0; i < faces.size(); i++) {
                FaceId face = faces.get(i).face().id();
                if (seat.wants(face)) {
                    compare(seat, face, keyed.get(i), references, metric);
                }
            }
        }
    }

    private static void compare(
            Seat seat, FaceId face, Optional<Template> template, List<Template> references, Metric metric) {
        if (template.isEmpty()) {
            seat.notCompared++;
            return;
        }
        seat.compared++;
        double best = references.stream()
                .mapToDouble(reference -> template.get().score(reference, metric))
                .max()
                .orElseThrow();
        if (best >= seat.scoreMin) {
            seat.hits.add(new Hit(face, best));
        }
    }

    private static <T> T get(Future<T> running) {
        try {
            return running.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LikenessException(
                            LikenessException.Kind.UNAVAILABLE, "the search was interrupted\nSearch again.", e)
                    .called("search.interrupted");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException("a comparison failed", e);
        }
    }
}
