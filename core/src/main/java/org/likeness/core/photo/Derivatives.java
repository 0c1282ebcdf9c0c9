package org.likeness.core.photo;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.likeness.core.LikenessException;
import org.likeness.core.photo.AnalysedPhoto.AnalysedFace;

/// Thumbnails, previews and aligned crops, rebuilt from the photo when they are missing: nothing that can be
/// derived is ever the only copy. What is written while its photo is erased is deleted again: the records
/// are asked after writing, and an erasure deletes files after it changed the records. Thread-safe.
public final class Derivatives {
    /// Detection is deterministic, so the same face comes out at the same place; less than this and it is
    /// another one.
    private static final double SAME_FACE_IOU = 0.9;

    private static final System.Logger LOG = System.getLogger(Derivatives.class.getName());

    private final PhotoFiles files;
    private final FaceReader reader;
    private final Standing standing;

    /// What the records say of a photo now.
    @FunctionalInterface
    public interface Standing {
        /// Whether there is such a photo, which no demand keeps out.
        boolean isThere(PhotoId photo);
    }

    public Derivatives(PhotoFiles files, FaceReader reader, Standing standing) {
        this.files = files;
        this.reader = reader;
        this.standing = standing;
    }

    /// A face's aligned crop; empty when it is missing and the photo it could be cut from is gone or damaged.
    ///
    /// @param all gives the faces of the photo, so that rebuilding one rebuilds its neighbours; asked only then
    public Optional<AlignedCrop> crop(Photo photo, Face face, Supplier<List<Face>> all) {
        try {
            Optional<AlignedCrop> crop = files.crop(photo.collection(), face.id());
            if (crop.isPresent()) {
                return crop;
            }
            rebuild(photo, all.get());
            return files.crop(photo.collection(), face.id());
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    /// Where a photo's thumbnail is; empty when it is missing and the photo is gone or damaged.
    public Optional<Path> thumbnail(Photo photo) {
        Optional<Path> thumbnail = files.thumbnail(photo.collection(), photo.id());
        if (thumbnail.isPresent()) {
            return thumbnail;
        }
        try {
            if (reread(photo, FaceReader.Depth.PICTURE) instanceof PhotoReading.Read(AnalysedPhoto analysed)) {
                files.writeThumbnail(photo.collection(), photo.id(), analysed.thumbnailJpeg());
                removeIfErased(photo, List.of());
            }
            return files.thumbnail(photo.collection(), photo.id());
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    /// The picture of a photo that fills a screen, if one is kept.
    public Optional<byte[]> keptPreview(Photo photo) {
        try {
            return files.preview(photo.collection(), photo.id());
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    /// Makes the picture of a photo that fills a screen, without any metadata, and keeps it; empty when the
    /// original is gone or another one. One that cannot be kept, on a full disk say, is shown all the
    /// same.
    ///
    /// @param longSideMax in pixels
    public Optional<byte[]> makePreview(Photo photo, int longSideMax) {
        Optional<byte[]> made = original(photo, file -> reader.preview(file, longSideMax));
        made.ifPresent(jpeg -> {
            try {
                files.writePreview(photo.collection(), photo.id(), jpeg);
                removeIfErased(photo, List.of());
            } catch (IOException e) {
                LOG.log(
                        System.Logger.Level.WARNING,
                        "a preview cannot be kept: {0}",
                        e.getClass().getSimpleName());
            }
        });
        return made;
    }

    private void removeIfErased(Photo photo, List<FaceId> faces) throws IOException {
        if (!standing.isThere(photo.id())) {
            files.removeDerivatives(photo, faces);
        }
    }

    private void rebuild(Photo photo, List<Face> all) throws IOException {
        if (!(reread(photo, FaceReader.Depth.FACES) instanceof PhotoReading.Read(AnalysedPhoto analysed))) {
            return;
        }
        for (Face face : all) {
            Optional<AnalysedFace> same = analysed.faces().stream()
                    .max(Comparator.comparingDouble(found -> found.box().iou(face.box())))
                    .filter(found -> found.box().iou(face.box()) >= SAME_FACE_IOU);
            if (same.isPresent()) {
                files.writeCrop(photo.collection(), face.id(), same.get().crop());
            }
        }
        removeIfErased(photo, all.stream().map(Face::id).toList());
    }

    private PhotoReading reread(Photo photo, FaceReader.Depth depth) {
        return original(photo, file -> read(file, depth)).orElseGet(Derivatives::gone);
    }

    /// What is read of a photo's original. Of a linked file a copy is read, and only while it holds the
    /// bytes that were imported: its owner may have put something else there. Empty when it does not, or
    /// is gone.
    public <T> Optional<T> original(Photo photo, Function<Path, T> reading) {
        if (photo.storage() == Storage.COPY) {
            return Optional.of(reading.apply(files.original(photo)));
        }
        try {
            PhotoFiles.Staged now = files.stage(photo.collection(), files.original(photo), Storage.LINK);
            try {
                return now.sha256().equals(photo.sha256())
                        ? Optional.of(reading.apply(now.readable()))
                        : Optional.empty();
            } finally {
                files.discard(now);
            }
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    private PhotoReading read(Path file, FaceReader.Depth depth) {
        try {
            return reader.read(file, depth);
        } catch (LikenessException e) {
            if (e.kind() == LikenessException.Kind.UNAVAILABLE) {
                return gone();
            }
            throw e;
        }
    }

    private static PhotoReading gone() {
        return new PhotoReading.Unreadable(PhotoReading.Reason.EMPTY, "The original is not there.");
    }

    private static LikenessException unwritable(IOException e) {
        return new LikenessException(
                        LikenessException.Kind.UNAVAILABLE,
                        "a derivative could not be read or written"
                                + "\nCheck free space and permissions of the data directory.",
                        e)
                .called("disk.data");
    }
}
