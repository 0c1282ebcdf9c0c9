package org.likeness.core.ingest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.likeness.core.LikenessException;
import org.likeness.core.audit.Actor;
import org.likeness.core.audit.AuditEntry;
import org.likeness.core.audit.AuditEntry.Action;
import org.likeness.core.ingest.FileOutcome.Reason;
import org.likeness.core.ingest.FileOutcome.Result;
import org.likeness.core.photo.AnalysedPhoto;
import org.likeness.core.photo.Face;
import org.likeness.core.photo.Photo;
import org.likeness.core.photo.PhotoFiles;
import org.likeness.core.photo.PhotoId;
import org.likeness.core.photo.PhotoReading;
import org.likeness.core.photo.Sha256;
import org.likeness.core.photo.Storage;
import org.likeness.core.records.Records;
import org.likeness.core.records.WriteTransaction;
import org.likeness.core.signal.Effect;
import org.likeness.core.signal.Signal;
import org.likeness.core.signal.SignalKind;
import org.likeness.core.signal.Signals;
import org.likeness.core.source.SourceId;

/// Turns one file that was read into records, in one transaction. One thread at a time.
///
/// The order makes a crash harmless: the photo's bytes are on disk before the records name them, and
/// thumbnail and crops
/// are written after, because they can be rebuilt while a crop without a record could never be found
/// again.
final class PhotoCommit {
    private static final Set<String> PHOTO_ENDINGS = Set.of(
            "jpg", "jpeg", "jpe", "png", "webp", "heic", "heif", "avif", "tif", "tiff", "gif", "bmp", "pgm", "ppm",
            "pnm", "pbm");

    private final Records records;
    private final PhotoFiles files;
    private final Clock clock;
    private final ImportRequest request;
    private final ImportRun run;
    private final Actor actor;
    private final NearMatches nearMatches = new NearMatches();

    PhotoCommit(Records records, PhotoFiles files, Clock clock, ImportRequest request, ImportRun run, Actor actor) {
        this.records = records;
        this.files = files;
        this.clock = clock;
        this.request = request;
        this.run = run;
        this.actor = actor;
    }

    /// Why the gate does not let a file in; empty: it does. Thread-safe.
    Optional<Reason> refusal(PhotoFiles.Staged staged) {
        return records.read(tx -> Gate.refusal(tx, request.grant().id(), staged.sha256(), clock.instant()));
    }

    /// Records that the gate did not let a file in. When its source said stop a moment ago, the file is
    /// blocked like those that were held already.
    FileOutcome refuse(Path file, Sha256 content, Reason reason) {
        FileOutcome outcome = outcome(run.id(), file, Result.REFUSED, Optional.empty(), reason, Gate.advice(reason));
        if (reason != Reason.SOURCE_STOPPED
                || records.read(tx -> Gate.isBlocked(tx, request.grant().source(), content, outcome.location()))) {
            return note(outcome);
        }
        return records.change(tx -> {
            Instant now = clock.instant();
            SourceId source = request.grant().source();
            Gate.block(tx, run.collection(), source, content, outcome.location(), now);
            tx.add(outcome);
            return new Records.Changed<>(
                    outcome, AuditEntry.of(now, actor, Action.SOURCE_FILE_BLOCKED, source.value(), run.collection()));
        });
    }

    /// The outcome when the collection has a photo of this content. Thread-safe.
    Optional<FileOutcome> duplicate(Path file, PhotoFiles.Staged staged) {
        return records.read(tx -> tx.photo(staged.collection(), staged.sha256()))
                .map(photo -> new FileOutcome(
                        run.id(),
                        location(file),
                        Result.DUPLICATE,
                        Optional.of(photo.id()),
                        Optional.empty(),
                        Optional.empty()));
    }

    /// Records an outcome that changes nothing.
    FileOutcome note(FileOutcome outcome) {
        try {
            records.note(tx -> tx.add(outcome));
            return outcome;
        } catch (LikenessException e) {
            if (e.kind() != LikenessException.Kind.NOT_FOUND || outcome.photo().isEmpty()) {
                throw e;
            }
            return note(beingDeleted(outcome.run(), outcome.location()));
        }
    }

    /// A photo of the same content was deleted a moment ago.
    private static FileOutcome beingDeleted(ImportId run, String location) {
        return new FileOutcome(
                run,
                location,
                Result.FAILED,
                Optional.empty(),
                Optional.of(Reason.UNAVAILABLE),
                Optional.of("The photo of this content was being deleted; import it again."));
    }

    FileOutcome commit(
            Path file, PhotoFiles.Staged staged, PhotoReading reading, List<Signal> signals, ImportReport.Tally tally) {
        try {
            return switch (reading) {
                case PhotoReading.Unreadable(PhotoReading.Reason reason, String advice) ->
                    note(unreadable(file, reason, advice));
                case PhotoReading.Read(AnalysedPhoto analysed) -> keep(file, staged, analysed, signals, tally);
            };
        } finally {
            files.discard(staged);
        }
    }

    private FileOutcome keep(
            Path file, PhotoFiles.Staged staged, AnalysedPhoto read, List<Signal> said, ImportReport.Tally tally) {
        List<Signal> signals = new ArrayList<>(said);
        signals.addAll(records.read(tx -> nearMatches.signals(tx, location(file), read.looks())));
        AnalysedPhoto analysed = Signals.decide(signals).quarantines() ? read.withoutFaces() : read;
        Optional<FileOutcome> duplicate = duplicate(file, staged);
        if (duplicate.isPresent()) {
            return known(duplicate.get(), signals);
        }
        Photo photo = photo(file, staged, analysed);
        boolean quarantined = Signals.decide(signals).quarantines();
        FaceCommit faces = new FaceCommit(photo, analysed, List.of());
        try {
            files.keep(staged);
            FileOutcome outcome = records.change(tx -> new Records.Changed<>(
                    write(tx, photo, analysed, faces, signals),
                    AuditEntry.of(
                            photo.importedAt(),
                            actor,
                            quarantined ? Action.PHOTO_QUARANTINED : Action.PHOTO_IMPORTED,
                            photo.id().value(),
                            photo.collection())));
            faces.writeDerivatives(files);
            if (records.read(tx -> tx.photo(photo.id())).isEmpty()) { // a purge was faster than the derivatives
                files.remove(photo, faces.faces().stream().map(Face::id).toList());
            }
            tally.faces(
                    faces.faces().size(),
                    faces.faces().stream().filter(face -> face.quality().low()).count(),
                    analysed.skipped().size());
            return outcome;
        } catch (RefusedException e) {
            dropKept(staged);
            return refuse(file, staged.sha256(), e.reason);
        } catch (KeptFileGoneException _) {
            return note(beingDeleted(run.id(), location(file)));
        } catch (IOException e) {
            throw new LikenessException(
                            LikenessException.Kind.UNAVAILABLE,
                            "a photo could not be written to the data directory\n"
                                    + "Check the disk's free space, then run the import again: what was"
                                    + " imported stays.",
                            e)
                    .called("disk.data");
        } catch (LikenessException e) {
            if (e.kind() != LikenessException.Kind.CONFLICT) {
                throw e;
            }
            // another process was faster
            return known(duplicate(file, staged).orElseThrow(() -> e), signals);
        }
    }

    /// The bytes were kept before the records were asked; nothing may be left of a photo they refused.
    private void dropKept(PhotoFiles.Staged staged) {
        if (records.read(tx -> tx.photo(staged.collection(), staged.sha256())).isEmpty()) {
            files.remove(staged);
        }
    }

    private FileOutcome write(
            WriteTransaction tx, Photo photo, AnalysedPhoto analysed, FaceCommit faces, List<Signal> signals) {
        Instant now = photo.importedAt();
        Optional<Reason> refusal = Gate.refusal(tx, photo.grant(), photo.sha256(), clock.instant());
        if (refusal.isPresent()) {
            throw new RefusedException(refusal.get());
        }
        if (photo.storage() == Storage.COPY && !Files.isRegularFile(files.original(photo))) {
            throw new KeptFileGoneException();
        }
        tx.add(photo);
        analysed.place().ifPresent(place -> tx.sources().keep(photo.id(), place));
        analysed.looks().ifPresent(looks -> tx.sources().keep(photo.id(), looks));
        FileOutcome outcome;
        if (Signals.decide(signals).quarantines()) {
            tx.signals().quarantine(photo.id(), signals, now);
            outcome = quarantined(photo.location(), photo.id(), signals);
        } else {
            tx.signals().observe(photo.id(), signals, now);
            faces.write(tx, request.collection(), now);
            outcome = new FileOutcome(
                    run.id(),
                    photo.location(),
                    Result.IMPORTED,
                    Optional.of(photo.id()),
                    Optional.empty(),
                    Optional.empty());
        }
        tx.add(outcome);
        return outcome;
    }

    /// Whether one of these takes something away that the photo did not say before. Thread-safe.
    boolean saysMore(PhotoId photo, List<Signal> signals) {
        List<Signal> subtracting = signals.stream()
                .filter(signal -> signal.effect() != Effect.RECORDED)
                .toList();
        if (subtracting.isEmpty()) {
            return false;
        }
        Set<Signal> before = records.read(tx -> tx.signals().of(photo)).stream()
                .map(kept -> kept.signal())
                .collect(Collectors.toSet());
        return !before.containsAll(subtracting);
    }

    /// A photo the collection has: what was said anew, by a sidecar for example, changes the answer
    /// from now on.
    FileOutcome known(FileOutcome duplicate, List<Signal> signals) {
        PhotoId photo = duplicate.photo().orElseThrow();
        if (!saysMore(photo, signals)) {
            return note(duplicate);
        }
        return records.change(tx -> {
            Instant now = clock.instant();
            if (tx.photo(photo).isEmpty()) { // it was erased a moment ago
                throw new LikenessException(
                                LikenessException.Kind.CONFLICT,
                                "photo " + photo + " was deleted while it was imported\nRun the import again.")
                        .called("import.photo-deleted");
            }
            boolean quarantined = false;
            if (Signals.decide(signals).quarantines()) {
                quarantined = tx.signals().quarantine(photo, signals, now);
            } else {
                tx.signals().observe(photo, signals, now);
            }
            FileOutcome outcome = quarantined ? quarantined(duplicate.location(), photo, signals) : duplicate;
            tx.add(outcome);
            return new Records.Changed<>(
                    outcome,
                    AuditEntry.of(
                            now,
                            actor,
                            quarantined ? Action.PHOTO_QUARANTINED : Action.SIGNALS_OBSERVED,
                            photo.value(),
                            run.collection()));
        });
    }

    private FileOutcome quarantined(String location, PhotoId photo, List<Signal> signals) {
        return new FileOutcome(
                run.id(),
                location,
                Result.QUARANTINED,
                Optional.of(photo),
                Optional.empty(),
                Optional.of(why(signals) + "; decide: likeness review show " + photo + "."));
    }

    /// Why it is kept out: what is said plainly before what is only likely.
    private static String why(List<Signal> signals) {
        List<Signal> refusals = Signals.refusals(signals);
        boolean asked = refusals.stream()
                .anyMatch(signal ->
                        signal.kind() != SignalKind.NEAR_MATCH && signal.kind() != SignalKind.SIGNALS_UNKNOWN);
        if (asked) {
            return "Something in it or beside it asks not to be analysed";
        }
        return refusals.stream()
                .filter(signal -> signal.kind() == SignalKind.NEAR_MATCH)
                .findFirst()
                .map(near -> "It " + near.value())
                .orElse("Its metadata, or a file beside it, cannot be read, so it may ask not to be analysed");
    }

    private Photo photo(Path file, PhotoFiles.Staged staged, AnalysedPhoto analysed) {
        return new Photo(
                PhotoId.next(),
                staged.collection(),
                request.grant().source(),
                request.grant().id(),
                staged.sha256(),
                staged.sizeBytes(),
                analysed.mediaType(),
                analysed.width(),
                analysed.height(),
                staged.storage(),
                location(file),
                clock.instant(),
                analysed.takenAt());
    }

    private FileOutcome unreadable(Path file, PhotoReading.Reason why, String advice) {
        Reason reason = switch (why) {
            case EMPTY -> Reason.EMPTY;
            case NOT_A_PHOTO -> Reason.NOT_A_PHOTO;
            case UNSUPPORTED -> Reason.UNSUPPORTED;
            case TRUNCATED -> Reason.TRUNCATED;
            case DAMAGED -> Reason.DAMAGED;
            case TOO_MANY_PIXELS -> Reason.TOO_MANY_PIXELS;
        };
        Result result = switch (why) {
            case EMPTY, TRUNCATED, DAMAGED -> Result.FAILED;
            case UNSUPPORTED, TOO_MANY_PIXELS -> Result.REFUSED;
            case NOT_A_PHOTO -> namedLikeAPhoto(file) ? Result.FAILED : Result.REFUSED;
        };
        return outcome(run.id(), file, result, Optional.empty(), reason, advice);
    }

    private static boolean namedLikeAPhoto(Path file) {
        String name = String.valueOf(file.getFileName());
        return PHOTO_ENDINGS.contains(name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT));
    }

    static FileOutcome outcome(
            ImportId run, Path file, Result result, Optional<PhotoId> photo, Reason reason, String advice) {
        return new FileOutcome(run, location(file), result, photo, Optional.of(reason), Optional.of(advice));
    }

    static String location(Path file) {
        return file.toUri().toString();
    }

    /// The original that was kept for a photo was deleted with another photo of the same content.
    private static final class KeptFileGoneException extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /// The gate closed between the request and the commit.
    private static final class RefusedException extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final Reason reason;

        private RefusedException(Reason reason) {
            this.reason = reason;
        }
    }
}
