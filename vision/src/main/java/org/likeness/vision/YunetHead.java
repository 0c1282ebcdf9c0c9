package org.likeness.vision;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.likeness.core.photo.Box;

/// `yunet`: W. Wu, H. Peng, S. Yu, "YuNet: A Tiny Millisecond-level Face Detector", Machine Intelligence
/// Research 2023; decoding as in OpenCV's `FaceDetectorYN`. One anchor a cell at strides 8, 16 and 32; the two
/// score tensors (class and objectness) are multiplied, so it does not matter which is which. Score = sqrt(cls *
/// obj); centre = (cell + d) stride; size = exp(d) stride; points = (cell + k) stride.
record YunetHead() implements DetectorHead {
    @Override
    public int strideMax() {
        return 32;
    }

    @Override
    public List<Detection> decode(List<Net.Output> outputs, int width, int height, double scoreMin) {
        var found = new ArrayList<Detection>();
        for (GridOutputs grid : GridOutputs.sort(outputs, width, height, 1, 2)) {
            float[] first = grid.scores().get(0);
            float[] second = grid.scores().get(1);
            for (int i = 0; i < first.length; i++) {
                double score = Math.sqrt(Math.clamp(first[i], 0.0, 1.0) * Math.clamp(second[i], 0.0, 1.0));
                if (score >= scoreMin) {
                    int column = i % grid.columns();
                    int row = i / grid.columns();
                    float[] d = grid.boxes();
                    double w = Math.exp(d[4 * i + 2]) * grid.stride();
                    double h = Math.exp(d[4 * i + 3]) * grid.stride();
                    double x = (column + d[4 * i]) * grid.stride() - w / 2;
                    double y = (row + d[4 * i + 1]) * grid.stride() - h / 2;
                    found.add(new Detection(new Box(x, y, w, h), score, Optional.of(grid.five(i, column, row))));
                }
            }
        }
        return found;
    }
}
