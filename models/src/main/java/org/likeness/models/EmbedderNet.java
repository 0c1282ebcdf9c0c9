package org.likeness.models;

import java.util.List;
import org.likeness.models.Graph.Attribute;
import org.likeness.models.Layers.Filter;
import org.likeness.models.Layers.Walk;

/// The recogniser: pixels `[batch, 3, 150, 150]` to a descriptor `[batch, 128]`, not normalised.
///
/// A residual network of 29 convolutions after dlib's `dlib_face_recognition_resnet_model_v1`; names are those of
/// `FaceRecognitionNet` in face-api. One thread at a time.
final class EmbedderNet {
    private final Graph graph = new Graph("embedder");
    private final Layers layers = new Layers(graph);
    private final Weights weights;

    private EmbedderNet(Weights weights) {
        this.weights = weights;
    }

    static byte[] convert(Weights weights) {
        return new EmbedderNet(weights).build();
    }

    private byte[] build() {
        String pixels = graph.input("pixels", "batch", "3", "150", "150");
        String out = layers.relu("conv32_down/relu", scaled("conv32_down", pixels, Walk.valid(2))); // side 72
        out = layers.pool("MaxPool", "pool", out, 3, 2); // side 35
        for (String block : List.of("conv32_1", "conv32_2", "conv32_3")) {
            out = residual(block, out);
        }
        out = down("conv64_down", out, 32, 0); // side 17
        for (String block : List.of("conv64_1", "conv64_2", "conv64_3")) {
            out = residual(block, out);
        }
        out = down("conv128_down", out, 64, 0); // side 8
        for (String block : List.of("conv128_1", "conv128_2")) {
            out = residual(block, out);
        }
        out = down("conv256_down", out, 128, 1); // side 4
        for (String block : List.of("conv256_1", "conv256_2")) {
            out = residual(block, out);
        }
        out = down("conv256_down_out", out, 0, 1); // side 2
        String mean = graph.node("GlobalAveragePool", "mean", List.of(out));
        String flat = graph.node("Flatten", "flat", List.of(mean), Attribute.number("axis", 1));
        graph.output(layers.dense("descriptor", flat, weights.get("fc", 256, 128)), "batch", "128");
        return graph.toModel();
    }

    private String residual(String block, String from) {
        String first = scaled(block + "/conv1", from, Walk.same3x3(1));
        String second = scaled(block + "/conv2", layers.relu(block + "/relu1", first), Walk.same3x3(1));
        return layers.relu(block + "/relu", layers.add(block + "/sum", second, from));
    }

    /// A residual block that halves the sides. The shortcut is averaged, and widened by channels of zeros; where the
    /// convolution comes out smaller than the shortcut, zeros are added below and to the right of it.
    private String down(String block, String from, int channelsAdded, int pixelsAdded) {
        String first = scaled(block + "/conv1", from, Walk.valid(2));
        String out = scaled(block + "/conv2", layers.relu(block + "/relu1", first), Walk.same3x3(1));
        String shortcut = layers.pool("AveragePool", block + "/shortcut", from, 2, 2);
        if (channelsAdded > 0) {
            shortcut = pad(block + "/widened", shortcut, channelsAdded, 0);
        }
        if (pixelsAdded > 0) {
            out = pad(block + "/padded", out, 0, pixelsAdded);
        }
        return layers.relu(block + "/relu", layers.add(block + "/sum", shortcut, out));
    }

    private String pad(String name, String from, int channels, int pixels) {
        String ends = graph.sizes(name + "/pads", 0, 0, 0, 0, 0, channels, pixels, pixels);
        return graph.node("Pad", name, List.of(from, ends));
    }

    /// A convolution and the scale layer after it, which stands where training had batch normalisation.
    private String scaled(String name, String from, Walk walk) {
        var filter = Filter.of(weights.get(name + "/conv/filters").kernel(), weights.floats(name + "/conv/bias"))
                .then(weights.floats(name + "/scale/weights"), weights.floats(name + "/scale/biases"));
        return layers.convolution(name, from, filter, walk);
    }
}
