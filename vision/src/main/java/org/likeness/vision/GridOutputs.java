package org.likeness.vision;

import java.util.ArrayList;
import java.util.List;
import org.likeness.core.photo.Landmarks;
import org.likeness.core.photo.Point;

/// The outputs of a detector without prior boxes, sorted by stride (8, 16, 32). They are told apart by shape,
/// never by name or order: published files differ in both. Immutable.
///
/// The arrays are shared, not to be changed.
final class GridOutputs {
    private static final List<Integer> STRIDES = List.of(8, 16, 32);

    private final int stride;
    private final int columns;
    private final List<float[]> scores;
    private final float[] boxes;
    private final float[] points;

    private GridOutputs(int stride, int columns, List<float[]> scores, float[] boxes, float[] points) {
        this.stride = stride;
        this.columns = columns;
        this.scores = scores;
        this.boxes = boxes;
        this.points = points;
    }

    /// @param anchors boxes a cell
    /// @param scoreParts score tensors a stride
    static List<GridOutputs> sort(List<Net.Output> outputs, int width, int height, int anchors, int scoreParts) {
        var grids = new ArrayList<GridOutputs>();
        for (int stride : STRIDES) {
            int rows = height / stride;
            int columns = width / stride;
            int n = rows * columns * anchors;
            List<float[]> scores = of(outputs, n, 1);
            List<float[]> boxes = of(outputs, n, 4);
            List<float[]> points = of(outputs, n, 10);
            if (scores.size() != scoreParts || boxes.size() != 1 || points.size() != 1) {
                throw Net.wrong(
                        "of the detector",
                        "outputs for " + width + "x" + height,
                        outputs.stream().map(Net.Output::shape).toList().toString(),
                        "for stride " + stride + " " + scoreParts + " of [" + n + ", 1], one of [" + n
                                + ", 4] and one of [" + n + ", 10]");
            }
            grids.add(new GridOutputs(stride, columns, scores, boxes.getFirst(), points.getFirst()));
        }
        return grids;
    }

    int stride() {
        return stride;
    }

    int columns() {
        return columns;
    }

    /// One value a cell and anchor; several tensors, when a detector scores in parts, in file order.
    List<float[]> scores() {
        return scores;
    }

    /// Four values a cell and anchor.
    float[] boxes() {
        return boxes;
    }

    private static List<float[]> of(List<Net.Output> outputs, int n, int last) {
        return outputs.stream()
                .filter(output -> output.last() == last && output.values().length == n * last)
                .map(Net.Output::values)
                .toList();
    }

    /// The five points of entry `at`, given as offsets in strides from (`x`, `y`) in strides.
    ///
    /// Both families list the eye at the left of the picture first, then the other, nose, left and right mouth
    /// corner.
    Landmarks five(int at, double x, double y) {
        var five = new ArrayList<Point>(5);
        for (int i = 0; i < 5; i++) {
            five.add(new Point((x + points[10 * at + 2 * i]) * stride, (y + points[10 * at + 2 * i + 1]) * stride));
        }
        return Detection.five(five);
    }
}
