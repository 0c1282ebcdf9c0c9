package org.likeness.models;

import java.util.ArrayList;
import java.util.List;

/// The prior boxes of the detector: for each of six levels, the step of its grid in pixels of the network input, and
/// the width and height of the boxes that every cell of the grid has. Immutable.
///
/// The npm package stores all 5118 boxes of a 512x512 input, as fractions (top, left, bottom, right). They are a
/// regular grid, which is what lets the detector run at other sizes: the box of column `x` is centred on
/// `(x + 0.5) * stride`, and likewise down. [#of(Tensor)] checks that rather than trusting it.
record Priors(List<Level> levels) {
    static final int LEVELS = 6;
    static final int SIDE = 512;
    private static final int FINEST = 16;
    private static final double CENTRE_ERROR_MAX_PIXELS = 1e-4;
    private static final double SIZE_ERROR_MAX_PIXELS = 1e-3;

    Priors {
        levels = List.copyOf(levels);
    }

    record Level(int stride, List<Size> sizes) {
        Level {
            sizes = List.copyOf(sizes);
        }
    }

    /// In pixels of the network input.
    record Size(double width, double height) {}

    /// Finds the sizes in the stored boxes.
    ///
    /// @throws IllegalStateException if the boxes are not the regular grid described above
    static Priors of(Tensor stored) {
        float[] boxes = stored.values();
        var levels = new ArrayList<Level>();
        int start = 0;
        for (int level = 0; level < LEVELS; level++) {
            int stride = FINEST << level;
            int cells = SIDE / stride * (SIDE / stride);
            int perCell = level == 0 ? 3 : 6;
            if ((start + cells * perCell) * 4 > boxes.length) {
                throw new IllegalStateException("priors must reach level " + level + " but are " + boxes.length / 4);
            }
            var sizes = new ArrayList<Size>();
            for (int i = 0; i < perCell; i++) {
                sizes.add(size(boxes, start + i, stride, perCell));
            }
            levels.add(new Level(stride, sizes));
            start += cells * perCell;
        }
        if (start * 4 != boxes.length) {
            throw new IllegalStateException("priors must be " + start + " but are " + boxes.length / 4);
        }
        return new Priors(levels);
    }

    /// The mean size of one box over all cells of a level, to a thousandth of a pixel.
    private static Size size(float[] boxes, int first, int stride, int step) {
        int columns = SIDE / stride;
        double width = 0;
        double height = 0;
        for (int cell = 0; cell < columns * columns; cell++) {
            int at = (first + cell * step) * 4;
            width += ((double) boxes[at + 3] - boxes[at + 1]) * SIDE / (columns * columns);
            height += ((double) boxes[at + 2] - boxes[at]) * SIDE / (columns * columns);
        }
        var size = new Size(Math.round(width * 1000) / 1000.0, Math.round(height * 1000) / 1000.0);
        for (int cell = 0; cell < columns * columns; cell++) {
            int at = (first + cell * step) * 4;
            int row = cell / columns;
            double x = (cell - row * columns + 0.5) * stride;
            double y = (row + 0.5) * stride;
            check(first + cell * step, boxes[at + 1], boxes[at + 3], x, size.width);
            check(first + cell * step, boxes[at], boxes[at + 2], y, size.height);
        }
        return size;
    }

    private static void check(int prior, double low, double high, double centre, double length) {
        double centreError = Math.abs((low + high) / 2 * SIDE - centre);
        double sizeError = Math.abs((high - low) * SIDE - length);
        if (!(centreError <= CENTRE_ERROR_MAX_PIXELS && sizeError <= SIZE_ERROR_MAX_PIXELS)) {
            throw new IllegalStateException("prior " + prior + " must be centred on " + centre + " and " + length
                    + " long but reaches from " + low * SIDE + " to " + high * SIDE + " pixels");
        }
    }
}
