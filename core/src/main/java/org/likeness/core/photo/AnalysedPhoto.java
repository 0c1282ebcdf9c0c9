package org.likeness.core.photo;

import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import org.likeness.core.template.Template;

/// What was read from one photo file. Immutable.
public final class AnalysedPhoto {
    private final MediaType mediaType;
    private final int width;
    private final int height;
    private final Optional<LocalDateTime> takenAt;
    private final Optional<Place> place;
    private final byte[] thumbnailJpeg;
    private final Optional<PerceptualHash> looks;
    private final List<AnalysedFace> faces;
    private final List<SkippedFace> skipped;

    /// A face with everything read of it.
    ///
    /// @param template present when templates were asked for, see [FaceReader.Depth]
    public record AnalysedFace(
            Box box,
            Landmarks landmarks,
            Quality quality,
            double detectionScore,
            AlignedCrop crop,
            Optional<Template> template) {}

    /// A region that looked like a face but is not kept.
    public record SkippedFace(Box box, Reason reason) {
        /// Why a region is not kept.
        public enum Reason {
            /// Below the smallest size at which faces can be told apart.
            TOO_SMALL,
            /// Its landmarks do not agree with each other: an object, or a face turned too far to
            /// compare.
            INCONSISTENT
        }
    }

    /// @param width pixels, upright
    /// @param height pixels, upright
    /// @param looks empty for a probe, which nothing is kept of
    /// @param faces largest first
    public AnalysedPhoto(
            MediaType mediaType,
            int width,
            int height,
            Optional<LocalDateTime> takenAt,
            Optional<Place> place,
            byte[] thumbnailJpeg,
            Optional<PerceptualHash> looks,
            List<AnalysedFace> faces,
            List<SkippedFace> skipped) {
        this.mediaType = mediaType;
        this.width = width;
        this.height = height;
        this.takenAt = takenAt;
        this.place = place;
        this.thumbnailJpeg = thumbnailJpeg.clone();
        this.looks = looks;
        this.faces = List.copyOf(faces);
        this.skipped = List.copyOf(skipped);
    }

    public MediaType mediaType() {
        return mediaType;
    }

    public int width() {
        return width;
    }

    public int height() {
        return height;
    }

    public Optional<LocalDateTime> takenAt() {
        return takenAt;
    }

    /// Where it was taken, when the file says so.
    public Optional<Place> place() {
        return place;
    }

    public byte[] thumbnailJpeg() {
        return thumbnailJpeg.clone();
    }

    /// What the picture looks like, for finding nearly the same one again.
    public Optional<PerceptualHash> looks() {
        return looks;
    }

    /// The same photo as if no face had been looked for.
    public AnalysedPhoto withoutFaces() {
        return new AnalysedPhoto(mediaType, width, height, takenAt, place, thumbnailJpeg, looks, List.of(), List.of());
    }

    /// The faces, largest first.
    public List<AnalysedFace> faces() {
        return faces;
    }

    public List<SkippedFace> skipped() {
        return skipped;
    }

    @Override
    public String toString() {
        return "AnalysedPhoto[" + width + "x" + height + ", " + faces.size() + " faces]";
    }
}
