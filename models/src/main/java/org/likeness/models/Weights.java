package org.likeness.models;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The named tensors of one network in the weight format of TensorFlow.js. Immutable.
///
/// The manifest is a list of groups. A group names its binary files, which are joined, and its tensors in the order in
/// which they follow each other there, back to back and without alignment. A tensor with `quantization` has one byte
/// per element, any other one little-endian float.
final class Weights {
    private final String manifest;
    private final Map<String, Tensor> tensors;

    private Weights(String manifest, Map<String, Tensor> tensors) {
        this.manifest = manifest;
        this.tensors = Map.copyOf(tensors);
    }

    /// Reads the tensors that a manifest in the folder `model` of the package describes.
    ///
    /// @throws IllegalStateException if the files are not the pinned ones, or the binary files are not as
    ///     long as the manifest says
    static Weights read(NpmPackage source, String manifest) throws IOException {
        var tensors = new LinkedHashMap<String, Tensor>();
        for (JsonNode group : JsonMapper.shared().readTree(source.read("model/" + manifest))) {
            var data = new ByteArrayOutputStream();
            for (JsonNode path : group.required("paths")) {
                data.writeBytes(source.read("model/" + path.asString()));
            }
            readGroup(manifest, group.required("weights"), data.toByteArray(), tensors);
        }
        return new Weights(manifest, tensors);
    }

    private static void readGroup(String manifest, JsonNode entries, byte[] data, Map<String, Tensor> tensors) {
        int start = 0;
        for (JsonNode entry : entries) {
            int end = start + byteCount(entry);
            if (end > data.length) {
                throw new IllegalStateException(
                        manifest + " describes " + end + " bytes or more, but its files have " + data.length);
            }
            tensors.put(entry.required("name").asString(), tensor(entry, Arrays.copyOfRange(data, start, end)));
            start = end;
        }
        if (start != data.length) {
            throw new IllegalStateException(
                    manifest + " describes " + start + " bytes, but its files have " + data.length);
        }
    }

    private static Tensor tensor(JsonNode entry, byte[] data) {
        JsonNode quantization = entry.get("quantization");
        if (quantization == null) {
            return Tensor.ofFloats(shape(entry), data);
        }
        return Tensor.ofCodes(
                shape(entry),
                data,
                quantization.required("scale").asDouble(),
                quantization.required("min").asDouble());
    }

    private static int byteCount(JsonNode entry) {
        JsonNode quantization = entry.get("quantization");
        String type =
                (quantization == null ? entry : quantization).required("dtype").asString();
        int width = switch (type) {
            case "uint8" -> 1;
            case "float32" -> Float.BYTES;
            default ->
                throw new IllegalStateException("tensors must be uint8 or float32 but "
                        + entry.required("name").asString() + " is " + type);
        };
        return Arrays.stream(shape(entry)).reduce(width, Math::multiplyExact);
    }

    private static int[] shape(JsonNode entry) {
        return entry.required("shape").values().stream()
                .mapToInt(JsonNode::asInt)
                .toArray();
    }

    /// @throws IllegalStateException if there is no such tensor
    Tensor get(String name) {
        Tensor tensor = tensors.get(name);
        if (tensor == null) {
            throw new IllegalStateException(manifest + " must have a tensor " + name + " but has none");
        }
        return tensor;
    }

    /// @throws IllegalStateException if there is no such tensor, or it has another shape
    Tensor get(String name, int... shape) {
        Tensor tensor = get(name);
        if (!Arrays.equals(tensor.shape(), shape)) {
            throw new IllegalStateException("shape of " + name + " must be " + Arrays.toString(shape) + " but is "
                    + Arrays.toString(tensor.shape()));
        }
        return tensor;
    }

    float[] floats(String name) {
        return get(name).values();
    }
}
