package org.likeness.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.likeness.core.LikenessException;

class SettingsTest {
    @TempDir
    private Path data;

    @Test
    void the_sample_file_names_every_setting_with_its_default() throws IOException {
        Properties sample = new Properties();
        sample.load(new StringReader(Setting.sample().replaceAll("(?m)^#(?=[a-z.-]+=)", "")));
        assertThat(sample).hasSize(Setting.values().length);
        for (Setting setting : Setting.values()) {
            assertThat(sample.getProperty(setting.key())).isEqualTo(setting.standard());
        }
        Files.writeString(data.resolve(Settings.FILE), Setting.sample());
        assertThat(Settings.of(data).threads())
                .isEqualTo(Settings.of(data.resolve("none")).threads());
    }

    @Test
    void the_environment_beats_the_file_and_an_option_beats_both() throws IOException {
        Files.writeString(data.resolve(Settings.FILE), "threads=3\nphoto.megapixels-max=50\n");
        Settings file = Settings.read(data, Map.of(), Map.of());
        assertThat(file.threads()).isEqualTo(3);
        Settings environment =
                Settings.read(data, Map.of("LIKENESS_THREADS", "4", "LIKENESS_DATA", "x", "PATH", "y"), Map.of());
        assertThat(environment.threads()).isEqualTo(4);
        assertThat(environment.megapixelsMax()).isEqualTo(50);
        Settings option = Settings.read(data, Map.of("LIKENESS_THREADS", "4"), Map.of(Setting.THREADS, "5"));
        assertThat(option.threads()).isEqualTo(5);
    }

    @Test
    void every_problem_is_named_at_once() throws IOException {
        Files.writeString(data.resolve(Settings.FILE), "thread=3\nphoto.megapixels-max=lots\nsearch.max-false=7\n");
        assertThatExceptionOfType(LikenessException.class)
                .isThrownBy(() -> Settings.read(data, Map.of("LIKENESS_THREDS", "4"), Map.of()))
                .withMessageContaining("unknown setting thread")
                .withMessageContaining("photo.megapixels-max must be a whole number")
                .withMessageContaining("search.max-false")
                .withMessageContaining("LIKENESS_THREDS")
                .matches(e -> e.kind() == LikenessException.Kind.BAD_INPUT);
    }
}
