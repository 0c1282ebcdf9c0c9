package org.likeness.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.onnxruntime.OrtException;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DetectorNetTest {
    @ParameterizedTest
    @CsvSource({"512, 512", "768, 512", "512, 768", "1024, 704"})
    void runs_at_any_size_of_multiples_of_64(int width, int height) throws IOException, OrtException {
        try (var network = Network.open("detector.onnx");
                var run = network.run(new float[3 * height * width], 1, height, width)) {
            int priors = Pack.priors(height, width);
            assertThat(run.shape("encodings")).containsExactly(1, priors, 4);
            assertThat(run.shape("scores")).containsExactly(1, priors);
        }
    }

    /// A face at the same place of the input must be found by the same cell, wherever the input ends.
    @ParameterizedTest
    @CsvSource({"704", "768"})
    void finds_the_same_face_in_a_wider_input(int width) throws IOException, OrtException {
        float[] half = {127.5f, 127.5f, 127.5f};
        float[] square = Image.cut("sample1.jpg", 0, 0, 1920, 512).normalised(half, half);
        var wide = new float[3 * 512 * width];
        Arrays.fill(wide, -1); // black
        for (int row = 0; row < 3 * 512; row++) {
            System.arraycopy(square, row * 512, wide, row * width, 512);
        }
        try (var network = Network.open("detector.onnx");
                var narrowRun = network.run(square, 1, 512, 512);
                var wideRun = network.run(wide, 1, 512, width)) {
            float[] expected = best(narrowRun, 512);
            float[] found = best(wideRun, width);
            for (int i = 0; i < 4; i++) {
                assertThat(found[i]).isCloseTo(expected[i], within(1f));
            }
        }
    }

    /// The box with the highest score, in pixels of the input: top, left, bottom, right.
    private static float[] best(Network.Run run, int width) {
        float[] scores = run.values("scores");
        int best = 0;
        for (int i = 0; i < scores.length; i++) {
            best = scores[i] > scores[best] ? i : best;
        }
        float[] boxes = Pack.decode(run.values("encodings"), 512, width);
        return new float[] {
            boxes[best * 4] * 512, boxes[best * 4 + 1] * width, boxes[best * 4 + 2] * 512, boxes[best * 4 + 3] * width
        };
    }
}
