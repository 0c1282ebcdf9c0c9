package org.likeness.library;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import org.likeness.core.LikenessException;
import org.likeness.core.collection.CollectionId;
import org.likeness.core.ingest.FileOutcome;
import org.likeness.core.ingest.ImportId;
import org.likeness.core.ingest.ImportRun;
import org.likeness.core.photo.AlignedCrop;
import org.likeness.core.photo.CameraNotes;
import org.likeness.core.photo.Face;
import org.likeness.core.photo.FaceId;
import org.likeness.core.photo.Photo;
import org.likeness.core.photo.PhotoFiles;
import org.likeness.core.photo.PhotoId;
import org.likeness.core.photo.TimelineFilter;
import org.likeness.core.photo.TimelineLayout;
import org.likeness.core.photo.TimelinePhoto;
import org.likeness.core.photo.TimelinePosition;
import org.likeness.core.records.ReadTransaction;
import org.likeness.core.records.Records;

/// Looking at a collection: its photos in order, their pictures, and what became of its imports.
/// Photos that a signal or
/// a demand keeps out are not shown here. Thread-safe; got from [Likeness#browse].
public final class BrowseDesk {
    /// The longer side of the picture that fills a screen, in pixels.
    public static final int PREVIEW_PX = 2048;

    /// Decoding takes memory by the photo's size, so only so many at once.
    private static final Semaphore DECODING = new Semaphore(2);

    private final Records records;
    private final PhotoFiles files;
    private final Function<CollectionId, Engine> engines;
    private final Clock clock;

    BrowseDesk(Records records, PhotoFiles files, Function<CollectionId, Engine> engines, Clock clock) {
        this.records = records;
        this.files = files;
        this.engines = engines;
        this.clock = clock;
    }

    /// A photo among its neighbours.
    ///
    /// @param faces largest first, without those a demand keeps out
    /// @param newer the one before it in the order
    /// @param older the one after it
    public record Seen(Photo photo, List<Face> faces, Optional<PhotoId> newer, Optional<PhotoId> older) {
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
                        "there is no such photo here\nIt may have been deleted, or is kept out."));
    }

    /// The bytes as they were imported.
    ///
    /// @throws LikenessException NOT_FOUND as [#photo]; UNAVAILABLE when a linked file is gone
    public Path original(CollectionId collection, PhotoId id) {
        Photo photo = records.read(tx -> shown(tx, collection, id));
        Path file = files.original(photo);
        if (!Files.isReadable(file)) {
            throw new LikenessException(
                    LikenessException.Kind.UNAVAILABLE,
                    "the photo's file is not where it was\nPut it back, or erase the photo.");
        }
        return file;
    }

    /// What the camera wrote into the photo's file: camera, lens, exposure, place.
    ///
    /// @throws LikenessException as [#original]
    public CameraNotes notes(CollectionId collection, PhotoId id) {
        return engines.apply(collection).reader().notes(original(collection, id));
    }

    /// A picture of at most 512 pixels, made again when it is missing.
    public byte[] thumbnail(CollectionId collection, PhotoId id) {
        Photo photo = records.read(tx -> shown(tx, collection, id));
        Path file = engines.apply(collection).derivatives().thumbnail(photo).orElseThrow(BrowseDesk::gone);
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new LikenessException(
                    LikenessException.Kind.UNAVAILABLE, "a thumbnail cannot be read\nTry again.", e);
        }
    }

    /// A picture that fills a screen, without any metadata. Made when asked for, and kept nowhere.
    public byte[] preview(CollectionId collection, PhotoId id) {
        Path file = original(collection, id);
        DECODING.acquireUninterruptibly();
        try {
            return engines.apply(collection).reader().preview(file, PREVIEW_PX);
        } finally {
            DECODING.release();
        }
    }

    /// A face, upright and close, as a PNG.
    ///
    /// @throws LikenessException NOT_FOUND when the collection has no such face, or a demand keeps
    ///     it out
    public byte[] face(CollectionId collection, FaceId id) {
        record Found(Photo photo, Face face, List<Face> all) {}
        Found found = records.read(tx -> {
            PhotoId in = tx.demands().face(id).map(Face::photo).orElseThrow(BrowseDesk::gone);
            if (tx.demands().isHeld(id.value())) {
                throw gone();
            }
            List<Face> all = tx.faces(in);
            Face face = all.stream()
                    .filter(each -> each.id().equals(id))
                    .findFirst()
                    .orElseThrow(BrowseDesk::gone);
            return new Found(shown(tx, collection, in), face, all);
        });
        return engines.apply(collection)
                .derivatives()
                .crop(found.photo(), found.face(), found::all)
                .map(AlignedCrop::png)
                .orElseThrow(BrowseDesk::gone);
    }

    /// The imports into a collection, newest first, after the given one.
    public List<ImportRun> imports(CollectionId collection, Optional<ImportId> after, int limit) {
        return records.read(tx -> tx.timeline(clock.instant()).imports(collection, after, limit));
    }

    /// What became of the files of an import, in the order they ended.
    ///
    /// @throws LikenessException NOT_FOUND when the collection has no such import
    public List<FileOutcome> outcomes(CollectionId collection, ImportId id) {
        return records.read(tx -> {
            boolean known = tx.importRun(id)
                    .map(run -> run.collection().equals(collection))
                    .orElse(false);
            if (!known) {
                throw new LikenessException(
                        LikenessException.Kind.NOT_FOUND, "there is no such import\nSee the imports.");
            }
            return tx.outcomes(id);
        });
    }

    private static LikenessException gone() {
        return new LikenessException(
                LikenessException.Kind.NOT_FOUND, "there is no such picture\nThe photo may have been deleted.");
    }
}
