package org.likeness.vision;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.likeness.core.photo.Box;

/// `scrfd`: J. Guo et al., "Sample and Computation Redistribution for Efficient Face Detection", ICLR 2022;
/// decoding as in `scrfd.py` of InsightFace. Two anchors a cell at strides 8, 16 and 32, both at the cell's
/// *corner* (column, row) stride; a box is the distances left, top, right, bottom from there, in strides; so are
/// the points. Scores are already in [0, 1].
record ScrfdHead() implements DetectorHead {
    private static final int ANCHORS = 2;

    @Override
    public int strideMax() {
        return 32;
    }

    @Override
    public List<Detection> decode(List<Net.Output> outputs, int width, int height, double scoreMin) {
        var found = new ArrayList<Detection>();
        for (GridOutputs grid : GridOutputs.sort(outputs, width, height, ANCHORS, 1)) {
            float[] scores = grid.scores().getFirst();
            for (int i = 0; i < scores.length; i++) {
                if (scores[i] >= scoreMin) {
                    int column = i / ANCHORS % grid.columns();
                    int row = i / ANCHORS / grid.columns();
                    float[] d = grid.boxes();
                    double x = (column - d[4 * i]) * grid.stride();
                    double y = (row - d[4 * i + 1]) * grid.stride();
                    double w = (d[4 * i] + d[4 * i + 2]) * grid.stride();
                    double h = (d[4 * i + 1] + d[4 * i + 3]) * grid.stride();
                    if (w > 0 && h > 0) { // distances are not bounded below, so a box may be inside out
                        found.add(new Detection(
                                new Box(x, y, w, h), Math.min(1, scores[i]), Optional.of(grid.five(i, column, row))));
                    }
                }
            }
        }
        return found;
    }
}
