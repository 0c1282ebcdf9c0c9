package org.likeness.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.onnxruntime.OrtException;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// The converted networks against the npm package's own code, on the same pixels of the demo photos.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ParityTest {
    private final JsonNode pack = Pack.description();
    private final Map<String, Image> images = new HashMap<>();
    private final Reference reference;

    ParityTest() throws IOException, InterruptedException {
        images.put("group.detector", Image.cut("sample1.jpg", 0, 0, 1920, 512));
        cut("first", "sample1.jpg", 1455, 195, 270);
        cut("second", "sample1.jpg", 375, 315, 270);
        cut("third", "sample2.jpg", 1395, 135, 270);
        reference = Reference.of(images);
    }

    private void cut(String name, String photo, int left, int top, int length) throws IOException {
        images.put(name + ".landmarks", Image.cut(photo, left, top, length, 112));
        images.put(name + ".embedder", Image.cut(photo, left, top, length, 150));
    }

    @ParameterizedTest
    @ValueSource(strings = {"first", "second", "third"})
    void descriptors_equal_those_of_the_npm_package(String face) throws IOException, OrtException {
        compare(face, "embedder", "descriptor", 128, Tolerances.PARITY.descriptor());
    }

    @ParameterizedTest
    @ValueSource(strings = {"first", "second", "third"})
    void landmarks_equal_those_of_the_npm_package(String face) throws IOException, OrtException {
        compare(face, "landmarks", "points", 136, Tolerances.PARITY.points());
    }

    @Test
    void detections_equal_those_of_the_npm_package() throws IOException, OrtException {
        Image image = image("group.detector");
        try (var network = Network.open("detector.onnx");
                var run = network.run(normalised("detector", image), 1, image.side(), image.side())) {
            float[] scores = run.values("scores");
            assertThat(scores).hasSize(5118);
            assertThat(largest(scores)).as("a face is in the photo").isGreaterThan(0.9f);
            float[] boxes = Pack.decode(run.values("encodings"), 512, 512);
            check("scores", scores, reference.output("group.scores"), Tolerances.PARITY.scores());
            check("boxes", boxes, reference.output("group.boxes"), Tolerances.PARITY.boxes());
        }
    }

    @Test
    void a_batch_gives_what_its_images_give_alone() throws OrtException, IOException {
        float[] first = normalised("embedder", image("first.embedder"));
        float[] second = normalised("embedder", image("second.embedder"));
        var both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        try (var network = Network.open("embedder.onnx");
                var run = network.run(both, 2, 150, 150)) {
            float[] descriptors = run.values("descriptor");
            float tolerance = Tolerances.PARITY.descriptor();
            check("first", Arrays.copyOf(descriptors, 128), reference.output("first.descriptor"), tolerance);
            check(
                    "second",
                    Arrays.copyOfRange(descriptors, 128, 256),
                    reference.output("second.descriptor"),
                    tolerance);
        }
    }

    private void compare(String face, String networkName, String output, int size, float tolerance)
            throws IOException, OrtException {
        Image image = image(face + "." + networkName);
        try (var network = Network.open(networkName + ".onnx");
                var run = network.run(normalised(networkName, image), 1, image.side(), image.side())) {
            assertThat(run.shape(output)).containsExactly(1, size);
            check(output, run.values(output), reference.output(face + "." + output), tolerance);
        }
    }

    private Image image(String name) {
        return Objects.requireNonNull(images.get(name), name);
    }

    private float[] normalised(String network, Image image) {
        JsonNode description = pack.required(network);
        return image.normalised(Pack.floats(description.required("mean")), Pack.floats(description.required("std")));
    }

    private static float largest(float... values) {
        float largest = Float.NEGATIVE_INFINITY;
        for (float value : values) {
            largest = Math.max(largest, value);
        }
        return largest;
    }

    private static void check(String name, float[] ours, float[] theirs, float tolerance) {
        assertThat(ours).as(name).hasSameSizeAs(theirs);
        float worst = 0;
        for (int i = 0; i < ours.length; i++) {
            float difference = Math.abs(ours[i] - theirs[i]);
            assertThat(difference).as("%s[%d] is a number", name, i).isNotNaN();
            worst = Math.max(worst, difference);
        }
        assertThat(worst).as("largest difference of " + name).isCloseTo(0, within(tolerance));
    }
}
