package org.likeness.core.ingest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.likeness.core.LikenessException;
import org.likeness.core.Unforeseen;
import org.likeness.core.audit.Actor;
import org.likeness.core.audit.AuditEntry;
import org.likeness.core.audit.AuditEntry.Action;
import org.likeness.core.collection.EmbeddingPermit;
import org.likeness.core.ingest.FileOutcome.Reason;
import org.likeness.core.ingest.FileOutcome.Result;
import org.likeness.core.photo.FaceReader;
import org.likeness.core.photo.PhotoFiles;
import org.likeness.core.photo.PhotoReading;
import org.likeness.core.photo.Sha256;
import org.likeness.core.records.Records;
import org.likeness.core.signal.Signal;
import org.likeness.core.signal.Signals;
import org.likeness.core.source.Use;

/// Flow *In*: walk, hash and copy, decode and find faces, commit.
///
/// ```
/// walker → found → stagers (virtual threads) → staged → readers (one platform thread a core) → read →
/// committer
/// ```
///
/// The conveyors between the stages are bounded, so memory does not grow with the folder. One file is
/// committed in one
/// transaction with its audit entry; only then is it reported. A killed import leaves whole photos or
/// nothing, and running it again finds the whole ones as duplicates. Thread-safe; the calling thread
/// commits.
public final class Importer {
    private static final System.Logger LOG = System.getLogger(Importer.class.getName());
    private static final int FOUND_MAX = 256;
    private static final int STAGERS = 4;

    /// Bounds of one import.
    ///
    /// @param bytesMax larger files are refused
    /// @param readers threads that decode and infer: the cores to use
    public record Limits(long bytesMax, int readers) {
        /// 512 MiB a file; all cores.
        public static Limits standard() {
            return new Limits(512L << 20, Runtime.getRuntime().availableProcessors());
        }
    }

    private final Records records;
    private final PhotoFiles files;
    private final FaceReader reader;
    private final Clock clock;
    private final Limits limits;

    public Importer(Records records, PhotoFiles files, FaceReader reader, Clock clock, Limits limits) {
        this.records = records;
        this.files = files;
        this.reader = reader;
        this.clock = clock;
        this.limits = limits;
    }

    /// Imports everything below the paths of the request.
    ///
    /// @throws LikenessException CONFLICT when an import into the collection is running; REFUSED when
    ///     the grant does not
    ///     allow storing now; UNAVAILABLE when the records or the disk fail: what was reported stays,
    ///     run it again
    public ImportReport run(ImportRequest request, Actor actor, ImportListener listener) {
        Instant start = clock.instant();
        if (!request.grant().allows(Use.STORE, start)) {
            throw new LikenessException(
                            LikenessException.Kind.REFUSED,
                            "the grant does not allow storing photos now\nRecord a new grant with --granted-by.")
                    .called("grant.over");
        }
        try (PhotoFiles.ImportLock lock =
                files.lockForImport(request.collection().id())) {
            ImportRun run = begin(request, actor, start);
            lock.begun();
            ImportReport report = new Running(request, run, start, actor, listener).go();
            lock.ended();
            return report;
        } catch (IOException e) {
            throw new LikenessException(
                            LikenessException.Kind.UNAVAILABLE,
                            "the data directory cannot be written"
                                    + "\nCheck free space and permissions of the data directory.",
                            e)
                    .called("disk.data");
        }
    }

    /// Goes on with the import of what was chosen together with these files, or begins one.
    private ImportRun begin(ImportRequest request, Actor actor, Instant start) {
        return records.change(tx -> {
            Optional<ImportRun> before = request.choosing()
                    .flatMap(chosen ->
                            tx.timeline(start).importOf(request.grant().id(), chosen));
            if (before.isPresent()) {
                tx.reopen(before.get());
                return changed(before.get(), actor, Action.IMPORT_STARTED);
            }
            ImportRun run = new ImportRun(
                    ImportId.next(),
                    request.collection().id(),
                    request.grant().id(),
                    request.storage(),
                    start,
                    Optional.empty(),
                    request.choosing());
            tx.add(run);
            return changed(run, actor, Action.IMPORT_STARTED);
        });
    }

    private Records.Changed<ImportRun> changed(ImportRun run, Actor actor, Action action) {
        return new Records.Changed<>(
                run, AuditEntry.of(clock.instant(), actor, action, run.id().value(), run.collection()));
    }

    /// A file on its way through the stages, or a problem that ends it before it gets anywhere.
    private sealed interface Item {
        record Found(Path file) implements Item {}

        record Staged(Path file, PhotoFiles.Staged staged) implements Item {}

        record Read(Path file, PhotoFiles.Staged staged, PhotoReading reading, List<Signal> signals) implements Item {}

        /// The collection has it, and now it says more.
        record Known(FileOutcome duplicate, List<Signal> signals) implements Item {}

        /// The gate does not let it in.
        record Refused(Path file, Sha256 content, Reason reason) implements Item {}

        record Ended(FileOutcome outcome) implements Item {}
    }

    /// One import while it runs.
    private final class Running {
        private final ImportRequest request;
        private final ImportRun run;
        private final Instant start;
        private final Actor actor;
        private final ImportListener listener;
        private final Conveyor<Item> found = new Conveyor<>(FOUND_MAX, 1);
        private final Conveyor<Item> staged = new Conveyor<>(2 * limits.readers(), STAGERS);
        private final Conveyor<Item> read = new Conveyor<>(2 * limits.readers(), limits.readers());
        private final AtomicLong foundCount = new AtomicLong();
        private final AtomicBoolean walked = new AtomicBoolean();
        private final AtomicReference<Optional<Throwable>> failure = new AtomicReference<>(Optional.empty());
        private final ImportReport.Tally tally = new ImportReport.Tally();
        private final PhotoCommit commit;
        private final Optional<EmbeddingPermit> permit;

        /// What this import has dealt with, by location: before its process was killed, it was not taken away.
        private final Set<String> before;

        Running(ImportRequest request, ImportRun run, Instant start, Actor actor, ImportListener listener) {
            this.request = request;
            this.run = run;
            this.start = start;
            this.actor = actor;
            this.listener = listener;
            this.commit = new PhotoCommit(records, files, clock, request, run, actor);
            this.before = request.choosing().isEmpty()
                    ? Set.of()
                    : records.read(tx -> tx.outcomes(run.id())).stream()
                            .map(FileOutcome::location)
                            .collect(Collectors.toSet());
            this.permit = records.read(tx -> tx.basis().permitIfOpen(request.collection(), start));
        }

        ImportReport go() {
            List<Thread> threads = new ArrayList<>();
            threads.add(Thread.ofVirtual().name("import-walk").start(() -> stage(this::walk, found)));
            for (int i = 0; i < STAGERS; i++) {
                threads.add(Thread.ofVirtual().name("import-stage-", i).start(() -> stage(this::stageFiles, staged)));
            }
            for (int i = 0; i < limits.readers(); i++) {
                threads.add(Thread.ofPlatform().name("import-read-", i).start(() -> stage(this::readFiles, read)));
            }
            try {
                commitAll();
                for (Thread thread : threads) {
                    thread.join();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                fail(e);
            } finally {
                if (failure.get().isPresent()) {
                    threads.forEach(Thread::interrupt);
                }
            }
            rethrow();
            records.change(tx -> {
                tx.end(run, clock.instant());
                Records.Changed<ImportRun> ended = changed(run, actor, Action.IMPORT_FINISHED);
                return new Records.Changed<>(run, ended.entry().withCount(tally.done()));
            });
            return tally.report(run.id(), Duration.between(start, clock.instant()));
        }

        private void stage(Work work, Conveyor<Item> out) {
            try {
                work.run();
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            } catch (RuntimeException | Error e) {
                fail(e);
            } finally {
                out.producerDone();
            }
        }

        private void fail(Throwable cause) {
            failure.compareAndSet(Optional.empty(), Optional.of(cause));
            found.abort();
            staged.abort();
            read.abort();
        }

        private void rethrow() {
            failure.get().ifPresent(cause -> {
                if (cause instanceof Error error) {
                    throw error;
                }
                if (cause instanceof RuntimeException exception) {
                    throw exception;
                }
                throw new LikenessException(
                                LikenessException.Kind.UNAVAILABLE,
                                "the import was interrupted\nRun it again: what was imported stays.",
                                cause)
                        .called("import.interrupted");
            });
        }

        private void walk() throws InterruptedException {
            FileWalk.Visitor visitor = new FileWalk.Visitor() {
                @Override
                public void file(Path file) throws InterruptedException {
                    if (!before.contains(PhotoCommit.location(file))) {
                        foundCount.incrementAndGet();
                        found.put(new Item.Found(file));
                    }
                }

                @Override
                public void problem(Path at, Result result, Reason reason, String advice) throws InterruptedException {
                    foundCount.incrementAndGet();
                    found.put(ended(at, result, reason, advice));
                }
            };
            new FileWalk(visitor, () -> failure.get().isPresent() || !listener.goesOn()).walk(request.paths());
            walked.set(true);
        }

        private void stageFiles() throws InterruptedException {
            for (Optional<Item> next = found.take(); next.isPresent(); next = found.take()) {
                if (!listener.goesOn()) {
                    continue;
                }
                staged.put(next.get() instanceof Item.Found(Path file) ? stageFile(file) : next.get());
            }
        }

        private Item stageFile(Path file) {
            try {
                long size = Files.size(file);
                if (size > limits.bytesMax()) {
                    return ended(
                            file,
                            Result.REFUSED,
                            Reason.TOO_MANY_BYTES,
                            "It has " + size + " bytes; at most " + limits.bytesMax() + " are read.");
                }
                return new Item.Staged(file, files.stage(request.collection().id(), file, request.storage()));
            } catch (NoSuchFileException _) {
                return ended(
                        file, Result.FAILED, Reason.GONE, "It was there when its folder was listed and is not now.");
            } catch (IOException _) {
                return ended(
                        file,
                        Result.FAILED,
                        Reason.UNREADABLE,
                        "It could not be read; allow reading it and import again.");
            }
        }

        private void readFiles() throws InterruptedException {
            for (Optional<Item> next = staged.take(); next.isPresent(); next = staged.take()) {
                if (!listener.goesOn() && next.get() instanceof Item.Staged(Path _, PhotoFiles.Staged dropped)) {
                    files.discard(dropped);
                    continue;
                }
                read.put(
                        next.get() instanceof Item.Staged(Path file, PhotoFiles.Staged s)
                                ? readFile(file, s)
                                : next.get());
            }
        }

        /// A content the collection has already is not decoded again, only asked what it says now. The
        /// signals come first: in a photo that one keeps out, no face is looked for. The committer
        /// checks once more.
        private Item readFile(Path file, PhotoFiles.Staged s) {
            try {
                Optional<Reason> refusal = commit.refusal(s);
                if (refusal.isPresent()) {
                    files.discard(s);
                    return new Item.Refused(file, s.sha256(), refusal.get());
                }
                List<Signal> signals = reader.signals(s.readable(), Sidecars.of(file));
                Optional<FileOutcome> duplicate = commit.duplicate(file, s);
                if (duplicate.isPresent()) {
                    files.discard(s);
                    return commit.saysMore(duplicate.get().photo().orElseThrow(), signals)
                            ? new Item.Known(duplicate.get(), signals)
                            : new Item.Ended(duplicate.get());
                }
                FaceReader.Depth depth = Signals.decide(signals).quarantines()
                        ? FaceReader.Depth.PICTURE
                        : FaceCommit.depth(request.collection().profile(), request.grant(), permit, clock.instant());
                return new Item.Read(file, s, reader.read(s.readable(), depth), signals);
            } catch (RuntimeException e) { // a defect too: one odd file must not hold up all others
                files.discard(s);
                LOG.log(
                        System.Logger.Level.WARNING,
                        "a photo could not be analysed in import " + run.id() + ": " + Unforeseen.described(e));
                return ended(
                        file, Result.FAILED, Reason.UNAVAILABLE, "It could not be analysed just now; import it again.");
            }
        }

        private void commitAll() throws InterruptedException {
            try {
                for (Optional<Item> next = read.take(); next.isPresent(); next = read.take()) {
                    FileOutcome outcome = switch (next.get()) {
                        case Item.Read(Path file, PhotoFiles.Staged s, PhotoReading reading, List<Signal> signals) ->
                            commit.commit(file, s, reading, signals, tally);
                        case Item.Known(FileOutcome duplicate, List<Signal> signals) ->
                            commit.known(duplicate, signals);
                        case Item.Refused(Path file, Sha256 content, Reason reason) ->
                            commit.refuse(file, content, reason);
                        case Item.Ended(FileOutcome ended) -> commit.note(ended);
                        case Item.Found _, Item.Staged _ -> throw new IllegalStateException("an item skipped a stage");
                    };
                    tally.ended(outcome);
                    listener.ended(outcome, new ImportListener.Progress(tally.done(), foundCount.get(), walked.get()));
                }
            } catch (RuntimeException | Error e) {
                fail(e);
            }
        }

        private Item ended(Path at, Result result, Reason reason, String advice) {
            return new Item.Ended(PhotoCommit.outcome(run.id(), at, result, Optional.empty(), reason, advice));
        }
    }

    @FunctionalInterface
    private interface Work {
        void run() throws InterruptedException;
    }
}
