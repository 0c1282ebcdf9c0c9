package org.likeness.vision;

import org.likeness.core.photo.PhotoReading.Reason;

/// How large a photo may be before anything is decoded.
///
/// @param pixelsMax width times height, at most 1,000,000,000
/// @param sideMax pixels along the longer side
record PhotoLimits(long pixelsMax, int sideMax) {
    static final PhotoLimits DEFAULT = new PhotoLimits(200_000_000L, 65_535);

    PhotoLimits {
        if (pixelsMax < 1 || pixelsMax > 1_000_000_000L) {
            throw new IllegalArgumentException("pixelsMax must be in [1, 1000000000] but is " + pixelsMax);
        }
        if (sideMax < 1 || sideMax > 65_535) {
            throw new IllegalArgumentException("sideMax must be in [1, 65535] but is " + sideMax);
        }
    }

    /// Refuses sizes that are not positive or beyond the limits. Takes `long` because headers hold unsigned
    /// numbers.
    void check(long width, long height) throws UnreadableException {
        if (width < 1 || height < 1) {
            throw UnreadableException.damaged("The header gives a size of " + width + "x" + height + " pixels");
        }
        if (width > sideMax || height > sideMax || width * height > pixelsMax) {
            throw new UnreadableException(
                    Reason.TOO_MANY_PIXELS,
                    "The photo has " + width + "x" + height + " pixels; at most " + sideMax + " a side and " + pixelsMax
                            + " in all are read. Export it smaller.");
        }
    }
}
