package org.likeness.vision;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.likeness.core.photo.AnalysedPhoto;
import org.likeness.core.photo.PhotoReading;
import org.likeness.core.template.Template;
import org.likeness.models.DefaultPack;

/// A second pack: another detector before the default landmarks and embedder.
class YunetPackTest {
    @TempDir
    static Path folder;

    private static byte[] yunet = {};

    @BeforeAll
    static void find_network() throws IOException {
        yunet = Files.readAllBytes(SharedFiles.models(YunetPackTest.class).resolve("yunet_n_dynamic.onnx"));
        for (String name : DefaultPack.photos()) {
            SharedFiles.demoPhoto(name, folder);
        }
    }

    @Test
    void finds_the_faces_of_the_demo_photos_and_makes_the_same_templates() {
        try (var reader = PackFaceReader.open(pack().open(), Limits.defaults());
                var usual = PackFaceReader.open(SharedFiles.defaultPack(), Limits.defaults())) {
            int kept = 0;
            int skipped = 0;
            for (String name : DefaultPack.photos()) {
                AnalysedPhoto photo = read(reader, name);
                kept += photo.faces().size();
                skipped += photo.skipped().size();
                for (Template template : templates(read(usual, name))) {
                    // Landmarks are read twice, so the crop hardly depends on who found the face.
                    assertThat(templates(photo)).anyMatch(other -> distance(other, template) < 0.35);
                }
            }
            assertThat(kept).isBetween(20, 23);
            assertThat(kept + skipped).isBetween(22, 26);
        }
    }

    @Test
    void its_own_five_points_are_enough_for_a_crop() {
        PackBuilder five = pack().edit(json -> json.remove("landmarks"));
        five.object("embedder").put("alignment", "dlib-5-150-v1");
        try (var reader = PackFaceReader.open(five.open(), Limits.defaults());
                var usual = PackFaceReader.open(SharedFiles.defaultPack(), Limits.defaults())) {
            List<Template> templates = templates(read(reader, "sample1.jpg"));
            for (Template template : templates(read(usual, "sample1.jpg"))) {
                assertThat(templates).anyMatch(other -> distance(other, template) < 0.45);
            }
        }
    }

    private static PackBuilder pack() {
        var builder = new PackBuilder();
        builder.file("yunet.onnx", yunet);
        return builder.edit(json -> {
            json.put("name", "yunet-face-api");
            json.set("detector", builder.parse("""
                    {'kind': 'yunet', 'file': 'yunet.onnx', 'colour': 'bgr', 'mean': [0, 0, 0], 'std': [1, 1, 1],
                     'sideMultiple': 32, 'sideMin': 64, 'passes': [640, 1280], 'scoreMin': 0.6, 'iouMax': 0.4}"""));
        });
    }

    private static AnalysedPhoto read(PackFaceReader reader, String name) {
        return ((PhotoReading.Read) reader.read(folder.resolve(name), Permits.TEMPLATES)).photo();
    }

    private static List<Template> templates(AnalysedPhoto photo) {
        return photo.faces().stream().map(face -> face.template().orElseThrow()).toList();
    }

    /// Between templates of two packs, which no product code may compare: here the embedder is known to
    /// be the same.
    private static double distance(Template a, Template b) {
        double sum = 0;
        for (int i = 0; i < a.dimension(); i++) {
            sum += Math.pow(a.values()[i] - b.values()[i], 2);
        }
        return Math.sqrt(sum);
    }
}
