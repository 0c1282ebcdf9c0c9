package org.likeness.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.likeness.core.member.MemberId;
import org.likeness.core.member.Right;
import org.likeness.core.rights.MemberDesk;
import org.likeness.testkit.TestPhotos;

/// Whoever copies the examples of the guide out of it and runs them gets what it says.
class ApiGuideTest {
    private static final Path GUIDE = Path.of("..", "docs", "guides", "api.md");

    @TempDir
    Path data;

    private static List<String> blocks(String language) throws IOException {
        return Pattern.compile("^```" + language + "\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL)
                .matcher(Files.readString(GUIDE))
                .results()
                .map((MatchResult found) -> found.group(1))
                .toList();
    }

    private static String token(Site site) {
        MemberId owner = site.likeness.members().members().getFirst().id();
        return site.likeness
                .as(MemberDesk.actor(owner))
                .signIn()
                .makeToken(
                        owner,
                        "guide",
                        EnumSet.allOf(Right.class),
                        Optional.empty(),
                        Instant.now().plus(Duration.ofDays(1)))
                .secret()
                .text();
    }

    private String run(Map<String, String> environment, List<String> command) throws IOException, InterruptedException {
        Path output = data.resolve("output");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(data.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        assertThat(process.waitFor(3, TimeUnit.MINUTES)).isTrue();
        String said = Files.readString(output, StandardCharsets.UTF_8);
        assertThat(process.exitValue()).as(said).isZero();
        return said;
    }

    @Test
    void the_examples_run() throws IOException, InterruptedException {
        Path photo = TestPhotos.demo(data.resolve("own")).getFirst();
        try (Site site = Site.owned(data.resolve("data"))) {
            String address = site.at("/").toString().replaceFirst("/$", "");
            String token = token(site);
            Path script = data.resolve("examples.sh");
            Files.writeString(script, blocks("sh").stream().collect(Collectors.joining("\n")));
            String said = run(
                    Map.of("LIKENESS", address, "TOKEN", token, "PHOTO", photo.toString()),
                    List.of("bash", "-euo", "pipefail", script.toString()));
            assertThat(said).contains("\"IMPORTED\": 1", "\"falseMatchRate\":", "\"flaws\": [");
            assertThat(Files.readString(data.resolve("attestation.json"))).contains("receipt 1");

            Path program = data.resolve("Find.java");
            Files.writeString(program, blocks("java").getFirst());
            String collection = site.likeness.collections().getFirst().id().toString();
            assertThat(run(
                            Map.of(),
                            List.of(
                                    Path.of(System.getProperty("java.home"), "bin", "java")
                                            .toString(),
                                    program.toString(),
                                    address,
                                    token,
                                    collection,
                                    photo.toString())))
                    .contains("\"candidates\":[]");
        }
    }
}
