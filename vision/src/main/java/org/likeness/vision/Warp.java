package org.likeness.vision;

/// Resamples pictures through a similarity, with the pixel-centre rule the networks were trained with: the
/// centre of the first pixel is (0.5, 0.5). Java2D shifts by half a pixel, which is why this is not Java2D.
/// Stateless.
final class Warp {
    /// More samples an axis than this gain nothing: whoever reads a photo shrinks it beforehand.
    private static final int SAMPLES_MAX = 6;

    private Warp() {}

    /// Bilinear, edge pixels repeated outwards. When shrinking, each output pixel is the mean of several
    /// samples, so that fine patterns do not alias.
    ///
    /// @param toSource maps output coordinates to coordinates of `source`
    static Picture warp(Picture source, Similarity toSource, int width, int height) {
        int samples = Math.clamp((int) Math.ceil(toSource.scale() - 0.05), 1, SAMPLES_MAX);
        var out = new byte[width * height * 3];
        double step = 1.0 / samples;
        var sum = new float[3];
        for (int y = 0, at = 0; y < height; y++) {
            for (int x = 0; x < width; x++, at += 3) {
                sum[0] = sum[1] = sum[2] = 0;
                for (int j = 0; j < samples; j++) {
                    for (int i = 0; i < samples; i++) {
                        double ox = x + (i + 0.5) * step;
                        double oy = y + (j + 0.5) * step;
                        add(
                                source,
                                (float) (toSource.a() * ox - toSource.b() * oy + toSource.tx() - 0.5),
                                (float) (toSource.b() * ox + toSource.a() * oy + toSource.ty() - 0.5),
                                sum);
                    }
                }
                float n = samples * samples;
                for (int c = 0; c < 3; c++) {
                    out[at + c] = (byte) (int) (sum[c] / n + 0.5f);
                }
            }
        }
        return new Picture(width, height, out);
    }

    /// Adds the colour at (`x`, `y`), counted from pixel centres.
    private static void add(Picture source, float x, float y, float[] sum) {
        int w = source.width();
        int h = source.height();
        byte[] rgb = source.rgb();
        float cx = Math.clamp(x, 0, w - 1);
        float cy = Math.clamp(y, 0, h - 1);
        int x0 = (int) cx;
        int y0 = (int) cy;
        float fx = cx - x0;
        float fy = cy - y0;
        int right = x0 + 1 < w ? 3 : 0;
        int below = y0 + 1 < h ? 3 * w : 0;
        int at = (y0 * w + x0) * 3;
        float w11 = fx * fy;
        float w10 = fx - w11;
        float w01 = fy - w11;
        float w00 = 1 - fx - w01;
        for (int c = 0; c < 3; c++, at++) {
            sum[c] += (rgb[at] & 0xff) * w00
                    + (rgb[at + right] & 0xff) * w10
                    + (rgb[at + below] & 0xff) * w01
                    + (rgb[at + right + below] & 0xff) * w11;
        }
    }

    /// The picture made larger or smaller by a factor.
    static Picture enlarge(Picture source, double factor) {
        int width = Math.max(1, (int) Math.round(source.width() * factor));
        int height = Math.max(1, (int) Math.round(source.height() * factor));
        return warp(source, new Similarity(1 / factor, 0, 0, 0), width, height);
    }

    /// The picture in the middle of a larger one, its edge pixels repeated outwards.
    ///
    /// @param left columns added at the left and at the right
    /// @param top rows added above and below
    static Picture pad(Picture source, int left, int top) {
        return warp(source, new Similarity(1, 0, -left, -top), source.width() + 2 * left, source.height() + 2 * top);
    }

    /// The picture seen in a mirror.
    static Picture mirror(Picture source) {
        int w = source.width();
        byte[] from = source.rgb();
        var to = new byte[from.length];
        for (int y = 0; y < source.height(); y++) {
            for (int x = 0; x < w; x++) {
                System.arraycopy(from, (y * w + w - 1 - x) * 3, to, (y * w + x) * 3, 3);
            }
        }
        return new Picture(w, source.height(), to);
    }
}
