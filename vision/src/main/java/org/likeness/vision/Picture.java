package org.likeness.vision;

/// An upright picture in memory: 8-bit sRGB, three bytes a pixel (R, G, B), rows without padding. Confined to the
/// thread that analyses the photo; the array is shared on purpose, nobody changes it after construction.
final class Picture {
    private final int width;
    private final int height;
    private final byte[] rgb;

    /// @param rgb `width * height * 3` bytes, owned by this object from now on
    Picture(int width, int height, byte[] rgb) {
        if (width < 1 || height < 1 || rgb.length != Math.multiplyExact(Math.multiplyExact(width, height), 3)) {
            throw new IllegalArgumentException("picture of " + width + "x" + height + " has " + rgb.length + " bytes");
        }
        this.width = width;
        this.height = height;
        this.rgb = rgb;
    }

    int width() {
        return width;
    }

    int height() {
        return height;
    }

    /// The pixels themselves, not a copy.
    byte[] rgb() {
        return rgb;
    }
}
