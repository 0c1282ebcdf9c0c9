package org.likeness.server;

import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.likeness.core.ingest.Choosing;
import org.likeness.core.ingest.FileOutcome;
import org.likeness.core.ingest.ImportId;
import org.likeness.core.ingest.ImportRun;
import org.likeness.core.member.Right;
import org.likeness.core.photo.PhotoId;
import org.likeness.core.records.TimelineReading;
import org.likeness.library.BrowseDesk;
import org.likeness.library.ImportQueue;
import org.likeness.library.Likeness;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/// What became of the files of imports, and why some were not taken.
@RestController
@RequestMapping("/api/v1/collections/{collection}/imports")
class ImportApi extends CollectionController {
    private final ImportQueue queue;

    ImportApi(Likeness likeness, ImportQueue queue) {
        super(likeness);
        this.queue = queue;
    }

    /// An import.
    ///
    /// @param endedAt missing while it runs, and when it was cut off
    /// @param choosing as the uploads have it that it is of
    /// @param files how many files ended in which way
    record ImportView(
            UUID id,
            UUID source,
            UUID grant,
            Instant startedAt,
            Optional<Instant> endedAt,
            Optional<UUID> choosing,
            Map<FileOutcome.Result, Long> files) {
        static ImportView of(BrowseDesk.Report report) {
            Map<FileOutcome.Result, Long> files = new EnumMap<>(FileOutcome.Result.class);
            files.putAll(report.totals());
            return new ImportView(
                    report.run().id().value(),
                    report.source().id().value(),
                    report.grant().id().value(),
                    report.run().startedAt(),
                    report.run().endedAt(),
                    report.run().choosing().map(Choosing::value),
                    files);
        }
    }

    /// Some imports, the newest first; `next` is the `after` to go on from, missing at the end.
    record ImportPage(List<ImportView> imports, Optional<UUID> next) {}

    /// What became of a file.
    ///
    /// @param name of the file, without its folder
    /// @param photo the photo it became, or is a duplicate of
    /// @param reason why it was refused or failed
    /// @param advice what to do, in words
    record FileView(
            long sequence,
            String name,
            FileOutcome.Result result,
            Optional<UUID> photo,
            Optional<FileOutcome.Reason> reason,
            Optional<String> advice) {
        static FileView of(TimelineReading.Ended ended) {
            FileOutcome outcome = ended.outcome();
            return new FileView(
                    ended.sequence(),
                    String.valueOf(Path.of(URI.create(outcome.location())).getFileName()),
                    outcome.result(),
                    outcome.photo().map(PhotoId::value),
                    outcome.reason(),
                    outcome.advice());
        }
    }

    /// Some files, in the order they ended; `next` is the `after` to go on from, missing at the end.
    record FilePage(List<FileView> files, Optional<Long> next) {}

    /// How far the import that runs is.
    ///
    /// @param found how many files were found so far
    /// @param waiting whether another import holds the collection
    record Running(Optional<UUID> id, long done, long found, boolean waiting) {}

    /// How many files and folders are tried again.
    record Again(int paths) {}

    private ImportView view(UUID collection, ImportId id) {
        return ImportView.of(likeness().browse().report(collection(collection).id(), id));
    }

    /// Lists the imports into a collection.
    @GetMapping
    @Allowed(Right.SEE_IMPORTS)
    ImportPage imports(
            @PathVariable UUID collection,
            @RequestParam Optional<UUID> after,
            @RequestParam(defaultValue = "50") int limit) {
        int size = Keyset.limit(limit);
        List<ImportRun> runs =
                likeness().browse().imports(collection(collection).id(), after.map(ImportId::new), size + 1);
        List<ImportView> some =
                runs.stream().limit(size).map(run -> view(collection, run.id())).toList();
        return new ImportPage(
                some, runs.size() > size ? Optional.of(some.getLast().id()) : Optional.empty());
    }

    /// Says how far the import that runs is; no import, no content.
    @GetMapping("/running")
    @Allowed(Right.SEE_IMPORTS)
    org.springframework.http.ResponseEntity<Running> running(@PathVariable UUID collection) {
        return queue.running(collection(collection).id())
                .map(progress -> new Running(
                        progress.run().map(ImportId::value), progress.done(), progress.found(), progress.waiting()))
                .map(org.springframework.http.ResponseEntity::ok)
                .orElseGet(() ->
                        org.springframework.http.ResponseEntity.noContent().build());
    }

    /// Shows an import.
    @GetMapping("/{run}")
    @Allowed(Right.SEE_IMPORTS)
    ImportView run(@PathVariable UUID collection, @PathVariable UUID run) {
        return view(collection, new ImportId(run));
    }

    /// Lists the files of an import, or those that ended in one way.
    @GetMapping("/{run}/files")
    @Allowed(Right.SEE_IMPORTS)
    FilePage files(
            @PathVariable UUID collection,
            @PathVariable UUID run,
            @RequestParam Optional<FileOutcome.Result> result,
            @RequestParam(defaultValue = "0") long after,
            @RequestParam(defaultValue = "100") int limit) {
        int size = Keyset.limit(limit);
        List<TimelineReading.Ended> ended =
                likeness().browse().ended(collection(collection).id(), new ImportId(run), result, after, size + 1);
        List<FileView> some = ended.stream().limit(size).map(FileView::of).toList();
        return new FilePage(
                some, ended.size() > size ? Optional.of(some.getLast().sequence()) : Optional.empty());
    }

    /// Imports again what failed or was refused and is still where it was.
    @PostMapping("/{run}/retry")
    @Allowed(Right.ADD_PHOTOS)
    @ResponseStatus(HttpStatus.ACCEPTED)
    Again retry(@PathVariable UUID collection, @PathVariable UUID run) {
        return new Again(
                queue.retry(collection(collection).id(), Callers.required().member(), new ImportId(run)));
    }
}
