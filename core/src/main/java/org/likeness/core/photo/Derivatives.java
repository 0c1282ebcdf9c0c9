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

/// Thumbnails and aligned crops, rebuilt from the photo when they are missing: nothing that can be derived is
/// ever the
/// only copy. Thread-safe.
public final class Derivatives {
    /// Detection is deterministic, so the same face comes out at the same place; less than this and it is
    /// another one.
    private static final double SAME_FACE_IOU = 0.9;

    private final PhotoFiles files;
    private final FaceReader reader;

    public Derivatives(PhotoFiles files, FaceReader reader) {
        this.files = files;
        this.reader = reader;
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
            }
            return files.thumbnail(photo.collection(), photo.id());
        } catch (IOException e) {
            throw unwritable(e);
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
                "a derivative could not be read or written\nCheck free space and permissions of the data directory.",
                e);
    }
}
