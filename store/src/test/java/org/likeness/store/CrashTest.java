package org.likeness.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.likeness.core.collection.Profile;
import org.likeness.core.photo.Face;
import org.likeness.core.photo.Photo;
import org.likeness.core.photo.PhotoId;
import org.likeness.core.records.Records;

/// Another process commits, says what it committed, and is killed without warning.
final class CrashTest {
    private static final int ROUNDS = 3;
    private static final int ACKNOWLEDGED_BEFORE_KILL = 60;

    @TempDir
    Path folder;

    @Test
    void nothing_acknowledged_is_lost_and_the_log_counts_every_change() throws Exception {
        List<PhotoId> acknowledged = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            acknowledged.addAll(committedByOneKilled(round));
        }
        try (Records records = open(folder)) {
            records.read(tx -> {
                assertThat(acknowledged).hasSizeGreaterThanOrEqualTo(ROUNDS * ACKNOWLEDGED_BEFORE_KILL);
                assertThat(acknowledged)
                        .allMatch(id -> tx.photo(id).isPresent() && tx.faces(id).size() == 1);
                long photos = 0;
                long templates = 0;
                for (var collection : tx.collections()) {
                    photos += tx.photoCount(collection.id());
                    templates += tx.templateCount(collection.id());
                    long[] opened = {0};
                    assertThat(tx.templates(collection.id(), 0, Samples.NOW, (face, template) -> opened[0]++))
                            .isPositive();
                    assertThat(opened[0]).isEqualTo(tx.templateCount(collection.id()));
                }
                assertThat(templates).isEqualTo(photos);
                assertThat(tx.auditSize()).isEqualTo(photos + tx.collections().size());
                assertThat(tx.audit(1, Integer.MAX_VALUE)).hasSize(Math.toIntExact(tx.auditSize()));
                return true;
            });
        }
    }

    private List<PhotoId> committedByOneKilled(int round) throws Exception {
        Process child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Committer.class.getName(),
                        folder.toString(),
                        Integer.toString(round))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        List<PhotoId> acknowledged = new ArrayList<>();
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(child.getInputStream(), StandardCharsets.US_ASCII))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.length() == 36) { // a last line may be cut short by the kill
                    acknowledged.add(PhotoId.parse(line));
                }
                if (acknowledged.size() == ACKNOWLEDGED_BEFORE_KILL) {
                    child.toHandle().destroyForcibly(); // the process itself would close its output unread
                }
            }
        }
        assertThat(child.waitFor()).isEqualTo(128 + 9);
        return acknowledged;
    }

    private static Records open(Path folder) {
        return SqlRecords.sqlite(folder.resolve("records.db"), new Keys(folder.resolve("keys")), Clock.systemUTC());
    }

    /// The process that gets killed.
    static final class Committer {
        private Committer() {}

        public static void main(String[] args) {
            Samples samples = new Samples(Long.parseLong(args[1]));
            Records records = open(Path.of(args[0]));
            Samples.Home home = samples.home(records, "round " + args[1], Profile.HOUSEHOLD);
            while (true) {
                Photo photo = samples.photo(home);
                Face face = samples.face(photo);
                Samples.change(records, tx -> {
                    tx.add(photo);
                    tx.add(home.id(), face);
                    tx.addFeatureSet(home.id(), face.id(), samples.template(), Optional.empty());
                });
                System.out.println(photo.id());
            }
        }
    }
}
