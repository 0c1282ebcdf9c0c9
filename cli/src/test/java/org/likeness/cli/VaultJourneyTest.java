package org.likeness.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.likeness.testkit.TestPhotos;
import tools.jackson.databind.JsonNode;

/// Keys and backups, by processes of their own.
class VaultJourneyTest {
    @TempDir
    private Path temp;

    private Cli cli;
    private Path photo;

    @BeforeEach
    void household() throws Exception {
        cli = new Cli(temp.resolve("data"));
        photo = TestPhotos.demo(temp.resolve("photos")).getFirst();
        cli.run("collection", "create", "ours", "--profile", "household");
        assertThat(cli.run("import", temp.resolve("photos").toString()).code()).isZero();
    }

    /// A candidate of a search.
    private record Found(String face, double score) {}

    private static List<Found> search(Cli in, Path photo) throws Exception {
        List<Found> found = new ArrayList<>();
        JsonNode answer = in.run("search", photo.toString(), "--face", "1", "--max-false", "1/10", "--json")
                .json();
        for (JsonNode one : answer.get("photos")) {
            for (JsonNode candidate : one.get("candidates")) {
                found.add(new Found(
                        candidate.get("face").asString(), candidate.get("score").asDouble()));
            }
        }
        assertThat(found).isNotEmpty();
        return found;
    }

    private static void assertSame(List<Found> now, List<Found> before) {
        assertThat(now.stream().map(Found::face))
                .containsExactlyElementsOf(before.stream().map(Found::face).toList());
        for (int i = 0; i < now.size(); i++) {
            assertThat(now.get(i).score()).isCloseTo(before.get(i).score(), within(1e-4));
        }
    }

    @Test
    void r14_a_rekeying_that_is_killed_goes_on_without_photos_and_finds_the_same() throws Exception {
        List<Found> before = search(cli, photo);
        try (Stream<Path> files = Files.walk(temp.resolve("data/collections"))) {
            files.filter(file -> file.toString().contains("/photos/") && Files.isRegularFile(file))
                    .toList()
                    .forEach(VaultJourneyTest::delete);
        }
        Path keys = temp.resolve("data/keys");
        for (int round = 0; round < 2; round++) {
            try (WatchService watch = keys.getFileSystem().newWatchService()) {
                keys.register(watch, StandardWatchEventKinds.ENTRY_CREATE);
                Process rekey = cli.start("vault", "rekey");
                WatchKey made = watch.take(); // the new key is being written: nothing or anything after it is done
                assertThat(made.pollEvents()).isNotEmpty();
                rekey.destroyForcibly();
                rekey.waitFor();
            }
            assertSame(search(cli, photo), before);
        }
        JsonNode done = cli.run("vault", "rekey", "--json").json();
        assertThat(done.get("keyVersion").asInt()).isGreaterThan(1);
        JsonNode status = cli.run("vault", "status", "--json").json().at("/vaults/0");
        assertThat(status.get("behind").asInt()).isZero();
        // A process killed before its key was recorded leaves a file that sealed nothing.
        int current = done.get("keyVersion").asInt();
        try (Stream<Path> files = Files.list(keys)) {
            List<String> kept = files.map(file -> file.getFileName().toString()).toList();
            assertThat(kept).anyMatch(name -> name.endsWith("." + current + ".key"));
            assertThat(kept).noneMatch(name -> name.endsWith(".1.key"));
        }
        assertSame(search(cli, photo), before);
    }

    private static void delete(Path file) {
        try {
            Files.delete(file);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void a_backup_is_made_restored_and_looked_at() throws Exception {
        List<Found> before = search(cli, photo);
        String records = temp.resolve("backup").toString();
        String keys = temp.resolve("backup-keys").toString();
        Cli.Ended made = cli.run("backup", "--to", records);
        assertThat(made.code()).as(made.err()).isZero();
        assertThat(made.out()).contains("6 photos").contains("likeness backup-keys");
        assertThat(cli.run("backup-keys", "--to", records).code()).isEqualTo(ExitCode.REFUSED.number());
        assertThat(cli.run("backup-keys", "--to", keys, "--json")
                        .json()
                        .get("files")
                        .asInt())
                .isGreaterThanOrEqualTo(3);

        Cli other = new Cli(temp.resolve("other"));
        Cli.Ended lost = other.run("restore", "--from", records);
        assertThat(lost.code()).isEqualTo(ExitCode.UNAVAILABLE.number());
        assertThat(lost.err()).contains("--keys DIR");
        assertThat(other.run("status").code()).isEqualTo(ExitCode.UNAVAILABLE.number());
        JsonNode restored = other.run("restore", "--from", records, "--keys", keys, "--json")
                .json();
        assertThat(restored.get("collectionsWithoutKey").asInt()).isZero();
        assertSame(search(other, photo), before);
        assertThat(other.run("audit", "verify").code()).isZero();
        assertThat(other.run("restore", "--from", records).code()).isEqualTo(ExitCode.CONFLICT.number());

        String person = other.run("person", "add", "--name", "Ada Lovelace", "--json")
                .json()
                .get("person")
                .asString();
        Cli.Ended drill = other.run("breach-drill", "--all");
        assertThat(drill.out())
                .contains("The keys lie in the data directory")
                .contains(person)
                .doesNotContain("Ada");
        JsonNode named = other.run("breach-drill", "--collection", "ours", "--names", "--json")
                .json();
        assertThat(named.at("/collections/0/people/0/name").asString()).isEqualTo("Ada Lovelace");
        assertThat(named.get("people").asInt()).isEqualTo(1);
        assertThat(other.run("audit", "show").out()).contains("BREACH_DRILLED").doesNotContain("Ada");
        assertThat(other.run("breach-drill").code()).isEqualTo(ExitCode.USAGE.number());
    }
}
