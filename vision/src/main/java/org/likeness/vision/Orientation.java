package org.likeness.vision;

/// How stored pixels lie relative to the upright photo: one of the eight turns and mirrors of a rectangle.
///
/// The upright pixel (u, v) is found in the stored picture like this: swap u and v when `transposed`, then
/// count from
/// the right edge when `flippedX` and from the bottom edge when `flippedY`.
record Orientation(boolean transposed, boolean flippedX, boolean flippedY) {
    static final Orientation UPRIGHT = new Orientation(false, false, false);

    /// By the EXIF tag 0x0112 (EXIF 2.32, section 4.6.4); anything outside 1 to 8 counts as upright, as viewers
    /// do.
    static Orientation ofExif(int tag) {
        return switch (tag) {
            case 2 -> new Orientation(false, true, false);
            case 3 -> new Orientation(false, true, true);
            case 4 -> new Orientation(false, false, true);
            case 5 -> new Orientation(true, false, false);
            case 6 -> new Orientation(true, false, true);
            case 7 -> new Orientation(true, true, true);
            case 8 -> new Orientation(true, true, false);
            default -> UPRIGHT;
        };
    }

    /// A HEIF `irot` property: quarter turns against the clock (ISO/IEC 23008-12, 6.5.10).
    static Orientation ofQuarterTurns(int antiClockwise) {
        return switch (antiClockwise & 3) {
            case 1 -> ofExif(8);
            case 2 -> ofExif(3);
            case 3 -> ofExif(6);
            default -> UPRIGHT;
        };
    }

    /// A HEIF `imir` property: axis 0 exchanges top and bottom, 1 left and right (ISO/IEC 23008-12, 6.5.12).
    static Orientation ofMirror(int axis) {
        return new Orientation(false, axis == 1, axis == 0);
    }

    /// This one first, the next one on its result.
    Orientation then(Orientation next) {
        return new Orientation(
                transposed ^ next.transposed,
                flippedX ^ (transposed ? next.flippedY : next.flippedX),
                flippedY ^ (transposed ? next.flippedX : next.flippedY));
    }

    int uprightWidth(int storedWidth, int storedHeight) {
        return transposed ? storedHeight : storedWidth;
    }

    int uprightHeight(int storedWidth, int storedHeight) {
        return transposed ? storedWidth : storedHeight;
    }

    /// Where a rectangle of the upright photo lies in the stored picture of this size.
    Area toStored(Area upright, int storedWidth, int storedHeight) {
        var x = transposed ? upright.y() : upright.x();
        var y = transposed ? upright.x() : upright.y();
        var width = transposed ? upright.height() : upright.width();
        var height = transposed ? upright.width() : upright.height();
        return new Area(
                flippedX ? storedWidth - x - width : x, flippedY ? storedHeight - y - height : y, width, height);
    }

    /// The stored picture turned upright; the same object when nothing is to be done.
    Picture upright(Picture stored) {
        if (equals(UPRIGHT)) {
            return stored;
        }
        var width = uprightWidth(stored.width(), stored.height());
        var height = uprightHeight(stored.width(), stored.height());
        var from = stored.rgb();
        var to = new byte[from.length];
        var columnStep = (transposed ? stored.width() : 1) * 3;
        var rowStep = (transposed ? 1 : stored.width()) * 3;
        var start = 0;
        if (flippedX) {
            start += (stored.width() - 1) * 3;
        }
        if (flippedY) {
            start += (stored.height() - 1) * stored.width() * 3;
        }
        if (transposed ? flippedY : flippedX) {
            columnStep = -columnStep;
        }
        if (transposed ? flippedX : flippedY) {
            rowStep = -rowStep;
        }
        var at = 0;
        for (int v = 0; v < height; v++) {
            var pixel = start + v * rowStep;
            for (int u = 0; u < width; u++, pixel += columnStep, at += 3) {
                to[at] = from[pixel];
                to[at + 1] = from[pixel + 1];
                to[at + 2] = from[pixel + 2];
            }
        }
        return new Picture(width, height, to);
    }

    /// A rectangle in pixels; width and height are positive.
    record Area(int x, int y, int width, int height) {}
}
