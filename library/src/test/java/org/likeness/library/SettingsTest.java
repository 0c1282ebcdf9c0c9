package org.likeness.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.likeness.core.LikenessException;
import org.likeness.core.member.SecondFactor;

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

    @Test
    void how_the_web_application_listens_is_read_from_the_file() throws IOException {
        WebSettings standard = Settings.of(data).web();
        assertThat(standard)
                .isEqualTo(new WebSettings(
                        "127.0.0.1", 8080, "", Optional.empty(), false, Optional.empty(), SecondFactor.OPTIONAL));
        Files.writeString(data.resolve(Settings.FILE), """
                server.host=0.0.0.0
                server.port=8443
                server.url=https://photos.example.org
                server.tls.certificate=tls/chain.pem
                server.tls.key=/etc/key.pem
                server.forwarded=true
                server.oidc.issuer=https://id.example.org
                server.oidc.client-id=likeness
                server.oidc.client-secret-file=oidc.secret
                server.second-factor=owners
                """);
        Settings read = Settings.read(data, Map.of("LIKENESS_SERVER_PORT", "9443"), Map.of());
        WebSettings.Tls tls = new WebSettings.Tls(data.resolve("tls/chain.pem"), Path.of("/etc/key.pem"));
        WebSettings.Oidc oidc = new WebSettings.Oidc("https://id.example.org", "likeness", data.resolve("oidc.secret"));
        assertThat(read.web())
                .isEqualTo(new WebSettings(
                        "0.0.0.0",
                        9443,
                        "https://photos.example.org/",
                        Optional.of(tls),
                        true,
                        Optional.of(oidc),
                        SecondFactor.OWNERS));
        assertThat(read.value(Setting.SERVER_CERTIFICATE))
                .isEqualTo(tls.certificate().toString());
    }

    @Test
    void what_the_web_application_cannot_use_is_named_with_its_key() throws IOException {
        Files.writeString(data.resolve(Settings.FILE), """
                server.host=
                server.port=70000
                server.url=photos.example.org
                server.tls.key=key.pem
                server.forwarded=yes
                server.second-factor=yes
                server.oidc.issuer=https://id.example.org
                """);
        assertThatExceptionOfType(LikenessException.class)
                .isThrownBy(() -> Settings.of(data))
                .withMessageContaining(Settings.FILE)
                .withMessageContaining("server.host must be an address")
                .withMessageContaining("server.port must be a whole number from 0 to 65535 but is 70000")
                .withMessageContaining("server.url must begin with https://")
                .withMessageContaining("server.tls.certificate and server.tls.key belong together")
                .withMessageContaining("server.oidc.client-secret-file belong together, but only 1 of them are set")
                .withMessageContaining("server.second-factor must be optional, owners or required but is yes")
                .withMessageContaining("server.forwarded must be true or false but is yes");
        for (String wrong : List.of("ftp://a.example", "https://", "https://a.example/photos", "https://u@a.example")) {
            assertThat(WebSettings.isAddress(wrong)).as(wrong).isFalse();
        }
    }
}
