package org.likeness.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BuildPackTest {
    private static final Path NPM_PACKAGE = Path.of("node_modules", "@vladmandic", "face-api");
    private static final Path SOURCES = Path.of("src", "main");
    private static final String WEIGHTS = "model/face_recognition_model.bin";

    @TempDir
    private Path scratch;

    @Test
    void gives_the_same_bytes_again() throws IOException {
        BuildPack.write(NPM_PACKAGE, SOURCES, scratch);
        for (String file : DefaultPack.files()) {
            try (var built = DefaultPack.open(file)) {
                assertThat(scratch.resolve("pack").resolve(file)).as(file).hasBinaryContent(built.readAllBytes());
            }
        }
        for (String photo : DefaultPack.photos()) {
            assertThat(scratch.resolve("demo").resolve(photo)).hasSameBinaryContentAs(npm("demo/" + photo));
        }
    }

    @Test
    void refuses_weights_with_one_bit_changed() throws IOException {
        Path altered = copyOfThePackage();
        byte[] weights = Files.readAllBytes(altered.resolve(WEIGHTS));
        weights[weights.length / 2] ^= 1;
        Files.write(altered.resolve(WEIGHTS), weights);
        assertThatThrownBy(() -> BuildPack.write(altered, SOURCES, scratch.resolve("out")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("SHA-256 of " + WEIGHTS)
                .hasMessageContaining("altered");
    }

    @Test
    void refuses_a_package_without_its_weights() throws IOException {
        Path incomplete = copyOfThePackage();
        Files.delete(incomplete.resolve(WEIGHTS));
        assertThatThrownBy(() -> BuildPack.write(incomplete, SOURCES, scratch.resolve("out")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("missing file");
    }

    private static Path npm(String file) {
        return NPM_PACKAGE.resolve(file);
    }

    private Path copyOfThePackage() throws IOException {
        Path copy = scratch.resolve("package");
        List<String> pins = Files.readAllLines(SOURCES.resolve("pack").resolve("face-api.sha256"));
        for (String pin : pins) {
            String file = pin.substring(pin.indexOf("  ") + 2);
            Files.createDirectories(copy.resolve(file).getParent());
            Files.copy(npm(file), copy.resolve(file));
        }
        return copy;
    }
}
