package org.likeness.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.likeness.testkit.TestPhotos;
import tools.jackson.databind.JsonNode;

/// Sources, grants and a stop as somebody meets them who has only the command line.
class SourcesJourneyTest {
    @TempDir
    private Path temp;

    private Cli cli;

    @BeforeEach
    void dataDirectory() throws Exception {
        cli = new Cli(temp.resolve("data"));
        cli.run("collection", "create", "ours", "--profile", "household");
    }

    private JsonNode source(String name) throws Exception {
        return cli.run("source", "show", name, "--json").json();
    }

    private static final String NAME = "Grüße e.V.";

    private Path add(Path photo) throws Exception {
        Path letter = Files.writeString(temp.resolve("letter.txt"), "You may.");
        Cli.Ended added = cli.run(
                "source",
                "add",
                NAME,
                "--owner",
                "Anna",
                "--contact",
                "anna@example.org",
                "--granted-by",
                "Anna",
                "--capacity",
                "owner",
                "--uses",
                "store,face-search",
                "--until",
                "2999-12-31",
                "--evidence",
                letter.toString());
        assertThat(added.code()).as(added.err()).isZero();
        assertThat(added.out()).contains("store, face-search").contains("likeness import");
        assertThat(cli.run("import", photo.toString(), "--source", NAME).code()).isZero();
        return letter;
    }

    @Test
    void r04_a_grant_is_succeeded_and_the_chain_is_shown() throws Exception {
        add(TestPhotos.demo(temp.resolve("photos")).getFirst());
        String first = source(NAME).at("/grants/0/id").asString();
        cli.run("collection", "create", "other", "--profile", "household"); // the source's name is enough all the same
        JsonNode second = cli.run(
                        "source",
                        "grant",
                        "succeed",
                        first,
                        "--granted-by",
                        "Anna's board",
                        "--capacity",
                        "representative",
                        "--json")
                .json();
        assertThat(second.get("photos").asInt()).isEqualTo(1);
        JsonNode chain = source(NAME);
        assertThat(chain.at("/grants/0/succeeds").asString()).isEqualTo(first);
        assertThat(chain.at("/grants/1/evidenceSha256").asString()).hasSize(64);
        assertThat(chain.at("/grants/1/endedAt").asString()).isNotEmpty();
        String last = chain.at("/grants/0/id").asString();
        assertThat(cli.run("source", "grant", "end", last, "--json")
                        .json()
                        .get("purgedOn")
                        .asString())
                .isNotEmpty();
        assertThat(cli.run("source", "stop", NAME, "--json").code()).isZero();
        assertThat(cli.run("audit", "show", "--json").out())
                .contains("GRANT_SUCCEEDED")
                .doesNotContain("Grüße", "Anna", "anna", "example.org");
    }

    @Test
    void r40_a_source_that_said_stop_comes_back_only_in_writing() throws Exception {
        Path photo = TestPhotos.demo(temp.resolve("photos")).getFirst();
        Path letter = add(photo);
        Cli.Ended stopped = cli.run("source", "stop", NAME);
        assertThat(stopped.code()).as(stopped.err()).isZero();
        assertThat(stopped.out()).contains("Stopped. 1 photos").contains("1 photos deleted");
        assertThat(source(NAME).get("state").asString()).isEqualTo("purged");
        Cli.Ended again = cli.run("import", photo.toString(), "--json");
        assertThat(again.jsonLines().getFirst().get("reason").asString()).isEqualTo("blocked");
        assertThat(cli.run("source", "add", "new", "--owner", "ANNA", "--granted-by", "x")
                        .code())
                .isEqualTo(ExitCode.REFUSED.number());
        assertThat(cli.run("source", "unblock", NAME, "--granted-by", "Anna", "--capacity", "owner")
                        .code())
                .isEqualTo(ExitCode.REFUSED.number());
        Cli.Ended back = cli.run(
                "source",
                "unblock",
                NAME,
                "--granted-by",
                "Anna",
                "--capacity",
                "owner",
                "--evidence",
                letter.toString());
        assertThat(back.code()).as(back.err()).isZero();
        assertThat(back.err()).doesNotContain("Warning");
        assertThat(cli.run("import", photo.toString(), "--source", NAME).out()).contains("1 imported");
        assertThat(cli.run("audit", "show", "--json").out())
                .contains("SOURCE_STOPPED", "SOURCE_PURGED", "SOURCE_UNBLOCKED")
                .doesNotContain("Grüße", "Anna", "anna", "example.org");
    }

    @Test
    void r39_a_stop_that_is_killed_has_stopped_and_the_next_command_deletes_the_rest() throws Exception {
        TestPhotos.many(temp.resolve("many"), 12);
        cli.run("source", "add", "club", "--granted-by", "the board");
        cli.run("import", temp.resolve("many").toString(), "--source", "club");
        Process stop = cli.start("source", "stop", "club", "--json");
        try (BufferedReader lines = stop.inputReader(StandardCharsets.UTF_8)) {
            assertThat(Cli.parse(lines.readLine()).get("photos").asInt()).isEqualTo(12);
            stop.destroyForcibly(); // anywhere between the stop and the end of the purge
            stop.waitFor();
        }
        JsonNode club = source("club");
        assertThat(club.get("state").asString()).isEqualTo("purged");
        assertThat(club.get("photos").asInt()).isZero();
        assertThat(pictures()).isEmpty();
    }

    private List<Path> pictures() throws IOException {
        try (Stream<Path> walk = Files.walk(temp.resolve("data/collections"))) {
            return walk.filter(Files::isRegularFile)
                    .filter(file -> !file.getFileName().toString().equals("import.lock"))
                    .toList();
        }
    }
}
