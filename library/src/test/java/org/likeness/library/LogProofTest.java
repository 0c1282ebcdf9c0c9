package org.likeness.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.likeness.core.LikenessException;
import org.likeness.core.audit.Actor;
import org.likeness.core.audit.AuditEntry;
import org.likeness.core.audit.Checkpoint;
import org.likeness.core.audit.LogKey;
import org.likeness.core.audit.LogReport;
import org.likeness.core.audit.Receipt;
import org.likeness.core.audit.Statement;
import org.likeness.core.audit.StatementId;
import org.likeness.core.collection.Collection;
import org.likeness.core.collection.Profile;
import org.likeness.core.consent.Notice;
import org.likeness.core.person.Details;
import org.likeness.core.records.Records;

/// The log through the real files: whatever is done to them is found, and a log nobody touched is never accused.
class LogProofTest {
    private static final int PEOPLE = 12;

    @TempDir
    private Path temp;

    private final MovableClock clock = new MovableClock();
    private final long seed = Long.getLong("seed", System.nanoTime());
    private final SplittableRandom random = new SplittableRandom(seed);
    private LivedLog log;

    @BeforeEach
    void directory() {
        log = new LivedLog(temp.resolve("data"), clock);
    }

    @Test
    void r42_a_log_nobody_touched_is_sound_at_every_length() {
        List<Receipt> receipts = new ArrayList<>();
        for (int round = 0; round < 3; round++) {
            try (Likeness likeness = log.open()) {
                assertThat(likeness.log().verify(receipts).findings()).isEmpty();
                Collection club = round == 0 ? club(likeness) : likeness.collection("club");
                for (int i = 0; i < 11; i++) {
                    if (random.nextBoolean()) {
                        receipts.add(LivedLog.consent(likeness, club));
                    } else {
                        likeness.people().add(club.id(), Details.NONE, Optional.empty());
                    }
                    LogReport report = likeness.log().verify(receipts);
                    assertThat(report.findings()).as("seed %d", seed).isEmpty();
                    assertThat(report.state().size()).isEqualTo(likeness.auditSize());
                }
            }
        }
    }

    @Test
    void r42_a_check_while_others_write_and_sign_accuses_nobody() throws Exception {
        log.live(1);
        try (Likeness reading = log.open();
                Likeness writing = log.open()) {
            Collection club = writing.collection("club");
            AtomicBoolean checking = new AtomicBoolean(true);
            AtomicInteger written = new AtomicInteger();
            Thread writer = Thread.ofPlatform().start(() -> {
                while (checking.get()) {
                    LivedLog.consent(writing, club);
                    written.incrementAndGet();
                }
            });
            try {
                for (int checks = 0; checks < 30 || written.get() < 5; checks++) {
                    assertThat(reading.log().verify(List.of()).findings()).isEmpty();
                    assertThat(reading.log().contradiction()).isEmpty();
                }
            } finally {
                checking.set(false);
                writer.join();
            }
        }
    }

    private static Collection club(Likeness likeness) {
        Collection club = likeness.createCollection("club", Profile.EVENT);
        likeness.notices().publish(club.id(), List.of(Notice.Text.of("en", "We look for faces.")), true);
        likeness.bases().record(club, Bases.complete(Profile.EVENT));
        return club;
    }

    @ParameterizedTest
    @EnumSource
    void r42_tampering_with_the_files_is_found(Tampering how) throws Exception {
        log.live(PEOPLE);
        log.save();
        for (int i = 0; i < 2; i++) {
            log.putBack();
            try (LivedLog.Intruder intruder = log.intruder()) {
                how.apply(intruder, random);
            }
            try (Likeness likeness = log.open()) {
                assertThat(likeness.log().verify(List.of()).isSound())
                        .as("%s, seed %d, round %d", how, seed, i)
                        .isFalse();
            }
        }
    }

    @Test
    void r44_a_log_rebuilt_with_the_real_key_contradicts_the_receipts_others_hold() throws Exception {
        List<Receipt> receipts = log.live(PEOPLE);
        log.save();
        for (int i = 0; i < 6; i++) {
            log.putBack();
            try (LivedLog.Intruder intruder = log.intruder()) {
                long size = intruder.count("SELECT MAX(position) FROM audit_entry");
                if (i % 2 == 0) {
                    long at = random.nextLong(1, size);
                    intruder.forge(at, Tampering.forged(intruder.entry(at)));
                } else {
                    Tampering.truncate(intruder, random.nextLong(1, size - 1));
                }
                intruder.signWithTheRealKey(intruder.rebuildTree());
            }
            try (Likeness likeness = log.open()) {
                assertThat(likeness.log().contradiction()).isEmpty(); // nothing here tells
                assertThat(likeness.log().verify(receipts).isSound())
                        .as("seed %d, round %d", seed, i)
                        .isFalse();
            }
        }
    }

    @Test
    void r44_every_receipt_carries_a_signed_checkpoint_and_a_proof_that_holds_for_ever() {
        List<Receipt> receipts = new ArrayList<>(log.live(3));
        receipts.addAll(log.live(4));
        try (Likeness likeness = log.open()) {
            LogKey key = likeness.log().key();
            for (Receipt receipt : receipts) {
                assertThat(receipt.proof().checkpoint().isSignedBy(key)).isTrue();
                assertThat(receipt.proof().proves(receipt.entry())).isTrue();
                assertThat(receipt.entry())
                        .contains(Statement.commitment(receipt.statement()).hex());
                assertThat(receipt.proof().proves(receipt.entry() + " ")).isFalse();
            }
            assertThat(likeness.log().verify(receipts).findings()).isEmpty();
        }
    }

    @Test
    void r42_a_log_put_back_to_an_earlier_state_is_not_signed_until_somebody_says_so() {
        log.live(2);
        log.save();
        List<Receipt> lost = log.live(2);
        Checkpoint before;
        try (Likeness likeness = log.open()) {
            before = likeness.log().checkpoint().checkpoint();
        }
        log.putBackRecords();
        try (Likeness likeness = log.open()) {
            assertThat(likeness.log().contradiction()).isPresent();
            assertThat(likeness.log().verify(List.of()).isSound()).isFalse();
            assertThatExceptionOfType(LikenessException.class)
                    .isThrownBy(() -> likeness.log().checkpoint())
                    .matches(e -> e.kind() == LikenessException.Kind.CORRUPT);
            likeness.log().acceptRestored();
            assertThat(likeness.log().contradiction()).isEmpty();
            assertThat(likeness.log().verify(List.of()).findings()).isEmpty();
            assertThat(likeness.log().verify(lost).isSound())
                    .as("who holds a receipt of what was lost can still show it")
                    .isFalse();
            AuditEntry restored = likeness.audit(likeness.auditSize(), 1).getFirst();
            assertThat(restored.action()).isEqualTo(AuditEntry.Action.RESTORED);
            assertThat(restored.count()).isEqualTo(before.size() - likeness.auditSize() + 1);
            assertThat(likeness.log().verify(lost).restorations())
                    .containsExactly(new LogReport.Restoration(likeness.auditSize(), restored.count()));
        }
        log.live(1);
        try (Likeness likeness = log.open()) {
            assertThat(likeness.log().contradiction()).isEmpty();
            assertThat(likeness.log().verify(List.of()).findings()).isEmpty();
        }
    }

    @Test
    void r42_a_head_that_was_removed_is_not_replaced_in_silence() throws Exception {
        log.live(2);
        Files.delete(log.keys().resolve("log.head"));
        try (Likeness likeness = log.open()) {
            likeness.createCollection("another", Profile.EVENT);
        }
        assertThat(log.keys().resolve("log.head")).doesNotExist();
        try (Likeness likeness = log.open()) {
            assertThat(likeness.log().contradiction()).isPresent();
            likeness.log().acceptRestored();
            assertThat(likeness.log().verify(List.of()).findings()).isEmpty();
        }
    }

    @Test
    void r43_a_statement_that_was_erased_leaves_a_commitment_that_leads_to_nobody() {
        Receipt receipt = log.live(2).getFirst();
        try (Likeness likeness = log.open()) {
            String salt = receipt.statement().replaceFirst(".*\"salt\":\"([0-9a-f]{32})\".*", "$1");
            UUID person = UUID.fromString(receipt.entry().replaceFirst(".*\"object\":\"([0-9a-f-]{36})\".*", "$1"));
            assertThat(likeness.log().lines(1, 100))
                    .noneMatch(line -> line.entry().canonical().contains(salt));
            long gone = likeness.records()
                    .change(tx -> new Records.Changed<>(
                            tx.deleteStatements(person),
                            AuditEntry.of(clock.instant(), Actor.OWNER, AuditEntry.Action.ERASURE_FINISHED, person)));
            assertThat(gone).isEqualTo(1);
            StatementId id =
                    StatementId.parse(receipt.statement().replaceFirst(".*?\"id\":\"([0-9a-f-]{36})\".*", "$1"));
            assertThatExceptionOfType(LikenessException.class)
                    .isThrownBy(() -> likeness.receipt(id, Map.of()))
                    .matches(e -> e.kind() == LikenessException.Kind.NOT_FOUND);
            assertThat(likeness.log().verify(List.of(receipt)).findings())
                    .as("the holder's own paper still holds")
                    .isEmpty();
        }
    }

    @Test
    void r45_entries_younger_than_six_months_stay_and_pruning_breaks_no_proof() {
        List<Receipt> receipts = new ArrayList<>(log.live(5));
        clock.advance(Duration.ofDays(200));
        receipts.addAll(log.live(3));
        try (Likeness likeness = log.open()) {
            Instant now = clock.instant();
            assertThatExceptionOfType(LikenessException.class)
                    .isThrownBy(() -> likeness.log().prune(now.minus(Duration.ofDays(150))))
                    .matches(e -> e.kind() == LikenessException.Kind.REFUSED);
            long size = likeness.auditSize();
            assertThat(likeness.log().prune(now.minus(Duration.ofDays(190)))).isEqualTo(13);
            assertThat(likeness.log().prune(now.minus(Duration.ofDays(190)))).isZero();
            assertThat(likeness.auditSize()).isEqualTo(size + 1);
            LogReport report = likeness.log().verify(receipts);
            assertThat(report.findings()).isEmpty();
            assertThat(report.pruned()).isEqualTo(13);
        }
        clock.advance(Duration.ofDays(200));
        receipts.addAll(log.live(2));
        try (Likeness likeness = log.open()) {
            assertThat(likeness.log().prune(clock.instant().minus(Duration.ofDays(190))))
                    .isPositive();
            assertThat(likeness.log().verify(receipts).findings()).isEmpty();
        }
    }

    @Test
    void r42_tampering_with_a_pruned_log_is_found_too() throws Exception {
        log.live(6);
        clock.advance(Duration.ofDays(200));
        log.live(PEOPLE);
        try (Likeness likeness = log.open()) {
            likeness.log().prune(clock.instant().minus(Duration.ofDays(190)));
        }
        log.save();
        List<String> ways = List.of(
                "UPDATE audit_node SET hash = randomblob(32) WHERE level = 0 AND position = 3",
                "DELETE FROM audit_node WHERE level = 0 AND position = 3",
                "UPDATE audit_node SET hash = randomblob(32) WHERE level = 1 AND position = 0",
                "UPDATE log_minimum SET position = position + 1",
                "DELETE FROM log_minimum",
                "UPDATE audit_entry SET leaf_hash = randomblob(32) WHERE position = 20");
        for (String way : ways) {
            log.putBack();
            try (LivedLog.Intruder intruder = log.intruder()) {
                intruder.run(way);
            }
            try (Likeness likeness = log.open()) {
                assertThat(likeness.log().verify(List.of()).isSound()).as(way).isFalse();
            }
        }
    }

    @Test
    void a_statement_has_each_key_once() {
        for (String key : List.of("likeness", "id", "kind", "at", "collection", "salt")) {
            assertThatIllegalArgumentException().isThrownBy(() -> draft().with(key, "x"));
            assertThatIllegalArgumentException().isThrownBy(() -> draft().with(key, 1));
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> draft().with("once", "x").with("once", List.of()));
        assertThat(draft().with("once", "x").build().text()).startsWith("{\"likeness\":\"statement 1\",\"id\":\"");
    }

    private Statement.Draft draft() {
        return Statement.about(Statement.Kind.CONSENT_RECEIPT, Optional.empty(), Optional.empty(), clock.instant());
    }

    @Test
    void a_receipt_says_only_what_it_proves_when_printed() {
        Receipt receipt = log.live(1).getFirst();
        Receipt told = new Receipt(
                receipt.statement(), receipt.entry(), receipt.proof(), receipt.key(), Map.of("code", "0123"));
        assertThat(told.toString()).doesNotContain("0123").doesNotContain("salt");
        assertThat(told.json()).contains("\"code\": \"0123\"");
    }
}
