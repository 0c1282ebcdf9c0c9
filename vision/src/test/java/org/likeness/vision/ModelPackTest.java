package org.likeness.vision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.likeness.core.LikenessException;
import org.likeness.core.LikenessException.Kind;
import org.likeness.core.photo.AlignedCrop;
import org.likeness.core.photo.FaceReader.Depth;
import org.likeness.core.template.Metric;
import org.likeness.core.template.ModelId;

class ModelPackTest {
    private final PackBuilder builder = new PackBuilder();

    @TempDir
    Path folder;

    @Test
    void opens_the_default_pack_from_the_class_path() {
        ModelPack pack = SharedFiles.defaultPack();

        assertThat(pack.spec().id()).isEqualTo(new ModelId("face-api", pack.version(), "dlib-33-150-v1"));
        assertThat(pack.spec().metric()).isEqualTo(Metric.EUCLIDEAN);
        assertThat(pack.spec().dimension()).isEqualTo(128);
        assertThat(pack.licence()).isEqualTo("MIT");
        assertThat(pack.card()).isNotBlank();
    }

    @Test
    void opens_the_same_pack_from_a_folder_and_from_a_zip() throws IOException {
        builder.write(folder);
        Path zip = folder.resolve("pack.zip");
        try (OutputStream out = Files.newOutputStream(zip);
                var entries = new ZipOutputStream(out);
                var files = Files.list(folder)) {
            for (Path file : files.filter(f -> !f.equals(zip)).sorted().toList()) {
                entries.putNextEntry(new ZipEntry(file.getFileName().toString()));
                entries.write(Files.readAllBytes(file));
            }
        }

        assertThat(ModelPack.open(folder).spec()).isEqualTo(builder.open().spec());
        assertThat(ModelPack.open(zip).spec()).isEqualTo(builder.open().spec());
    }

    @Test
    void says_when_nothing_is_there_and_when_it_is_no_pack() throws IOException {
        assertThatThrownBy(() -> ModelPack.open(folder.resolve("none")))
                .isInstanceOfSatisfying(
                        LikenessException.class, e -> assertThat(e.kind()).isEqualTo(Kind.NOT_FOUND));
        Path text = Files.writeString(folder.resolve("text.zip"), "no zip");
        assertBadInput(() -> ModelPack.open(text));
        assertBadInput(() -> ModelPack.open(Files.createDirectory(folder.resolve("empty"))));
    }

    @Test
    void names_every_problem_at_once() {
        builder.edit(json -> {
            json.put("licence", 7);
            json.put("colour", "blue");
            json.remove("title");
        });
        builder.object("detector").put("kind", "guess").put("scoreMin", 2);
        builder.object("embedder").put("alignment", "mine");

        assertThatThrownBy(builder::open)
                .isInstanceOf(LikenessException.class)
                .hasMessageContaining("licence must be a text")
                .hasMessageContaining("colour is not a field of format 1")
                .hasMessageContaining("title is missing")
                .hasMessageContaining("detector.kind must be one of [ssd-mobilenet, yunet, scrfd] but is \"guess\"")
                .hasMessageContaining("detector.scoreMin must be a number from 0.01 to 1.0 but is 2")
                .hasMessageContaining("embedder.alignment must be one of")
                .hasMessageContaining("\nCorrect pack.json");
    }

    @Test
    void refuses_a_missing_file_and_one_with_another_hash_together() {
        builder.lose("detector.onnx").tamper("embedder.onnx", new byte[] {1});

        assertThatThrownBy(builder::open)
                .isInstanceOf(LikenessException.class)
                .hasMessageContaining("file detector.onnx is missing")
                .hasMessageContaining("file embedder.onnx must have SHA-256");
    }

    @Test
    void refuses_a_file_name_that_leads_out_of_the_pack() {
        builder.object("embedder").put("file", "../../etc/passwd");

        assertThatThrownBy(builder::open).hasMessageContaining("embedder.file must be a plain file name");
    }

    @Test
    void refuses_a_name_given_twice_and_text_after_the_end() {
        String json = new String(builder.description(), StandardCharsets.UTF_8);

        assertBadInput(() -> builder.open(
                json.replace("\"format\":1", "\"format\":1,\"format\":1").getBytes(StandardCharsets.UTF_8)));
        assertBadInput(() -> builder.open((json + "{}").getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void needs_landmarks_for_a_detector_without_points() {
        builder.edit(json -> json.remove("landmarks"));

        assertThatThrownBy(builder::open).hasMessageContaining("landmarks is missing");
    }

    @Test
    void refuses_a_network_of_another_shape_when_it_is_loaded() {
        builder.object("embedder").put("dimension", 64);
        ModelPack pack = builder.open();
        try (var reader = PackFaceReader.open(pack, Limits.defaults())) {
            assertThatThrownBy(() -> reader.load())
                    .isInstanceOf(LikenessException.class)
                    .hasMessageContaining("output shapes must be one of [batch, 64] but is [[-1, 128]]");
        }
    }

    @Test
    void loads_only_the_networks_that_are_needed() throws IOException {
        Path photo = SharedFiles.demoPhoto("sample1.jpg", folder);
        byte[] noNetwork = "no network".getBytes(StandardCharsets.UTF_8);
        ModelPack pack = builder.file("embedder.onnx", noNetwork).open();
        AlignedCrop crop = new AlignedCrop(Encoding.png(new Picture(150, 150, new byte[150 * 150 * 3])));
        try (var reader = PackFaceReader.open(pack, Limits.defaults())) {
            reader.read(photo, Depth.FACES);
            assertThatThrownBy(() -> reader.embed(crop, Permits.PERMIT))
                    .hasMessageContaining("file embedder.onnx of the model pack must be an ONNX network");
        }
        pack = new PackBuilder().file("detector.onnx", noNetwork).open();
        try (var reader = PackFaceReader.open(pack, Limits.defaults())) {
            assertThat(reader.embed(crop, Permits.PERMIT).dimension()).isEqualTo(128);
            assertThatThrownBy(() -> reader.read(photo, Depth.FACES)).hasMessageContaining("detector.onnx");
        }
    }

    @ParameterizedTest(name = "seed={0}")
    @MethodSource("seeds")
    void never_opens_or_fails_in_another_way_when_mutated(long seed) {
        var random = new SplittableRandom(seed);
        byte[] json = builder.description();
        for (int round = 0; round < 20; round++) {
            byte[] mutated = mutate(json.clone(), random);
            try {
                assertThat(PackFormat.read(mutated)).isNotNull();
            } catch (LikenessException e) {
                assertThat(e.kind()).isEqualTo(Kind.BAD_INPUT);
            }
        }
    }

    static LongStream seeds() { // -Dseed=N replays one case
        Long only = Long.getLong("seed");
        return only == null ? new SplittableRandom(11).longs(200) : LongStream.of(only);
    }

    private static byte[] mutate(byte[] json, SplittableRandom random) {
        byte[] tokens = "{}[],:\"0123456789.-eEtfn \\/".getBytes(StandardCharsets.US_ASCII);
        byte[] changed = json;
        for (int i = random.nextInt(1, 4); i > 0; i--) {
            int at = random.nextInt(changed.length);
            switch (random.nextInt(3)) {
                case 0 -> changed[at] = (byte) random.nextInt(256);
                case 1 -> changed[at] = tokens[random.nextInt(tokens.length)];
                default -> { // moves a piece, so that fields swap values or go missing
                    int from = random.nextInt(changed.length);
                    int length = random.nextInt(1, 40);
                    for (int k = 0; k < length && at + k < changed.length && from + k < changed.length; k++) {
                        changed[at + k] = changed[from + k];
                    }
                }
            }
        }
        return changed;
    }

    private static void assertBadInput(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        LikenessException thrown = catchThrowableOfType(LikenessException.class, call);
        assertThat(thrown).isNotNull();
        assertThat(thrown.kind()).isEqualTo(Kind.BAD_INPUT);
    }
}
