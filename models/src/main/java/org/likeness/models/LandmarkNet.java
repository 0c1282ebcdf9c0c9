package org.likeness.models;

import java.util.List;
import org.likeness.models.Graph.Attribute;
import org.likeness.models.Layers.Filter;
import org.likeness.models.Layers.Walk;

/// The landmark network: pixels `[batch, 3, 112, 112]` to 68 points `[batch, 136]`, x and y in turn, as fractions of
/// the input square.
///
/// Four densely connected blocks of separable convolutions; names are those of `FaceLandmark68Net` in face-api. One
/// thread at a time.
final class LandmarkNet {
    private final Graph graph = new Graph("landmarks");
    private final Layers layers = new Layers(graph);
    private final Weights weights;

    private LandmarkNet(Weights weights) {
        this.weights = weights;
    }

    static byte[] convert(Weights weights) {
        return new LandmarkNet(weights).build();
    }

    private byte[] build() {
        String pixels = graph.input("pixels", "batch", "3", "112", "112");
        var entry = Filter.of(weights.get("dense0/conv0/filters").kernel(), weights.floats("dense0/conv0/bias"));
        String out = dense("dense0", layers.convolution("dense0/conv0", pixels, entry, Walk.same3x3(2)));
        for (String block : List.of("dense1", "dense2", "dense3")) {
            out = dense(block, separable(block + "/conv0", out, 2));
        }
        out = layers.pool("AveragePool", "mean", out, 7, 2); // the side is 7 here, so one cell is left
        String flat = graph.node("Flatten", "flat", List.of(out), Attribute.number("axis", 1));
        String product = layers.dense("fc", flat, weights.get("fc/weights", 256, 136));
        String bias = graph.constant("fc/bias", new int[] {136}, weights.floats("fc/bias"));
        graph.output(layers.add("points", product, bias), "batch", "136");
        return graph.toModel();
    }

    /// Each convolution sees the sum of all outputs before it in the block.
    private String dense(String block, String entry) {
        String out = layers.relu(block + "/relu0", entry);
        String sum = out;
        for (int i = 1; i <= 3; i++) {
            String next = separable(block + "/conv" + i, out, 1);
            sum = layers.add(block + "/sum" + i, sum, next);
            out = layers.relu(block + "/relu" + i, sum);
        }
        return out;
    }

    private String separable(String name, String from, int stride) {
        var depthwise = Filter.depthwise(weights.get(name + "/depthwise_filter").depthwiseKernel());
        var pointwise = Filter.of(weights.get(name + "/pointwise_filter").kernel(), weights.floats(name + "/bias"));
        String channels = layers.convolution(name + "/depthwise", from, depthwise, Walk.same3x3(stride));
        return layers.convolution(name, channels, pointwise, Walk.valid(1));
    }
}
