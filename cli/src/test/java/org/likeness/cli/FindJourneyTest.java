package org.likeness.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.likeness.testkit.TestPhotos;
import tools.jackson.databind.JsonNode;

/// An event from its first photo to the withdrawal of somebody who was found, as somebody at a terminal meets it.
class FindJourneyTest {
    @TempDir
    private Path temp;

    private Cli cli;

    @BeforeEach
    void dataDirectory() throws Exception {
        cli = new Cli(temp.resolve("data"));
        Files.writeString(temp.resolve("en.txt"), "We look for your face in the photos of our club.\n");
    }

    private Cli.Ended basis() throws Exception {
        return cli.run(
                "collection",
                "basis",
                "club",
                "--controller=The club",
                "--lawful-basis=consent",
                "--condition=explicit-consent",
                "--purpose=find-myself,find-consenting",
                "--photos-kept=2y",
                "--templates-kept=1y",
                "--inactivity=1y",
                "--notice=1",
                "--alternative=By date.",
                "--dpia=not-needed",
                "--dpia-reason=Few photos.");
    }

    @Test
    void r09_r19_an_event_finds_who_agreed_and_nobody_else() throws Exception {
        Path photo = TestPhotos.demo(temp.resolve("photos")).get(1);
        cli.run("collection", "create", "club");
        assertThat(cli.run("import", photo.toString(), "--source", "Kim", "--granted-by", "the board")
                        .code())
                .isZero();
        cli.run("notice", "publish", "--text", "en=" + temp.resolve("en.txt"));
        String person = cli.run("person", "add", "--json").json().get("person").asString();
        Cli.Ended closed = cli.run("search", "--person", person);
        assertThat(closed.code()).isEqualTo(ExitCode.REFUSED.number());
        assertThat(closed.err()).contains("--controller WHO", "--dpia DECISION", "likeness collection basis 'club'");
        Cli.Ended half = cli.run("collection", "basis", "club", "--controller", "The club");
        assertThat(half.code()).isEqualTo(ExitCode.REFUSED.number());
        assertThat(half.err()).contains("--lawful-basis").doesNotContain("--controller WHO");
        Cli.Ended basis = basis();
        assertThat(basis.code()).as(basis.err()).isZero();
        cli.run("consent", "give", person, "--choice", "myself", "--method", "page");
        assertThat(cli.run("collection", "basis", "club", "--json")
                        .json()
                        .at("/versions/0/controller")
                        .asString())
                .isEqualTo("The club");

        assertThat(cli.run("search", photo.toString()).err()).contains("--person ID");
        Cli.Ended added = cli.run("person", "reference", "add", person, photo.toString(), "--face", "1");
        assertThat(added.code()).as(added.err()).isZero();
        JsonNode found = cli.run("search", "--person", person, "--json").json();
        assertThat(found.at("/photos/0/file").asString()).endsWith("sample2.jpg");
        assertThat(found.at("/photos/0/candidates/0/rank").asInt()).isEqualTo(1);
        Cli.Ended other = cli.run("search", photo.toString(), "--face", "2", "--person", person);
        assertThat(other.code()).isEqualTo(ExitCode.REFUSED.number());
        assertThat(other.err()).contains("is not that of person");
        String search = found.get("search").asString();
        assertThat(cli.run("search", "decide", search, "1", "--is").out()).contains("Confirmed.");
        assertThat(cli.run("search", "show", search, "--json")
                        .json()
                        .at("/decisions/0/verdict")
                        .asString())
                .isEqualTo("is");

        assertThat(cli.run("consent", "withdraw", person).code()).isZero();
        assertThat(cli.run("search", "--person", person).err()).contains("withdrawn");
        assertThat(cli.run("person", "reference", "list", person).out()).contains("No reference.");
        JsonNode searches =
                cli.run("search", "list", "--person", person, "--json").json();
        assertThat(List.of(
                        searches.at("/searches/0/state").asString(),
                        searches.at("/searches/1/state").asString(),
                        searches.at("/searches/2/state").asString()))
                .containsExactly("refused", "flagged", "answered");
    }
}
