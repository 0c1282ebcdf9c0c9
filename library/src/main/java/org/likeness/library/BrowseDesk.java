package org.likeness.library;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.likeness.core.LikenessException;
import org.likeness.core.audit.Actor;
import org.likeness.core.collection.CollectionId;
import org.likeness.core.ingest.FileOutcome;
import org.likeness.core.ingest.ImportId;
import org.likeness.core.ingest.ImportRun;
import org.likeness.core.photo.AlignedCrop;
import org.likeness.core.photo.Box;
import org.likeness.core.photo.CameraNotes;
import org.likeness.core.photo.Derivatives;
import org.likeness.core.photo.Face;
import org.likeness.core.photo.FaceId;
import org.likeness.core.photo.Photo;
import org.likeness.core.photo.PhotoArea;
import org.likeness.core.photo.PhotoFiles;
import org.likeness.core.photo.PhotoId;
import org.likeness.core.photo.Storage;
import org.likeness.core.photo.TimelineFilter;
import org.likeness.core.photo.TimelineLayout;
import org.likeness.core.photo.TimelinePhoto;
import org.likeness.core.photo.TimelinePosition;
import org.likeness.core.records.ReadTransaction;
import org.likeness.core.records.Records;
import org.likeness.core.records.SignalsReading;
import org.likeness.core.records.TimelineReading;
import org.likeness.core.source.Grant;
import org.likeness.core.source.Source;
import org.likeness.core.source.SourceId;

/// Looking at a collection: its photos in order, their pictures, and what became of its imports.
/// Photos that a signal or
/// a demand keeps out are not shown here. Thread-safe; got from [Likeness#browse].
public final class BrowseDesk {
    /// The longer side of the picture that fills a screen, in pixels.
    public static final int PREVIEW_PX = 2048;

    /// The longer side of the picture of a face, in pixels.
    public static final int PORTRAIT_PX = 256;

    /// Below this many pixels a picture of a face from the thumbnail is too coarse.
    private static final int PORTRAIT_ENOUGH_PX = 160;

    /// How many times as wide as a face its picture is.
    private static final double PORTRAIT_TIMES = 1.8;

    /// More places than this nobody looks through.
    private static final int AREAS_MAX = 100;

    private static final int THUMBNAIL_PX = 512;

    private final Records records;
    private final PhotoFiles files;
    private final Function<CollectionId, Engine> engines;
    private final long previewBytesMax;
    private final Clock clock;

    BrowseDesk(
            Records records, PhotoFiles files, Function<CollectionId, Engine> engines, Settings settings, Clock clock) {
        this.records = records;
        this.files = files;
        this.engines = engines;
        this.previewBytesMax = (long) settings.previewMegabytesMax() << 20;
        this.clock = clock;
    }

    /// A photo among its neighbours.
    ///
    /// @param faces largest first, without those a demand keeps out
    /// @param position where it stands in the order of all
    /// @param newer the one before it in the order
    /// @param older the one after it
    public record Seen(
            Photo photo,
            List<Face> faces,
            TimelinePosition position,
            Optional<PhotoId> newer,
            Optional<PhotoId> older) {
        public Seen {
            faces = List.copyOf(faces);
        }
    }

    /// The photos from a position on, that one included; from the newest on when there is none.
    public List<TimelinePhoto> page(TimelineFilter filter, Optional<TimelinePosition> from, int limit) {
        return records.read(tx -> tx.timeline(clock.instant()).page(filter, from, limit));
    }

    public TimelineLayout layout(TimelineFilter filter) {
        return records.read(tx -> tx.timeline(clock.instant()).layout(filter));
    }

    /// Where the photos of a collection were taken that say so, most photos first.
    public List<PhotoArea> areas(CollectionId collection) {
        return records.read(tx -> tx.timeline(clock.instant()).areas(TimelineFilter.all(collection), AREAS_MAX));
    }

    /// The photo shown on a collection's card: its newest.
    public Optional<PhotoId> cover(CollectionId collection) {
        return page(TimelineFilter.all(collection), Optional.empty(), 1).stream()
                .map(TimelinePhoto::id)
                .findFirst();
    }

    /// A photo of a collection.
    ///
    /// @throws LikenessException NOT_FOUND when the collection has none with this id that is shown
    public Seen photo(CollectionId collection, PhotoId id) {
        return records.read(tx -> {
            Photo photo = shown(tx, collection, id);
            TimelineFilter all = TimelineFilter.all(collection);
            TimelinePosition position = tx.timeline(clock.instant()).positionOf(id);
            return new Seen(
                    photo,
                    tx.faces(id).stream()
                            .filter(face -> !tx.demands().isHeld(face.id().value()))
                            .toList(),
                    position,
                    tx.timeline(clock.instant()).newer(all, position).map(TimelinePhoto::id),
                    tx.timeline(clock.instant()).older(all, position).map(TimelinePhoto::id));
        });
    }

    private Photo shown(ReadTransaction tx, CollectionId collection, PhotoId id) {
        return tx.photo(id)
                .filter(photo -> photo.collection().equals(collection))
                .filter(tx.timeline(clock.instant())::shows)
                .orElseThrow(() -> new LikenessException(
                                LikenessException.Kind.NOT_FOUND,
                                "there is no such photo here\nIt may have been deleted, or is kept out.")
                        .called("photo.none"));
    }

    /// Whether a photo of a collection is shown: it is there, and nothing keeps it out.
    public boolean shows(CollectionId collection, PhotoId id) {
        return records.read(tx -> tx.photo(id)
                .filter(photo -> photo.collection().equals(collection))
                .filter(tx.timeline(clock.instant())::shows)
                .isPresent());
    }

    /// Whether a face of a collection is shown.
    public boolean shows(CollectionId collection, FaceId id) {
        Optional<Face> face = records.read(tx -> tx.demands()
                .face(id)
                .filter(found -> !tx.demands().isHeld(found.id().value())));
        return face.isPresent() && shows(collection, face.get().photo());
    }

    /// Why a face is not found by a search, though it is in a photo that is shown.
    public enum NotSearchable {
        /// Its source did not allow face search, or not any more.
        NO_GRANT,
        /// It has no template: its collection rests on nothing recorded yet, or its time is over. Not in
        /// an event, which keeps none and makes them while it searches for somebody who agreed.
        NO_TEMPLATE
    }

    /// Of a photo's faces, those that no search finds, with the reason.
    ///
    /// @throws LikenessException NOT_FOUND as [#photo]
    public Map<FaceId, NotSearchable> notSearchable(CollectionId collection, PhotoId id) {
        Instant now = clock.instant();
        return records.read(tx -> {
            shown(tx, collection, id);
            List<FaceId> faces = tx.faces(id).stream().map(Face::id).toList();
            Set<FaceId> allowed = tx.searchable(collection, faces, now).stream()
                    .map(found -> found.face().id())
                    .collect(Collectors.toSet());
            boolean kept = tx.collection(collection).orElseThrow().profile().keepsUnknownTemplates();
            Set<FaceId> made = kept ? tx.withTemplate(collection, faces, now) : allowed;
            Map<FaceId, NotSearchable> reasons = new LinkedHashMap<>();
            for (FaceId face : faces) {
                if (!allowed.contains(face)) {
                    reasons.put(face, NotSearchable.NO_GRANT);
                } else if (!made.contains(face)) {
                    reasons.put(face, NotSearchable.NO_TEMPLATE);
                }
            }
            return reasons;
        });
    }

    /// From whom a photo is, under which grant, by which import, and what it says of itself.
    ///
    /// @param by empty when the record of the import is gone
    public record Origin(Source source, Grant grant, Optional<ImportRun> by, List<SignalsReading.Kept> signals) {
        public Origin {
            signals = List.copyOf(signals);
        }
    }

    /// @throws LikenessException NOT_FOUND as [#photo]
    public Origin origin(CollectionId collection, PhotoId id) {
        return records.read(tx -> {
            Photo photo = shown(tx, collection, id);
            return new Origin(
                    source(tx, collection, photo.source()),
                    tx.grant(photo.grant()).orElseThrow(),
                    tx.timeline(clock.instant()).importOf(id),
                    tx.signals().of(id));
        });
    }

    private static Source source(ReadTransaction tx, CollectionId collection, SourceId id) {
        return tx.sources(collection).stream()
                .filter(source -> source.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    /// The bytes as they were imported.
    ///
    /// @throws LikenessException NOT_FOUND as [#photo]; UNAVAILABLE when a linked file is gone, or holds
    ///     something else now
    public Path original(CollectionId collection, PhotoId id) {
        Photo photo = records.read(tx -> shown(tx, collection, id));
        Path file = files.original(photo);
        try {
            if (Files.isRegularFile(file)
                    && (photo.storage() == Storage.COPY || Hashes.of(file).equals(photo.sha256()))) {
                return file;
            }
        } catch (IOException _) {
            // said below
        }
        throw moved();
    }

    private static LikenessException moved() {
        return new LikenessException(
                        LikenessException.Kind.UNAVAILABLE,
                        "the photo's file is not where it was, or is another one now\nPut it back, or erase the photo.")
                .called("disk.photo");
    }

    /// What the camera wrote into the photo's file: camera, lens, exposure, place.
    ///
    /// @throws LikenessException as [#original]
    public CameraNotes notes(CollectionId collection, PhotoId id) {
        Photo photo = records.read(tx -> shown(tx, collection, id));
        Engine engine = engines.apply(collection);
        return engine.derivatives().original(photo, engine.reader()::notes).orElseThrow(BrowseDesk::moved);
    }

    /// A picture of at most 512 pixels, made again when it is missing.
    public byte[] thumbnail(CollectionId collection, PhotoId id) {
        Photo photo = records.read(tx -> shown(tx, collection, id));
        Path file = engines.apply(collection).derivatives().thumbnail(photo).orElseThrow(BrowseDesk::gone);
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new LikenessException(LikenessException.Kind.UNAVAILABLE, "a thumbnail cannot be read\nTry again.", e)
                    .called("disk.data");
        }
    }

    /// A picture that fills a screen, without any metadata. Made when it is asked for the first time, once for all
    /// who ask at the same time, and kept as long as the settings have room for it.
    ///
    /// @throws LikenessException as [#original] when none is kept
    public byte[] preview(CollectionId collection, PhotoId id) {
        Photo photo = records.read(tx -> shown(tx, collection, id));
        Engine engine = engines.apply(collection);
        Derivatives derivatives = engine.derivatives();
        return derivatives
                .keptPreview(photo)
                .orElseGet(() -> engine.pictures()
                        .make(
                                id,
                                () -> derivatives.makePreview(photo, PREVIEW_PX).orElseThrow(BrowseDesk::moved)));
    }

    /// Deletes the previews that nobody looked at for longest, when they take more room than the settings give
    /// them.
    void trimPreviews() {
        try {
            files.trimPreviews(previewBytesMax);
        } catch (IOException e) {
            throw new LikenessException(
                            LikenessException.Kind.UNAVAILABLE,
                            "previews cannot be deleted\nAllow writing in the data directory.",
                            e)
                    .called("disk.data");
        }
    }

    /// A face, upright and close, as a PNG: what is compared, so without what is around it.
    ///
    /// @throws LikenessException NOT_FOUND when the collection has no such face, or a demand keeps
    ///     it out
    public byte[] face(CollectionId collection, FaceId id) {
        FaceIn found = faceIn(collection, id);
        return engines.apply(collection)
                .derivatives()
                .crop(found.photo(), found.face(), found::all)
                .map(AlignedCrop::png)
                .orElseThrow(BrowseDesk::gone);
    }

    /// A face with what is around it, as a JPEG of at most [#PORTRAIT_PX] without any metadata: for people
    /// to look at. Cut from the thumbnail where the face is large enough in it, which takes less time.
    ///
    /// @throws LikenessException as [#face]; UNAVAILABLE as [#original]
    public byte[] portrait(CollectionId collection, FaceId id) {
        FaceIn found = faceIn(collection, id);
        Photo photo = found.photo();
        Box part = found.face().box().around(PORTRAIT_TIMES, photo.width(), photo.height());
        Engine engine = engines.apply(collection);
        double scale = Math.min(1, (double) THUMBNAIL_PX / Math.max(photo.width(), photo.height()));
        return engine.pictures().make(id, () -> {
            if (scale * part.width() >= PORTRAIT_ENOUGH_PX) {
                Optional<Path> thumbnail = engine.derivatives().thumbnail(photo);
                if (thumbnail.isPresent()) {
                    return engine.reader().cutout(thumbnail.get(), part.scaled(scale), PORTRAIT_PX);
                }
            }
            return engine.derivatives()
                    .original(photo, file -> engine.reader().cutout(file, part, PORTRAIT_PX))
                    .orElseThrow(BrowseDesk::moved);
        });
    }

    private record FaceIn(Photo photo, Face face, List<Face> all) {}

    private FaceIn faceIn(CollectionId collection, FaceId id) {
        return records.read(tx -> {
            PhotoId in = tx.demands().face(id).map(Face::photo).orElseThrow(BrowseDesk::gone);
            if (tx.demands().isHeld(id.value())) {
                throw gone();
            }
            List<Face> all = tx.faces(in);
            Face face = all.stream()
                    .filter(each -> each.id().equals(id))
                    .findFirst()
                    .orElseThrow(BrowseDesk::gone);
            return new FaceIn(shown(tx, collection, in), face, all);
        });
    }

    /// The imports into a collection, newest first, after the given one.
    public List<ImportRun> imports(CollectionId collection, Optional<ImportId> after, int limit) {
        return records.read(tx -> tx.timeline(clock.instant()).imports(collection, after, limit));
    }

    /// What became of an import.
    ///
    /// @param startedBy empty when the log does not reach back that far
    /// @param totals how many files ended in which way
    public record Report(
            ImportRun run,
            Source source,
            Grant grant,
            Optional<Actor> startedBy,
            Map<FileOutcome.Result, Long> totals) {
        public Report {
            totals = Map.copyOf(totals);
        }
    }

    /// @throws LikenessException NOT_FOUND when the collection has no such import
    public Report report(CollectionId collection, ImportId id) {
        return records.read(tx -> {
            ImportRun run = run(tx, collection, id);
            Grant grant = tx.grant(run.grant()).orElseThrow();
            return new Report(
                    run,
                    source(tx, collection, grant.source()),
                    grant,
                    tx.timeline(clock.instant()).startedBy(id),
                    tx.timeline(clock.instant()).totals(id));
        });
    }

    /// The files of an import that ended in this way, in the order they ended.
    ///
    /// @param afterSequence of the last one of the page before; 0 for the first page
    /// @throws LikenessException NOT_FOUND when the collection has no such import
    public List<TimelineReading.Ended> ended(
            CollectionId collection, ImportId id, FileOutcome.Result result, long afterSequence, int limit) {
        return records.read(
                tx -> tx.timeline(clock.instant()).ended(run(tx, collection, id).id(), result, afterSequence, limit));
    }

    /// What became of the files of an import, in the order they ended.
    ///
    /// @throws LikenessException NOT_FOUND when the collection has no such import
    public List<FileOutcome> outcomes(CollectionId collection, ImportId id) {
        return records.read(tx -> tx.outcomes(run(tx, collection, id).id()));
    }

    /// What to import again of an import: the files that failed or were refused and are still where they
    /// were. What stays out, stays out.
    ///
    /// @param source under whose grant in force
    /// @param gone how many are not there any more, as what was uploaded
    record Again(String source, Storage storage, List<Path> paths, int gone) {
        /// Names of files name people, so they are not printed.
        @Override
        public String toString() {
            return "Again[" + paths.size() + " paths]";
        }
    }

    Again again(CollectionId collection, ImportId id) {
        Report report = report(collection, id);
        List<Path> paths = records.read(tx -> tx.outcomes(id)).stream()
                .filter(outcome ->
                        outcome.result() == FileOutcome.Result.FAILED || outcome.result() == FileOutcome.Result.REFUSED)
                .map(outcome -> Path.of(URI.create(outcome.location())))
                .distinct()
                .toList();
        List<Path> there = paths.stream().filter(Files::exists).toList();
        return new Again(report.source().name(), report.run().storage(), there, paths.size() - there.size());
    }

    /// How much a collection holds, whatever is kept out.
    public TimelineReading.Size size(CollectionId collection) {
        return records.read(tx -> tx.timeline(clock.instant()).size(collection));
    }

    private static ImportRun run(ReadTransaction tx, CollectionId collection, ImportId id) {
        return tx.importRun(id)
                .filter(run -> run.collection().equals(collection))
                .orElseThrow(() -> new LikenessException(
                                LikenessException.Kind.NOT_FOUND, "there is no such import\nSee the imports.")
                        .called("import.none"));
    }

    private static LikenessException gone() {
        return new LikenessException(
                        LikenessException.Kind.NOT_FOUND, "there is no such picture\nThe photo may have been deleted.")
                .called("photo.no-picture");
    }
}
