package org.likeness.core.photo;

/// A face turned upright and scaled to its model's input geometry, as a PNG (lossless, so that comparing it later
/// gives exactly what comparing it at import gave). A derivative: it can be rebuilt from the photo. Immutable.
public final class AlignedCrop {
    private final byte[] png;

    public AlignedCrop(byte[] png) {
        this.png = png.clone();
    }

    public byte[] png() {
        return png.clone();
    }

    @Override
    public String toString() {
        return "AlignedCrop[" + png.length + " bytes]";
    }
}
