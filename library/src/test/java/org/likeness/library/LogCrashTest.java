package org.likeness.library;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.likeness.core.audit.LogReport;
import org.likeness.core.audit.Receipt;
import org.likeness.core.audit.StatementId;
import org.likeness.core.collection.Collection;

/// Another process records consent, signs the log for every receipt, and is killed without warning.
class LogCrashTest {
    private static final int ROUNDS = 2;

    @TempDir
    private Path temp;

    @Test
    void r42_a_killed_process_leaves_a_sound_log_and_every_receipt_it_gave() throws Exception {
        LivedLog log = new LivedLog(temp, new MovableClock());
        log.live(1);
        long seed = Long.getLong("seed", System.nanoTime());
        SplittableRandom random = new SplittableRandom(seed);
        List<StatementId> given = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            given.addAll(givenByOneKilled(random.nextInt(1, 12)));
            try (Likeness likeness = log.open()) {
                assertThat(likeness.log().contradiction()).as("seed %d", seed).isEmpty();
                List<Receipt> receipts = new ArrayList<>();
                for (StatementId id : given) {
                    receipts.add(likeness.receipt(id, Map.of()));
                }
                LogReport report = likeness.log().verify(receipts);
                assertThat(report.findings()).as("seed %d", seed).isEmpty();
            }
        }
        assertThat(given).hasSizeGreaterThanOrEqualTo(ROUNDS);
    }

    private List<StatementId> givenByOneKilled(int until) throws Exception {
        Process child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Clerk.class.getName(),
                        temp.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        List<StatementId> given = new ArrayList<>();
        try (BufferedReader lines = child.inputReader(StandardCharsets.US_ASCII)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.length() == 36) { // a last line may be cut short by the kill
                    given.add(StatementId.parse(line));
                }
                if (given.size() == until) {
                    child.toHandle().destroyForcibly(); // the process itself would close its output unread
                }
            }
        }
        assertThat(child.waitFor()).isEqualTo(128 + 9);
        return given;
    }

    /// The process that gets killed.
    static final class Clerk {
        private Clerk() {}

        public static void main(String[] args) {
            Likeness likeness = Likeness.open(Settings.of(Path.of(args[0])), Clock.systemUTC());
            Collection club = likeness.collection("club");
            while (true) {
                Receipt receipt = LivedLog.consent(likeness, club);
                System.out.println(receipt.statement().replaceFirst(".*?\"id\":\"([0-9a-f-]{36})\".*", "$1"));
            }
        }
    }
}
