package org.likeness.models;

import java.io.IOException;
import java.io.UncheckedIOException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Reads `pack.json` for tests, in the plainest way: it stands in for the reader in module vision.
final class Pack {
    private Pack() {}

    static JsonNode description() {
        try (var content = DefaultPack.open("pack.json")) {
            return JsonMapper.shared().readTree(content.readAllBytes());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    static float[] floats(JsonNode list) {
        var values = new float[list.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) list.get(i).asDouble();
        }
        return values;
    }

    /// The number of priors of an input.
    static int priors(int height, int width) {
        int priors = 0;
        for (JsonNode level : description().required("detector").required("priors")) {
            int stride = level.required("stride").asInt();
            priors += (height / stride)
                    * (width / stride)
                    * level.required("sizes").size();
        }
        return priors;
    }

    /// Boxes (top, left, bottom, right) as fractions of the input, from the encodings (ty, tx, th, tw) of the detector.
    static float[] decode(float[] encodings, int height, int width) {
        var boxes = new float[encodings.length];
        int at = 0;
        for (JsonNode level : description().required("detector").required("priors")) {
            int stride = level.required("stride").asInt();
            for (int row = 0; row < height / stride; row++) {
                for (int column = 0; column < width / stride; column++) {
                    for (JsonNode size : level.required("sizes")) {
                        double w = size.get(0).asDouble();
                        double h = size.get(1).asDouble();
                        double y = (row + 0.5) * stride + encodings[at] / 10 * h;
                        double x = (column + 0.5) * stride + encodings[at + 1] / 10 * w;
                        double halfHeight = Math.exp(encodings[at + 2] / 5) * h / 2;
                        double halfWidth = Math.exp(encodings[at + 3] / 5) * w / 2;
                        boxes[at] = (float) ((y - halfHeight) / height);
                        boxes[at + 1] = (float) ((x - halfWidth) / width);
                        boxes[at + 2] = (float) ((y + halfHeight) / height);
                        boxes[at + 3] = (float) ((x + halfWidth) / width);
                        at += 4;
                    }
                }
            }
        }
        return boxes;
    }
}
