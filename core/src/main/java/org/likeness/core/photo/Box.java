package org.likeness.core.photo;

/// A rectangle in an upright photo (EXIF orientation applied), in pixels of the full-size photo. It may reach
/// over the
/// photo's edge, as faces do. Immutable.
///
/// @param x left edge
/// @param y top edge
/// @param width more than 0
/// @param height more than 0; the "size" of a face everywhere in Likeness
public record Box(double x, double y, double width, double height) {
    public Box {
        if (!(width > 0) || !(height > 0) || !Double.isFinite(x + y + width + height)) {
            throw new IllegalArgumentException(
                    "box must be finite with a positive size but is " + x + "," + y + " " + width + "x" + height);
        }
    }

    /// The square around the middle of this box, its side this many times the longer one, moved and if need
    /// be cut so that it lies within a photo.
    public Box around(double times, int photoWidth, int photoHeight) {
        double side = times * Math.max(width, height);
        double w = Math.min(side, photoWidth);
        double h = Math.min(side, photoHeight);
        return new Box(
                Math.clamp(x + width / 2 - w / 2, 0, photoWidth - w),
                Math.clamp(y + height / 2 - h / 2, 0, photoHeight - h),
                w,
                h);
    }

    public Box scaled(double factor) {
        return new Box(factor * x, factor * y, factor * width, factor * height);
    }

    /// The area both share over the area either covers, in [0, 1].
    public double iou(Box other) {
        double shared = shared(other);
        return shared / (width * height + other.width * other.height - shared);
    }

    /// The area both share over the area of the smaller, in [0, 1].
    public double overlapOfSmaller(Box other) {
        return shared(other) / Math.min(width * height, other.width * other.height);
    }

    private double shared(Box other) {
        double w = Math.min(x + width, other.x + other.width) - Math.max(x, other.x);
        double h = Math.min(y + height, other.y + other.height) - Math.max(y, other.y);
        return Math.max(0, w) * Math.max(0, h);
    }
}
