package org.likeness.vision;

import java.time.LocalDateTime;
import java.util.Optional;
import org.likeness.core.LikenessException;
import org.likeness.core.photo.MediaType;
import org.likeness.core.photo.Place;
import org.likeness.vision.Orientation.Area;

/// A decoded photo that keeps its decoder's frame and converts from it only what is asked for.
final class FramePhoto implements DecodedPhoto {
    private final Frame frame;
    private final Area visible;
    private final MediaType mediaType;
    private final Orientation orientation;
    private final Exif exif;
    private final PixelBudget.Share share;
    private boolean closed;

    /// @param frame owned by this photo from now on, as is the share
    /// @param visible the part of the frame that is the photo
    FramePhoto(
            Frame frame,
            Area visible,
            MediaType mediaType,
            Orientation orientation,
            Exif exif,
            PixelBudget.Share share) {
        this.frame = frame;
        this.visible = visible;
        this.mediaType = mediaType;
        this.orientation = orientation;
        this.exif = exif;
        this.share = share;
    }

    @Override
    public MediaType mediaType() {
        return mediaType;
    }

    @Override
    public int width() {
        return orientation.uprightWidth(visible.width(), visible.height());
    }

    @Override
    public int height() {
        return orientation.uprightHeight(visible.width(), visible.height());
    }

    @Override
    public Optional<LocalDateTime> takenAt() {
        return exif.takenAt();
    }

    @Override
    public Optional<Place> place() {
        return exif.notes().place();
    }

    @Override
    public Picture scaled(int longSideMax) {
        return region(0, 0, width(), height(), longSideMax);
    }

    @Override
    public Picture region(int x, int y, int width, int height, int longSideMax) {
        if (width < 1 || height < 1 || longSideMax < 1) {
            throw new IllegalArgumentException(
                    "region of " + width + "x" + height + " to at most " + longSideMax + " must be positive");
        }
        var scale = Math.min(1.0, (double) longSideMax / Math.max(width, height));
        var outWidth = side(width, scale);
        var outHeight = side(height, scale);
        var left = Math.max(0, x);
        var top = Math.max(0, y);
        var right = (int) Math.min(width(), (long) x + width);
        var bottom = (int) Math.min(height(), (long) y + height);
        if (left >= right || top >= bottom) {
            return new Picture(outWidth, outHeight, black(outWidth, outHeight));
        }
        var inside = new Area(left, top, right - left, bottom - top);
        var outLeft = Math.min(outWidth - 1, (int) Math.round((left - (double) x) * scale));
        var outTop = Math.min(outHeight - 1, (int) Math.round((top - (double) y) * scale));
        var outRight = Math.clamp(Math.round((right - (double) x) * scale), outLeft + 1, outWidth);
        var outBottom = Math.clamp(Math.round((bottom - (double) y) * scale), outTop + 1, outHeight);
        var part = convert(inside, outRight - outLeft, outBottom - outTop);
        return part.width() == outWidth && part.height() == outHeight
                ? part
                : onBlack(part, outLeft, outTop, outWidth, outHeight);
    }

    private static int side(int length, double scale) {
        return Math.max(1, (int) Math.round(length * scale));
    }

    private Picture convert(Area upright, int width, int height) {
        if (closed) {
            throw new IllegalStateException("the photo is closed");
        }
        var stored = orientation.toStored(upright, visible.width(), visible.height());
        var place = new Area(visible.x() + stored.x(), visible.y() + stored.y(), stored.width(), stored.height());
        try {
            var turned = orientation.transposed();
            return orientation.upright(frame.picture(place, turned ? height : width, turned ? width : height));
        } catch (UnreadableException e) {
            // The frame's format was checked when it was decoded, so what is left is a lack of memory.
            throw new LikenessException(
                            LikenessException.Kind.UNAVAILABLE,
                            "a decoded photo could not be scaled to " + width + "x" + height + "\nRepeat the import.",
                            e)
                    .called("machine.memory");
        }
    }

    private static byte[] black(int width, int height) {
        return new byte[Math.multiplyExact(Math.multiplyExact(width, height), 3)];
    }

    private static Picture onBlack(Picture part, int left, int top, int width, int height) {
        var rgb = black(width, height);
        for (int row = 0; row < part.height(); row++) {
            var rowBytes = part.width() * 3;
            System.arraycopy(part.rgb(), row * rowBytes, rgb, ((top + row) * width + left) * 3, rowBytes);
        }
        return new Picture(width, height, rgb);
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            frame.close();
            share.close();
        }
    }
}
