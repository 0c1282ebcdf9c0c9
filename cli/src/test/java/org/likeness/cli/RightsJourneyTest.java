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

/// What somebody can demand, at the command line, with processes of their own.
class RightsJourneyTest {
    @TempDir
    private Path temp;

    private Cli cli;
    private Path photo;

    @BeforeEach
    void dataDirectory() throws Exception {
        cli = new Cli(temp.resolve("data"));
        List<Path> photos = TestPhotos.demo(temp.resolve("all"));
        Path folder = Files.createDirectories(temp.resolve("photos"));
        photo = Files.copy(photos.get(1), folder.resolve("wedding of Ottoline.jpg"));
        cli.run("collection", "create", "ours", "--profile", "household");
        cli.run("import", folder.toString(), "--link");
    }

    @Test
    void r35_a_face_is_blocked_without_selfie_or_name_and_the_photo_is_erased_after() throws Exception {
        Cli.Ended blocked = cli.run("object", photo.toString(), "--face", "1", "--json");
        assertThat(blocked.code()).as(blocked.err()).isZero();
        JsonNode said = blocked.json();
        assertThat(said.get("blocked").asBoolean()).isTrue();
        assertThat(blocked.out()).doesNotContain("photo", "face", "Ottoline", "base64");
        JsonNode id = cli.run("photo", "list", "--json").jsonLines().getFirst().get("id");

        Cli.Ended plan = cli.run("erase", "--photo", id.asString());
        assertThat(plan.out()).contains("table face", "Nothing was changed", "wedding of Ottoline.jpg");
        Cli.Ended done = cli.run("erase", "--photo", id.asString(), "--yes", "--json");
        assertThat(done.code()).as(done.err()).isZero();
        JsonNode erased = done.jsonLines().getLast();
        assertThat(erased.get("state").asString()).isEqualTo("done");
        assertThat(erased.at("/residuals/0/count").asInt()).isEqualTo(1);
        assertThat(photo).exists();
        Cli.Ended receipt = cli.run("receipt", erased.get("attestation").asString());
        assertThat(receipt.out()).contains("ERASURE_ATTESTATION").doesNotContain("Ottoline");
        assertThat(cli.run("import", photo.toString(), "--link", "--json")
                        .jsonLines()
                        .getFirst()
                        .get("reason")
                        .asString())
                .isEqualTo("blocked");
        assertThat(cli.run("demand", "list").out()).contains("erase photo", "object face", "done");
        assertThat(cli.run("erase", "--photo", id.asString(), "--yes").code()).isEqualTo(ExitCode.NOT_FOUND.number());
        assertThat(cli.run("erase").code()).isEqualTo(ExitCode.BAD_INPUT.number());
    }

    @Test
    void r34_a_person_is_handed_everything_and_erased() throws Exception {
        JsonNode added = cli.run("person", "add", "--name", "Ottoline Quilchester", "--json")
                .json();
        String id = added.findValue("person") == null
                ? added.findValue("id").asString()
                : added.findValue("person").asString();
        assertThat(cli.run("restrict", "--person", id).code()).isZero();
        assertThat(cli.run("unrestrict", "--person", id).code()).isZero();
        Path out = temp.resolve("answer");
        Cli.Ended given = cli.run("access", "--person", id, "--out", out.toString(), "--json");
        assertThat(given.code()).as(given.err()).isZero();
        JsonNode document = Cli.parse(Files.readString(out.resolve("access.json")));
        assertThat(document.propertyNames())
                .contains("person", "guardians", "answers", "notices", "references", "photos", "decisions", "searches")
                .contains("own searches", "demands", "receipts");
        assertThat(document.at("/person/name").asString()).isEqualTo("Ottoline Quilchester");
        assertThat(Files.readString(out.resolve("index.html"))).contains("Ottoline Quilchester", "receipts/");
        assertThat(cli.run("access", "--person", id, "--out", out.toString()).code())
                .isEqualTo(ExitCode.CONFLICT.number());

        Cli.Ended done = cli.run("erase", "--person", id, "--yes");
        assertThat(done.code()).as(done.err()).isZero();
        assertThat(done.out()).contains("nothing is left");
    }

    @Test
    void a_photo_that_nobody_wants_is_deleted_and_may_come_in_again() throws Exception {
        String id = cli.run("photo", "list", "--json")
                .jsonLines()
                .getFirst()
                .get("id")
                .asString();
        assertThat(cli.run("photo", "delete", id).out()).contains("Nothing was changed");
        Cli.Ended done = cli.run("photo", "delete", id, "--yes", "--json");
        assertThat(done.code()).as(done.err()).isZero();
        assertThat(done.json().get("deleted").asString()).isEqualTo(id);
        assertThat(done.json().get("linked").asBoolean()).isTrue();
        assertThat(photo).exists();
        assertThat(cli.run("photo", "delete", id, "--yes").code()).isEqualTo(ExitCode.NOT_FOUND.number());
        assertThat(cli.run("import", photo.toString(), "--link").out()).contains("1 imported");
    }
}
