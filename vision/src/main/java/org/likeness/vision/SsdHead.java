package org.likeness.vision;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.likeness.core.photo.Box;

/// `ssd-mobilenet`: prior boxes on a pyramid of grids. W. Liu et al., "SSD: Single Shot MultiBox Detector", ECCV
/// 2016, with the box coding of the TensorFlow object detection library (variances 10, 10, 5, 5).
///
/// Outputs: `encodings` `[1, N, 4]` as ty, tx, th, tw and `scores` `[1, N]`, already in [0, 1]. N runs over the
/// levels, finest first, then over the cells row by row, then over the priors of a cell. A level of stride s has
/// floor(height / s) rows and floor(width / s) columns; its cell (row, column) is centred at ((column + 0.5) s,
/// (row + 0.5) s). The published network stored the 5118 priors of a 512x512 input; generating them makes it
/// work at any size.
record SsdHead(List<Level> levels) implements DetectorHead {
    private static final double CENTRE_VARIANCE = 10;
    private static final double SIZE_VARIANCE = 5;

    /// A grid of priors.
    ///
    /// @param stride pixels between cells
    record Level(int stride, List<Size> sizes) {
        Level {
            sizes = List.copyOf(sizes);
        }
    }

    /// A prior's width and height in input pixels.
    record Size(double width, double height) {}

    SsdHead {
        levels = List.copyOf(levels);
    }

    /// No rule of its own: levels are rounded down, as the network rounds them.
    @Override
    public int strideMax() {
        return 1;
    }

    @Override
    public List<Detection> decode(List<Net.Output> outputs, int width, int height, double scoreMin) {
        Net.Output encodings = named(outputs, "encodings");
        Net.Output scores = named(outputs, "scores");
        int priors = 0;
        for (Level level : levels) {
            priors += (height / level.stride())
                    * (width / level.stride())
                    * level.sizes().size();
        }
        if (scores.values().length != priors || encodings.values().length != 4 * priors) {
            throw Net.wrong(
                    "of the detector",
                    "outputs for " + width + "x" + height,
                    encodings.shape() + " and " + scores.shape(),
                    "encodings [1, " + priors + ", 4] and scores [1, " + priors + "]");
        }
        var found = new ArrayList<Detection>();
        int at = 0;
        for (Level level : levels) {
            int rows = height / level.stride();
            int columns = width / level.stride();
            for (int cell = 0; cell < rows * columns; cell++) {
                int row = cell / columns;
                double cx = (cell % columns + 0.5) * level.stride();
                double cy = (row + 0.5) * level.stride();
                for (Size size : level.sizes()) {
                    float score = scores.values()[at];
                    if (score >= scoreMin) {
                        found.add(new Detection(box(encodings.values(), at, cx, cy, size), score, Optional.empty()));
                    }
                    at++;
                }
            }
        }
        return found;
    }

    private static Box box(float[] encodings, int at, double cx, double cy, Size size) {
        double y = encodings[4 * at] / CENTRE_VARIANCE * size.height() + cy;
        double x = encodings[4 * at + 1] / CENTRE_VARIANCE * size.width() + cx;
        double h = Math.exp(encodings[4 * at + 2] / SIZE_VARIANCE) * size.height();
        double w = Math.exp(encodings[4 * at + 3] / SIZE_VARIANCE) * size.width();
        return new Box(x - w / 2, y - h / 2, w, h);
    }

    private static Net.Output named(List<Net.Output> outputs, String name) {
        return outputs.stream()
                .filter(output -> output.name().equals(name))
                .findFirst()
                .orElseThrow(() -> Net.wrong(
                        "of the detector",
                        "outputs",
                        outputs.stream().map(Net.Output::name).toList().toString(),
                        "encodings and scores"));
    }
}
