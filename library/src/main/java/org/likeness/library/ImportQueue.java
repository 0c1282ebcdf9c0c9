package org.likeness.library;

import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.likeness.core.LikenessException;
import org.likeness.core.Unforeseen;
import org.likeness.core.audit.Actor;
import org.likeness.core.collection.Collection;
import org.likeness.core.collection.CollectionId;
import org.likeness.core.ingest.Choosing;
import org.likeness.core.ingest.FileOutcome;
import org.likeness.core.ingest.ImportId;
import org.likeness.core.ingest.ImportJob;
import org.likeness.core.ingest.ImportListener;
import org.likeness.core.ingest.ImportRequest;
import org.likeness.core.member.MemberId;
import org.likeness.core.photo.Storage;
import org.likeness.core.records.Records;
import org.likeness.core.rights.MemberDesk;
import org.likeness.core.rights.WatchDesk;
import org.likeness.core.source.Grant;

/// Imports what was uploaded, and what is to be tried again, one after the other, while an
/// installation is open. Uploads wait on disk and the others in the records, so those of a process that was
/// killed are imported by the next. Closing it lets the photo at hand end.
///
/// Thread-safe.
public final class ImportQueue implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(ImportQueue.class.getName());

    /// Somebody at the command line imports into the same collection; how long to wait before
    /// looking again.
    private static final long OTHER_IMPORT_SECONDS = 2;

    private final Likeness likeness;
    private final Uploads uploads;
    private final Records records;
    private final Clock clock;
    private final Thread worker;
    private final AtomicBoolean closing = new AtomicBoolean();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition work = lock.newCondition();
    private boolean woken;
    private final Deque<WatchedFiles> watched = new ConcurrentLinkedDeque<>();

    /// The one that was tried last, by the worker alone; after it those that were asked for later are next.
    private Optional<ImportJob> tried = Optional.empty();
    private final Map<CollectionId, Progress> running = new ConcurrentHashMap<>();
    private final List<Consumer<Progress>> listeners = new CopyOnWriteArrayList<>();

    /// How far the import into a collection is.
    ///
    /// @param waiting whether another import holds the collection
    /// @param ended whether it is over; the report is in the records
    /// @param problem why it waits, or could not be made
    public record Progress(
            CollectionId collection,
            Optional<ImportId> run,
            long done,
            long found,
            Map<FileOutcome.Result, Long> results,
            boolean waiting,
            boolean ended,
            Optional<LikenessException> problem) {
        public Progress {
            results = Map.copyOf(results);
        }
    }

    /// Files to import together.
    private record Batch(
            CollectionId collection,
            MemberId member,
            List<Path> paths,
            Storage storage,
            Optional<String> source,
            Optional<String> grantedBy,
            Optional<Choosing> choosing) {}

    ImportQueue(Likeness likeness, Uploads uploads, Records records, Clock clock) {
        this.likeness = likeness;
        this.uploads = uploads;
        this.records = records;
        this.clock = clock;
        this.worker = Thread.ofPlatform().name("imports").unstarted(this::run);
        this.worker.start();
    }

    /// Says that an upload is complete.
    public void wake() {
        lock.lock();
        try {
            woken = true;
            work.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// Imports again, when it is its turn, what failed or was refused in an import and is still where it
    /// is then, under the grant of its source that is in force then. It waits in the records until the import
    /// has ended; asked for twice, it waits once.
    ///
    /// @return how many files and folders would be tried again now; 0 when none is there any more
    /// @throws LikenessException NOT_FOUND when the collection has no such import
    public int retry(CollectionId collection, MemberId member, ImportId run) {
        int paths = retryable(collection, run);
        if (paths > 0) {
            records.note(tx -> tx.imports().add(new ImportJob(run, collection, member, clock.instant())));
            wake();
        }
        return paths;
    }

    /// How many files and folders [#retry] would try again now; what was uploaded is not kept when it
    /// was not taken.
    ///
    /// @throws LikenessException NOT_FOUND when the collection has no such import
    public int retryable(CollectionId collection, ImportId run) {
        return likeness.browse().again(collection, run).paths().size();
    }

    /// Imports files of a watched folder when it is their turn. What a process that ends leaves of them, the next
    /// one finds.
    void put(WatchedFiles files) {
        watched.add(files);
        wake();
    }

    /// The imports that run now.
    public List<Progress> running() {
        return List.copyOf(running.values());
    }

    /// Uploads that are complete, imports to try again and watched folders with something new, those of the
    /// import that runs included but for a folder's.
    public int waiting() {
        return jobs().size() + uploads.waiting().size() + watched.size();
    }

    private List<ImportJob> jobs() {
        return records.read(tx -> tx.imports().jobs());
    }

    public Optional<Progress> running(CollectionId collection) {
        return Optional.ofNullable(running.get(collection));
    }

    /// Hears of every file that ended; must return soon.
    ///
    /// @return ends it
    public AutoCloseable listen(Consumer<Progress> listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    private void run() {
        while (!closing.get()) {
            boolean any = false;
            try {
                any = retryNext();
                any |= importUploads(); // they do not wait for what another import holds up
                any |= importWatched();
            } catch (LikenessException e) {
                LOG.log(Level.WARNING, "an import could not be made: " + e.kind()); // its words may name people
                any = false;
            } catch (RuntimeException | OutOfMemoryError | StackOverflowError e) { // others must not wait for ever
                LOG.log(Level.ERROR, "an import ended by a defect: " + Unforeseen.described(e));
                running.clear();
                any = false;
            }
            if (!any) {
                awaitWork();
            }
        }
    }

    /// @return whether one came to an end
    private boolean retryNext() {
        List<ImportJob> jobs = jobs();
        int after = tried.map(jobs::indexOf).orElse(-1); // the first again when it is gone
        if (jobs.isEmpty()) {
            return false;
        }
        ImportJob job = jobs.get((after + 1) % jobs.size());
        tried = Optional.of(job);
        BrowseDesk.Again again = likeness.browse().again(job.collection(), job.run());
        boolean ended = again.paths().isEmpty()
                || importBatch(new Batch(
                        job.collection(),
                        job.member(),
                        again.paths(),
                        again.storage(),
                        Optional.of(again.source()),
                        Optional.empty(),
                        Optional.empty()));
        if (ended) {
            records.note(tx -> tx.imports().remove(job.run()));
        }
        return ended;
    }

    /// @return whether one came to an end
    private boolean importWatched() {
        WatchedFiles files = watched.poll();
        if (files == null) {
            return false;
        }
        boolean ended = false;
        try {
            ended = closing.get() || importIfAllowed(files);
        } finally {
            if (ended) {
                files.end();
            } else {
                watched.add(files);
            }
        }
        return ended;
    }

    /// The folder may have been taken away since, or its grant have ended; then the next look says so.
    private boolean importIfAllowed(WatchedFiles files) {
        Likeness watch = likeness.as(Actor.WATCH);
        Optional<WatchDesk.Watched> now = watch.watches().find(files.folder().id());
        Optional<Grant> grant = now.flatMap(WatchDesk.Watched::grant);
        if (grant.isEmpty() || files.paths().isEmpty()) {
            return true;
        }
        CollectionId id = files.folder().collection();
        boolean ended = importInto(id, files.paths().size(), listener -> {
            watch.importPhotos(
                    new ImportRequest(
                            likeness.collection(id),
                            grant.get(),
                            files.paths(),
                            files.folder().storage(),
                            Optional.empty()),
                    files.settling(listener));
            if (!closing.get()) {
                files.end(); // before anybody hears that it ended
            }
        });
        if (!ended) {
            files.cutOff();
        }
        return ended;
    }

    private void awaitWork() {
        lock.lock();
        try {
            long left = TimeUnit.SECONDS.toNanos(OTHER_IMPORT_SECONDS);
            while (!woken && !closing.get() && left > 0) {
                left = work.awaitNanos(left);
            }
            woken = false;
        } catch (InterruptedException _) {
            closing.set(true);
        } finally {
            lock.unlock();
        }
    }

    /// The uploads that belong together are one import.
    private boolean importUploads() {
        Map<Batch, List<Uploads.Upload>> groups = new LinkedHashMap<>();
        for (Uploads.Upload upload : uploads.waiting()) {
            Uploads.About about = upload.about();
            groups.computeIfAbsent(
                            new Batch(
                                    about.collection(),
                                    about.member(),
                                    List.of(),
                                    Storage.COPY,
                                    about.source(),
                                    about.grantedBy(),
                                    about.choosing()),
                            _ -> new ArrayList<>())
                    .add(upload);
        }
        boolean any = false;
        for (Map.Entry<Batch, List<Uploads.Upload>> group : groups.entrySet()) {
            if (closing.get()) {
                return true;
            }
            Batch like = group.getKey();
            List<Uploads.Upload> some = group.getValue();
            boolean ended = importBatch(new Batch(
                    like.collection(),
                    like.member(),
                    some.stream().map(uploads::file).toList(),
                    Storage.COPY,
                    like.source(),
                    like.grantedBy(),
                    like.choosing()));
            if (ended) {
                some.forEach(upload -> uploads.delete(upload.id()));
                any = true;
            }
        }
        return any;
    }

    private boolean importBatch(Batch batch) {
        return importInto(batch.collection(), batch.paths().size(), listener -> {
            Actor actor = MemberDesk.actor(batch.member());
            Collection collection = likeness.collection(batch.collection());
            Grant grant = likeness.provenance().grantFor(collection, batch.source(), batch.grantedBy(), actor);
            likeness.as(actor)
                    .importPhotos(
                            new ImportRequest(collection, grant, batch.paths(), batch.storage(), batch.choosing()),
                            listener);
        });
    }

    /// @param work makes the import
    /// @return whether it came to an end, so that it need not be tried again
    private boolean importInto(CollectionId id, long paths, Consumer<ImportListener> work) {
        Map<FileOutcome.Result, Long> results = new EnumMap<>(FileOutcome.Result.class);
        tell(new Progress(id, Optional.empty(), 0, paths, Map.of(), false, false, Optional.empty()));
        try {
            work.accept(following(id, results));
            if (closing.get()) {
                running.remove(id);
                return false; // what is left is imported after the next start
            }
            end(id, results, Optional.empty());
            return true;
        } catch (LikenessException e) {
            boolean waits = switch (e.kind()) {
                case CONFLICT, UNAVAILABLE, CORRUPT -> true; // a key that is missing is no fault of the photos
                case BAD_INPUT, NOT_FOUND, REFUSED -> false;
            };
            if (waits) {
                tell(new Progress(id, Optional.empty(), 0, paths, Map.of(), true, false, Optional.of(e)));
                return false;
            }
            end(id, results, Optional.of(e));
            return true;
        }
    }

    private void end(CollectionId id, Map<FileOutcome.Result, Long> results, Optional<LikenessException> problem) {
        Progress last = running.getOrDefault(
                id, new Progress(id, Optional.empty(), 0, 0, Map.of(), false, false, Optional.empty()));
        running.remove(id);
        send(new Progress(id, last.run(), last.done(), last.found(), results, false, true, problem));
    }

    private void tell(Progress progress) {
        running.put(progress.collection(), progress);
        send(progress);
    }

    private void send(Progress progress) {
        listeners.forEach(listener -> listener.accept(progress));
    }

    /// Tells how far an import is, and lets it end with the photos it has begun when the service stops.
    private ImportListener following(CollectionId id, Map<FileOutcome.Result, Long> results) {
        return new ImportListener() {
            @Override
            public void ended(FileOutcome outcome, ImportListener.Progress at) {
                results.merge(outcome.result(), 1L, Long::sum);
                tell(new ImportQueue.Progress(
                        id,
                        Optional.of(outcome.run()),
                        at.done(),
                        at.found(),
                        results,
                        false,
                        false,
                        Optional.empty()));
            }

            @Override
            public boolean goesOn() {
                return !closing.get();
            }
        };
    }

    /// Lets the photo at hand end. What is left is imported after the next start.
    @Override
    public void close() {
        closing.set(true);
        wake();
        boolean interrupted = false;
        while (worker.isAlive()) {
            try {
                worker.join();
            } catch (InterruptedException _) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
