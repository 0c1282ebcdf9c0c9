package org.likeness.vision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.likeness.core.photo.AnalysedPhoto;
import org.likeness.core.photo.AnalysedPhoto.AnalysedFace;
import org.likeness.core.photo.AnalysedPhoto.SkippedFace;
import org.likeness.core.photo.Box;
import org.likeness.core.photo.FaceReader.Depth;
import org.likeness.core.photo.PhotoReading;
import org.likeness.core.photo.Point;
import org.likeness.core.template.Metric;

/// A pack of the InsightFace kind (SCRFD detector, ArcFace crop, cosine) made of networks whose answers
/// are known: the detector always says the same, the embedder gives the mean of each plane.
class SyntheticPackTest {
    private static final int SIDE = 128;
    private final float[] scores = new float[8 * 8 * 2];
    private final float[] boxes = new float[8 * 8 * 2 * 4];
    private final float[] points = new float[8 * 8 * 2 * 10];

    @TempDir
    Path folder;

    private Path photo = Path.of("");

    @BeforeEach
    void paint_a_plain_photo() throws IOException {
        // Twice the size of the detector's input; one colour, so every crop has the same mean.
        var image = new BufferedImage(256, 256, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < 256 * 256; i++) {
            image.setRGB(i % 256, i / 256, 0xC86432);
        }
        photo = folder.resolve("plain.png");
        ImageIO.write(image, "png", photo.toFile());
    }

    @Test
    void maps_boxes_and_points_to_the_photo() {
        face(3, 2, 0.9f, 1.5f); // stride 16: the corner (32, 48) of the input is (64, 96) in the photo

        AnalysedFace face = read(Depth.FACES).faces().getFirst();

        assertThat(face.box()).isEqualTo(new Box(64 - 48, 96 - 48, 96, 96));
        assertThat(face.detectionScore()).isCloseTo(0.9, within(1e-6));
        assertThat(face.landmarks().leftEye()).isEqualTo(new Point(64 - 16, 96 - 16));
        assertThat(face.landmarks().rightMouth()).isEqualTo(new Point(64 + 16, 96 + 16));
        assertThat(face.template()).isEmpty();
    }

    @Test
    void embeds_what_the_pack_describes() {
        face(3, 2, 0.9f, 1.5f);

        AnalysedFace face = read(Permits.TEMPLATES).faces().getFirst();

        // Planes B, G, R of (200, 100, 50), less 100, over 50: (-1, 0, 2), at length 1.
        float[] values = face.template().orElseThrow().values();
        assertThat(values[0]).isCloseTo((float) (-1 / Math.sqrt(5)), within(0.02f));
        assertThat(values[1]).isCloseTo(0f, within(0.02f));
        assertThat(values[2]).isCloseTo((float) (2 / Math.sqrt(5)), within(0.02f));
    }

    @Test
    void sorts_the_largest_first_and_skips_the_smallest() {
        face(1, 1, 0.95f, 0.8f);
        face(5, 5, 0.7f, 1.5f);
        face(1, 6, 0.9f, 0.3f); // 0.6 strides of 32 photo pixels: 19 pixels

        AnalysedPhoto read = read(Depth.FACES);

        assertThat(read.faces().stream().map(f -> f.box().height()).map(Math::round))
                .containsExactly(96L, 51L);
        assertThat(read.skipped()).hasSize(1);
        assertThat(read.skipped().getFirst().reason()).isEqualTo(SkippedFace.Reason.TOO_SMALL);
    }

    @Test
    void of_boxes_over_each_other_the_best_scored_stays() {
        face(3, 3, 0.8f, 1.5f);
        face(3, 4, 0.9f, 1.4f); // overlaps by half and more
        face(6, 1, 0.6f, 1.0f);

        List<AnalysedFace> faces = read(Depth.FACES).faces();

        assertThat(faces).hasSize(2);
        assertThat(faces.getFirst().detectionScore()).isCloseTo(0.9, within(1e-6));
    }

    @Test
    void r18_templates_of_another_pack_or_alignment_cannot_be_compared() {
        face(3, 2, 0.9f, 1.5f);
        var mine = read(Permits.TEMPLATES).faces().getFirst().template().orElseThrow();
        PackBuilder other = builder().edit(json -> json.put("version", "2"));
        try (var reader = PackFaceReader.open(other.open(), Limits.defaults())) {
            var theirs = read(reader, Permits.TEMPLATES)
                    .faces()
                    .getFirst()
                    .template()
                    .orElseThrow();
            assertThat(theirs.values()).isEqualTo(mine.values());
            assertThatThrownBy(() -> mine.score(theirs, Metric.COSINE)).isInstanceOf(IllegalArgumentException.class);
        }
        PackBuilder aligned = builder();
        aligned.object("embedder")
                .put("alignment", "dlib-5-150-v1")
                .put("width", 150)
                .put("height", 150);
        aligned.file(
                "embedder.onnx", new TinyOnnx(150, 150).planeMeans("vector").bytes());
        try (var reader = PackFaceReader.open(aligned.open(), Limits.defaults())) {
            var theirs = read(reader, Permits.TEMPLATES)
                    .faces()
                    .getFirst()
                    .template()
                    .orElseThrow();
            assertThatThrownBy(() -> mine.score(theirs, Metric.COSINE)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    /// Puts a face at a cell of stride 16: `half` strides to each side, its points half a stride around
    /// the corner.
    private void face(int row, int column, float score, float half) {
        int at = (row * 8 + column) * 2;
        scores[at] = score;
        for (int i = 0; i < 4; i++) {
            boxes[4 * at + i] = half;
        }
        float[] five = {-0.5f, -0.5f, 0.5f, -0.5f, 0, 0, -0.5f, 0.5f, 0.5f, 0.5f};
        System.arraycopy(five, 0, points, 10 * at, 10);
    }

    private AnalysedPhoto read(Depth depth) {
        try (var reader = PackFaceReader.open(builder().open(), Limits.defaults())) {
            return read(reader, depth);
        }
    }

    private AnalysedPhoto read(PackFaceReader reader, Depth depth) {
        return ((PhotoReading.Read) reader.read(photo, depth)).photo();
    }

    private PackBuilder builder() {
        var builder = new PackBuilder();
        builder.file(
                "detector.onnx",
                new TinyOnnx(SIDE, SIDE)
                        .constant("k32", new float[320], 32, 10)
                        .constant("b8", new float[2048], 512, 4)
                        .constant("s16", scores, 128, 1)
                        .constant("k8", new float[5120], 512, 10)
                        .constant("s8", new float[512], 512, 1)
                        .constant("b16", boxes, 128, 4)
                        .constant("k16", points, 128, 10)
                        .constant("s32", new float[32], 32, 1)
                        .constant("b32", new float[128], 32, 4)
                        .bytes());
        builder.file(
                "embedder.onnx", new TinyOnnx(112, 112).planeMeans("vector").bytes());
        return builder.edit(json -> {
            json.put("name", "synthetic");
            json.put("metric", "cosine");
            json.remove("landmarks");
            json.set("detector", builder.parse("""
                    {'kind': 'scrfd', 'file': 'detector.onnx', 'colour': 'rgb', 'mean': [127.5, 127.5, 127.5],
                     'std': [128, 128, 128], 'sideMultiple': 32, 'sideMin': 128, 'passes': [128], 'scoreMin': 0.5,
                     'iouMax': 0.4}"""));
            json.set("embedder", builder.parse("""
                    {'file': 'embedder.onnx', 'width': 112, 'height': 112, 'colour': 'bgr', 'mean': [100, 100, 100],
                     'std': [50, 50, 50], 'alignment': 'arcface-112-v1', 'dimension': 3, 'mirror': true,
                     'unit': true}"""));
        });
    }
}
