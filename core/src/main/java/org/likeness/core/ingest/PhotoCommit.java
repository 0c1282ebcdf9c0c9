package org.likeness.core.ingest;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.likeness.core.LikenessException;
import org.likeness.core.audit.Actor;
import org.likeness.core.audit.AuditEntry;
import org.likeness.core.audit.AuditEntry.Action;
import org.likeness.core.collection.CollectionId;
import org.likeness.core.ingest.FileOutcome.Reason;
import org.likeness.core.ingest.FileOutcome.Result;
import org.likeness.core.photo.AnalysedPhoto;
import org.likeness.core.photo.AnalysedPhoto.AnalysedFace;
import org.likeness.core.photo.Face;
import org.likeness.core.photo.FaceId;
import org.likeness.core.photo.Photo;
import org.likeness.core.photo.PhotoFiles;
import org.likeness.core.photo.PhotoId;
import org.likeness.core.photo.PhotoReading;
import org.likeness.core.records.Records;
import org.likeness.core.records.WriteTransaction;
import org.likeness.core.source.Grant;
import org.likeness.core.source.Use;

/// Turns one file that was read into records, in one transaction. One thread at a time.
///
/// The order makes a crash harmless: the photo's bytes are on disk before the records name them, and thumbnail and
/// crops
/// are written after, because they can be rebuilt while a crop without a record could never be found again.
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

    PhotoCommit(Records records, PhotoFiles files, Clock clock, ImportRequest request, ImportRun run, Actor actor) {
        this.records = records;
        this.files = files;
        this.clock = clock;
        this.request = request;
        this.run = run;
        this.actor = actor;
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
        records.note(tx -> tx.add(outcome));
        return outcome;
    }

    FileOutcome commit(Path file, PhotoFiles.Staged staged, PhotoReading reading, ImportReport.Tally tally) {
        try {
            return switch (reading) {
                case PhotoReading.Unreadable(PhotoReading.Reason reason, String advice) ->
                    note(unreadable(file, reason, advice));
                case PhotoReading.Read(AnalysedPhoto analysed) -> keep(file, staged, analysed, tally);
            };
        } finally {
            files.discard(staged);
        }
    }

    private FileOutcome keep(Path file, PhotoFiles.Staged staged, AnalysedPhoto analysed, ImportReport.Tally tally) {
        Optional<FileOutcome> duplicate = duplicate(file, staged);
        if (duplicate.isPresent()) {
            return note(duplicate.get());
        }
        Photo photo = photo(file, staged, analysed);
        List<Face> faces = faces(photo.id(), analysed);
        try {
            files.keep(staged);
            FileOutcome outcome = records.change(tx -> new Records.Changed<>(
                    write(tx, photo, faces, analysed),
                    AuditEntry.of(
                            photo.importedAt(),
                            actor,
                            Action.PHOTO_IMPORTED,
                            photo.id().value(),
                            photo.collection())));
            writeDerivatives(photo, faces, analysed);
            tally.faces(
                    faces.size(),
                    faces.stream().filter(face -> face.quality().low()).count(),
                    analysed.skipped().size());
            return outcome;
        } catch (NoGrantException _) {
            return note(outcome(
                    run.id(),
                    file,
                    Result.REFUSED,
                    Optional.empty(),
                    Reason.NO_GRANT,
                    "The grant ended while importing."));
        } catch (IOException e) {
            throw new LikenessException(
                    LikenessException.Kind.UNAVAILABLE,
                    "a photo could not be written to the data directory\n"
                            + "Check the disk's free space, then run the import again: what was imported stays.",
                    e);
        } catch (LikenessException e) {
            if (e.kind() != LikenessException.Kind.CONFLICT) {
                throw e;
            }
            return note(duplicate(file, staged).orElseThrow(() -> e)); // another process was faster
        }
    }

    private FileOutcome write(WriteTransaction tx, Photo photo, List<Face> faces, AnalysedPhoto analysed) {
        Instant now = photo.importedAt();
        Grant grant = tx.grant(photo.grant()).orElseThrow(NoGrantException::new);
        if (!grant.allows(Use.STORE, now)) {
            throw new NoGrantException();
        }
        CollectionId collection = photo.collection();
        tx.add(photo);
        for (int i = 0; i < faces.size(); i++) {
            Face face = faces.get(i);
            tx.add(collection, face);
            analysed.faces()
                    .get(i)
                    .template()
                    .ifPresent(template -> tx.addFeatureSet(
                            collection,
                            face.id(),
                            template,
                            request.collection().profile().templateTerm().map(now::plus)));
        }
        FileOutcome outcome = new FileOutcome(
                run.id(),
                photo.location(),
                Result.IMPORTED,
                Optional.of(photo.id()),
                Optional.empty(),
                Optional.empty());
        tx.add(outcome);
        return outcome;
    }

    private void writeDerivatives(Photo photo, List<Face> faces, AnalysedPhoto analysed) throws IOException {
        files.writeThumbnail(photo.collection(), photo.id(), analysed.thumbnailJpeg());
        for (int i = 0; i < faces.size(); i++) {
            files.writeCrop(
                    photo.collection(),
                    faces.get(i).id(),
                    analysed.faces().get(i).crop());
        }
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

    private static List<Face> faces(PhotoId photo, AnalysedPhoto analysed) {
        List<Face> faces = new ArrayList<>();
        for (AnalysedFace face : analysed.faces()) {
            faces.add(new Face(
                    FaceId.next(), photo, face.box(), face.landmarks(), face.quality(), face.detectionScore()));
        }
        return faces;
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

    private static String location(Path file) {
        return file.toUri().toString();
    }

    /// The grant ended between the request and the commit.
    private static final class NoGrantException extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }
}
