package org.likeness.models;

import java.util.ArrayList;
import java.util.List;
import org.likeness.models.Graph.Attribute;
import org.likeness.models.Layers.Filter;
import org.likeness.models.Layers.Walk;

/// The detector: pixels `[batch, 3, height, width]` to `encodings` `[batch, N, 4]` (ty, tx, th, tw) and `scores`
/// `[batch, N]` in [0, 1]. Both sides must be multiples of 64 and at least 512.
///
/// SSD on MobileNetV1; names are those of `SsdMobilenetv1` in face-api, which only ever ran it at 512x512. The network
/// is convolutional throughout, so any size works once the prior boxes are left to the reader: level `l` (0 to 5) has
/// `height / (16 * 2^l)` rows and `width / (16 * 2^l)` columns, rounded down, and [Priors] per cell. `N` runs over the
/// levels, finest first, then over cells row by row, then over the priors of a cell. One thread at a time.
final class DetectorNet {
    private static final float EPSILON = 0.001f;
    private static final int CLASSES = 3; // background, face, and a third that nobody uses
    private static final int FACE = 1;
    private static final List<Integer> HALVING = List.of(2, 4, 6, 12);

    private final Graph graph = new Graph("detector");
    private final Layers layers = new Layers(graph);
    private final List<String> encodings = new ArrayList<>();
    private final List<String> scores = new ArrayList<>();
    private final Weights weights;

    private DetectorNet(Weights weights) {
        this.weights = weights;
    }

    static byte[] convert(Weights weights) {
        return new DetectorNet(weights).build();
    }

    private byte[] build() {
        graph.constant("zero", new int[0], 0f);
        graph.constant("six", new int[0], 6f);
        graph.sizes("rows of four", 0, -1, 4);
        graph.sizes("row", 0, -1);
        String pixels = graph.input("pixels", "batch", "3", "height", "width");
        String out = pointwise("MobilenetV1/Conv2d_0_pointwise", pixels, Walk.same3x3(2));
        for (int i = 1; i <= 13; i++) {
            out = depthwise("MobilenetV1/Conv2d_" + i + "_depthwise", out, HALVING.contains(i) ? 2 : 1);
            out = pointwise("MobilenetV1/Conv2d_" + i + "_pointwise", out, Walk.valid(1));
            if (i == 11) {
                head(0, out);
            }
        }
        head(1, out);
        for (int level = 2; level < Priors.LEVELS; level++) {
            int i = 2 * (level - 2);
            out = pointwise("Prediction/Conv2d_" + i + "_pointwise", out, Walk.valid(1));
            out = pointwise("Prediction/Conv2d_" + (i + 1) + "_pointwise", out, Walk.same3x3(2));
            head(level, out);
        }
        graph.node("Concat", "encodings", encodings, Attribute.number("axis", 1));
        String logits = graph.node("Concat", "logits", scores, Attribute.number("axis", 1));
        graph.node("Sigmoid", "scores", List.of(logits));
        graph.output("encodings", "batch", "priors", "4");
        graph.output("scores", "batch", "priors");
        return graph.toModel();
    }

    /// Adds the predictions of one level. They go back to channels last before they are cut into priors.
    private void head(int level, String from) {
        String name = "Prediction/BoxPredictor_" + level;
        String boxes = predict(name + "/BoxEncodingPredictor", from, predictor(name + "/BoxEncodingPredictor", 0, 1));
        encodings.add(graph.node("Reshape", name + "/encodings", List.of(boxes, "rows of four")));
        String faces = predict(name + "/ClassPredictor", from, predictor(name + "/ClassPredictor", FACE, CLASSES));
        scores.add(graph.node("Reshape", name + "/logits", List.of(faces, "row")));
    }

    private String predict(String name, String from, Filter filter) {
        String out = layers.convolution(name, from, filter, Walk.valid(1));
        return graph.node("Transpose", name + "/last", List.of(out), Attribute.list("perm", 0, 2, 3, 1));
    }

    /// The 1x1 filter of a head, of whose output channels only every `step`-th from `first` on is kept.
    private Filter predictor(String name, int first, int step) {
        Tensor kernel = weights.get(name + "/weights").kernel();
        float[] biases = weights.floats(name + "/biases");
        int in = kernel.shape()[1];
        int out = kernel.shape()[0] / step;
        Tensor kept = kernel.rearranged(new int[] {out, in, 1, 1}, i -> (i / in * step + first) * in + i % in);
        var bias = new float[out];
        for (int i = 0; i < out; i++) {
            bias[i] = biases[i * step + first];
        }
        return Filter.of(kept, bias);
    }

    private String pointwise(String name, String from, Walk walk) {
        var filter =
                Filter.of(weights.get(name + "/weights").kernel(), weights.floats(name + "/convolution_bn_offset"));
        return relu6(name, layers.convolution(name, from, filter, walk));
    }

    private String depthwise(String name, String from, int stride) {
        float[] gamma = weights.floats(name + "/BatchNorm/gamma");
        float[] beta = weights.floats(name + "/BatchNorm/beta");
        float[] mean = weights.floats(name + "/BatchNorm/moving_mean");
        float[] variance = weights.floats(name + "/BatchNorm/moving_variance");
        for (int i = 0; i < gamma.length; i++) {
            gamma[i] = (float) (gamma[i] / Math.sqrt(variance[i] + EPSILON));
            beta[i] -= mean[i] * gamma[i];
        }
        var filter = Filter.depthwise(weights.get(name + "/depthwise_weights").depthwiseKernel())
                .then(gamma, beta);
        return relu6(name, layers.convolution(name, from, filter, Walk.same3x3(stride)));
    }

    private String relu6(String name, String from) {
        return graph.node("Clip", name + "/relu6", List.of(from, "zero", "six"));
    }
}
