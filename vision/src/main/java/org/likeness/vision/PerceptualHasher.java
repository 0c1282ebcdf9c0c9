package org.likeness.vision;

import org.likeness.core.photo.PerceptualHash;

/// The perceptual hash of a picture: the signs of its coarsest waves, as in pHash (Zauner,
/// *Implementation and Benchmarking of Perceptual Image Hash Functions*, 2010, 3.2.1). Stateless.
///
/// Luma is averaged down to 32 × 32; of its two-dimensional DCT-II the 8 × 8 coefficients of the
/// longest waves, without those that are constant along a side, are compared with their median: bit
/// 8·v + u is 1 where wave (u+1, v+1) is above it.
final class PerceptualHasher {
    private static final int SIDE = 32;
    private static final int WAVES = 8;
    private static final double[][] COSINES = cosines();

    private PerceptualHasher() {}

    static PerceptualHash of(Picture picture) {
        double[][] luma = shrunk(picture);
        double[] waves = new double[WAVES * WAVES];
        double[][] rows = new double[SIDE][WAVES];
        for (int y = 0; y < SIDE; y++) {
            for (int u = 0; u < WAVES; u++) {
                double sum = 0;
                for (int x = 0; x < SIDE; x++) {
                    sum += luma[y][x] * COSINES[u][x];
                }
                rows[y][u] = sum;
            }
        }
        for (int v = 0; v < WAVES; v++) {
            for (int u = 0; u < WAVES; u++) {
                double sum = 0;
                for (int y = 0; y < SIDE; y++) {
                    sum += rows[y][u] * COSINES[v][y];
                }
                waves[v * WAVES + u] = sum;
            }
        }
        double[] sorted = waves.clone();
        java.util.Arrays.sort(sorted);
        double median = (sorted[sorted.length / 2 - 1] + sorted[sorted.length / 2]) / 2;
        long bits = 0;
        for (int i = 0; i < waves.length; i++) {
            if (waves[i] > median) {
                bits |= 1L << i;
            }
        }
        return new PerceptualHash(bits);
    }

    /// Wave `u + 1` at the middle of each of the 32 places.
    private static double[][] cosines() {
        double[][] table = new double[WAVES][SIDE];
        for (int u = 0; u < WAVES; u++) {
            for (int x = 0; x < SIDE; x++) {
                table[u][x] = Math.cos(Math.PI * (u + 1) * (2 * x + 1) / (2.0 * SIDE));
            }
        }
        return table;
    }

    /// The mean luma (BT.601) of each of 32 × 32 parts; a pixel on a border counts for each part by
    /// its share.
    private static double[][] shrunk(Picture picture) {
        double[][] sums = new double[SIDE][SIDE];
        double[][] shares = new double[SIDE][SIDE];
        int width = picture.width();
        int height = picture.height();
        byte[] rgb = picture.rgb();
        for (int row = 0; row < SIDE; row++) {
            double top = (double) row * height / SIDE;
            double bottom = (double) (row + 1) * height / SIDE;
            for (int column = 0; column < SIDE; column++) {
                double left = (double) column * width / SIDE;
                double right = (double) (column + 1) * width / SIDE;
                for (int y = (int) top; y < bottom && y < height; y++) {
                    double tall = Math.min(bottom, y + 1) - Math.max(top, y);
                    for (int x = (int) left; x < right && x < width; x++) {
                        double share = tall * (Math.min(right, x + 1) - Math.max(left, x));
                        int at = (y * width + x) * 3;
                        double luma =
                                0.299 * (rgb[at] & 0xff) + 0.587 * (rgb[at + 1] & 0xff) + 0.114 * (rgb[at + 2] & 0xff);
                        sums[row][column] += share * luma;
                        shares[row][column] += share;
                    }
                }
                sums[row][column] /= shares[row][column];
            }
        }
        return sums;
    }
}
