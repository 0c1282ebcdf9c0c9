package org.likeness.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class DefaultPackTest {
    private final JsonNode pack = Pack.description();

    @Test
    void the_description_lists_every_other_file_with_its_hash() throws IOException {
        JsonNode hashes = pack.required("files");
        var listed = new ArrayList<>(List.of("pack.json"));
        for (var entry : hashes.properties()) {
            listed.add(entry.getKey());
            try (var content = DefaultPack.open(entry.getKey())) {
                assertThat(NpmPackage.sha256(content.readAllBytes()))
                        .isEqualTo(entry.getValue().asString());
            }
        }
        assertThat(listed).containsExactlyInAnyOrderElementsOf(DefaultPack.files());
    }

    @Test
    void the_provenance_names_the_package_that_the_lock_file_pins() throws IOException {
        String lock = Files.readString(Path.of("package-lock.json"));
        String provenance = pack.required("provenance").asString();
        String integrity = provenance.replaceFirst(".*(sha512-[^,]+).*", "$1");
        assertThat(integrity).startsWith("sha512-").hasSizeGreaterThan(80);
        assertThat(lock).contains("\"" + integrity + "\"");
    }

    @Test
    void the_priors_are_those_of_six_levels() {
        var strides = new ArrayList<Integer>();
        for (JsonNode level : pack.required("detector").required("priors")) {
            strides.add(level.required("stride").asInt());
        }
        assertThat(strides).containsExactly(16, 32, 64, 128, 256, 512);
        assertThat(Pack.priors(512, 512)).isEqualTo(5118);
    }

    @Test
    void the_calibration_gets_stricter_as_scores_rise() {
        JsonNode points = pack.required("calibration").required("points");
        assertThat(points.size()).isGreaterThanOrEqualTo(2);
        for (int i = 1; i < points.size(); i++) {
            assertThat(points.get(i).required("score").asDouble())
                    .isGreaterThan(points.get(i - 1).required("score").asDouble());
            assertThat(points.get(i).required("fmr").asDouble())
                    .isLessThan(points.get(i - 1).required("fmr").asDouble());
        }
    }

    @Test
    void every_demo_photo_can_be_decoded() throws IOException {
        for (String photo : DefaultPack.photos()) {
            try (var content = DefaultPack.openPhoto(photo)) {
                assertThat(ImageIO.read(content).getWidth()).isEqualTo(1920);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "../pack/pack.json", "sample1.jpg", "BuildPack.class"})
    void refuses_to_open_what_it_does_not_list(String file) {
        assertThatThrownBy(() -> DefaultPack.open(file)).isInstanceOf(IllegalArgumentException.class);
    }
}
