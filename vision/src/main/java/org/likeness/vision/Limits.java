package org.likeness.vision;

/// How much work one photo may cause. Immutable.
///
/// @param pixelsMax photos with more pixels are refused before they are decoded; from 1 to 1,000,000,000
/// @param passPxMax finest detection pass that is run, by the longer side of its input in pixels. A pass of 2048
///     finds faces half as tall as one of 1024 and costs about four times as much time and memory. The coarsest
///     pass of a pack always runs.
public record Limits(long pixelsMax, int passPxMax) {
    public Limits {
        if (pixelsMax < 1 || pixelsMax > 1_000_000_000L || passPxMax < 1) {
            throw new IllegalArgumentException("limits must be positive and at most 1000000000 pixels but are "
                    + pixelsMax + " pixels and passes of " + passPxMax);
        }
    }

    /// 200 megapixels, which is more than any camera makes, and every pass of the pack.
    public static Limits defaults() {
        return new Limits(200_000_000L, Integer.MAX_VALUE);
    }
}
