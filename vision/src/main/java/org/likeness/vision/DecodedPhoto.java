package org.likeness.vision;

import java.time.LocalDateTime;
import java.util.Optional;
import org.likeness.core.photo.MediaType;
import org.likeness.core.photo.Place;

/// A photo whose pixels are decoded but not yet turned into a picture, so that no full-size RGB copy of a large
/// photo
/// is ever made. All sizes and places are of the upright photo (EXIF or container rotation applied). One thread
/// at a
/// time; whoever decoded it closes it, which frees native memory.
interface DecodedPhoto extends AutoCloseable {
    MediaType mediaType();

    /// Pixels, upright.
    int width();

    /// Pixels, upright.
    int height();

    /// The camera's local time (EXIF DateTimeOriginal), when the file has one.
    Optional<LocalDateTime> takenAt();

    /// Where it was taken (EXIF GPS), when the file says so.
    Optional<Place> place();

    /// The whole photo scaled (area averaging when shrinking, never enlarged) so that its longer side is at
    /// most this.
    Picture scaled(int longSideMax);

    /// A region of the photo at full size or shrunk; parts beyond the photo's edge are black.
    ///
    /// @param x left edge, pixels of the upright photo; may be negative
    /// @param longSideMax the longer side of the result is at most this; a smaller region is not enlarged
    Picture region(int x, int y, int width, int height, int longSideMax);

    @Override
    void close();
}
