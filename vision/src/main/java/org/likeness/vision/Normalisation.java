package org.likeness.vision;

import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;

/// How a network wants its pixels: planes in R, G, B or B, G, R order, each value (x - mean) / std of a byte
/// 0..255. `mean` and `std` are given in plane order. Immutable.
record Normalisation(Colour colour, List<Double> mean, List<Double> std) {
    /// The order of a network's planes.
    enum Colour {
        RGB,
        BGR
    }

    Normalisation {
        mean = List.copyOf(mean);
        std = List.copyOf(std);
        if (mean.size() != 3 || std.size() != 3 || std.stream().anyMatch(s -> !(s > 0))) {
            throw new IllegalArgumentException("normalisation must have three means and three positive deviations");
        }
    }

    /// What each byte value becomes in plane `plane`; one division a value instead of one a pixel.
    private float[] table(int plane) {
        var table = new float[256];
        for (int i = 0; i < 256; i++) {
            table[i] = (float) ((i - mean.get(plane)) / std.get(plane));
        }
        return table;
    }

    /// Writes a picture as planes `[3, height, width]`, at the top left; what it does not cover is black, which
    /// is pixel value 0 *before* normalisation.
    ///
    /// @param offset where the first plane starts in `out`
    void write(Picture picture, FloatBuffer out, int offset, int width, int height) {
        if (picture.width() > width || picture.height() > height) {
            throw new IllegalArgumentException("picture of " + picture.width() + "x" + picture.height()
                    + " must fit the network's input of " + width + "x" + height);
        }
        byte[] rgb = picture.rgb();
        var row = new float[width];
        for (int plane = 0; plane < 3; plane++) {
            float[] table = table(plane);
            int channel = colour == Colour.RGB ? plane : 2 - plane;
            Arrays.fill(row, table[0]);
            for (int y = 0; y < height; y++) {
                if (y < picture.height()) {
                    int at = y * picture.width() * 3 + channel;
                    for (int x = 0; x < picture.width(); x++, at += 3) {
                        row[x] = table[rgb[at] & 0xff];
                    }
                } else if (y == picture.height()) {
                    Arrays.fill(row, table[0]);
                }
                out.put(offset + (plane * height + y) * width, row);
            }
        }
    }
}
