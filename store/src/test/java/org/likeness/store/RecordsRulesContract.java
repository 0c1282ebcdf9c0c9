package org.likeness.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.likeness.core.LikenessException;
import org.likeness.core.audit.Actor;
import org.likeness.core.audit.AuditEntry;
import org.likeness.core.collection.Collection;
import org.likeness.core.collection.Profile;
import org.likeness.core.ingest.FileOutcome;
import org.likeness.core.ingest.ImportId;
import org.likeness.core.ingest.ImportRun;
import org.likeness.core.ledger.LedgerEntry;
import org.likeness.core.photo.Face;
import org.likeness.core.photo.Photo;
import org.likeness.core.photo.Storage;
import org.likeness.core.records.Records;
import org.likeness.core.source.Source;
import org.likeness.core.source.SourceId;
import org.likeness.core.template.ModelId;

/// What the records must never do, and what holds between threads and openings; the rest is in
/// [RecordsContract].
abstract class RecordsRulesContract extends RecordsFindContract {
    @Test
    void r01_refuses_a_photo_without_a_grant_or_with_the_grant_of_another_source() throws Exception {
        Samples.Home home = samples.home(records, "home", Profile.HOUSEHOLD);
        Samples.Home other = samples.home(records, "other", Profile.HOUSEHOLD);
        Source second = new Source(SourceId.next(), home.id(), "second", Samples.NOW);
        Samples.change(records, tx -> tx.add(second));
        Photo photo = samples.photo(home);
        Samples.change(records, tx -> tx.add(photo));

        fails(
                LikenessException.Kind.NOT_FOUND,
                () -> Samples.change(records, tx -> tx.add(samples.photo(home, other.grant()))));
        assertThatThrownBy(() -> raw("UPDATE photo SET grant_id = NULL")).isInstanceOf(SQLException.class);
        assertThatThrownBy(() -> raw("UPDATE photo SET source = NULL")).isInstanceOf(SQLException.class);
        assertThatThrownBy(() -> raw("UPDATE photo SET source = ?", second.id()))
                .isInstanceOf(SQLException.class);
        assertThatThrownBy(
                        () -> raw("UPDATE photo SET grant_id = ?", other.grant().id()))
                .isInstanceOf(SQLException.class);
        assertThatThrownBy(() -> raw(
                        "DELETE FROM permission_grant WHERE id = ?",
                        home.grant().id()))
                .isInstanceOf(SQLException.class);
        assertThatThrownBy(() -> raw(
                        "UPDATE permission_grant SET collection = ? WHERE id = ?",
                        other.id(),
                        home.grant().id()))
                .isInstanceOf(SQLException.class);
    }

    @Test
    void r42_a_check_notices_that_what_keeps_rows_from_being_changed_is_gone() throws Exception {
        SqlRecords checked = (SqlRecords) records;
        assertThat(checked.check()).isEmpty();
        boolean sqlite;
        try (Connection connection = raw()) {
            sqlite = connection.getMetaData().getDatabaseProductName().equals("SQLite");
        }
        raw("DROP TRIGGER permission_grant_never_changes" + (sqlite ? "" : " ON permission_grant"));
        assertThat(checked.check()).singleElement().asString().contains("permission_grant_never_changes");
    }

    @Test
    void r10_an_event_stores_no_template_of_a_stranger_even_by_raw_sql() throws Exception {
        Samples.Home event = samples.home(records, "event", Profile.EVENT);
        Face face = samples.storedFace(records, event);
        fails(
                LikenessException.Kind.REFUSED,
                () -> Samples.change(
                        records, tx -> tx.addFeatureSet(event.id(), face.id(), samples.template(), Optional.empty())));

        assertThatThrownBy(() -> insertTemplate(event, face, "FEATURE_SET", "EVENT", Samples.MODEL))
                .isInstanceOf(SQLException.class);
        assertThatThrownBy(() -> insertTemplate(event, face, "FEATURE_SET", "HOUSEHOLD", Samples.MODEL))
                .isInstanceOf(SQLException.class);
        insertTemplate(
                event, face, "REFERENCE", "EVENT", Samples.MODEL); // so that the refusals above are about the kind
        assertThatThrownBy(() -> raw("UPDATE template SET kind = 'FEATURE_SET'"))
                .isInstanceOf(SQLException.class);
    }

    private void insertTemplate(Samples.Home home, Face face, String kind, String profile, ModelId model)
            throws SQLException {
        raw(
                "INSERT INTO template (collection, face, kind, profile, model, key_version, nonce, sealed, created_at)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                home.id(),
                face.id(),
                kind,
                profile,
                model,
                1L,
                new byte[12],
                new byte[40],
                0L);
    }

    @Test
    void a_collection_with_feature_sets_cannot_become_an_event_or_change_its_model() throws Exception {
        Samples.Home home = samples.home(records, "home", Profile.HOUSEHOLD);
        Face face = samples.storedFace(records, home);
        Samples.change(records, tx -> tx.addFeatureSet(home.id(), face.id(), samples.template(), Optional.empty()));

        assertThatThrownBy(() -> raw("UPDATE collection SET profile = 'EVENT'")).isInstanceOf(SQLException.class);
        assertThatThrownBy(() -> raw("UPDATE collection SET model = 'a/b/c'")).isInstanceOf(SQLException.class);
        assertThatThrownBy(() -> insertTemplate(
                        home,
                        samples.storedFace(records, home),
                        "FEATURE_SET",
                        "HOUSEHOLD",
                        new ModelId("a", "b", "c")))
                .isInstanceOf(SQLException.class);
    }

    @Test
    void r42_the_log_refuses_update_delete_replacement_and_gaps() throws Exception {
        samples.home(records, "home", Profile.HOUSEHOLD);
        byte[] hash = new byte[32];
        for (String statement : List.of(
                "UPDATE audit_entry SET entry = 'x'",
                "UPDATE audit_entry SET position = 7",
                "DELETE FROM audit_entry")) {
            assertThatThrownBy(() -> raw(statement)).isInstanceOf(SQLException.class);
        }
        String insert = " INTO audit_entry (position, entry, leaf_hash) VALUES (?, 'x', ?)";
        assertThatThrownBy(() -> raw("INSERT" + insert, 3L, hash)).isInstanceOf(SQLException.class);
        assertThatThrownBy(() -> raw("INSERT" + insert, 1L, hash)).isInstanceOf(SQLException.class);
        assertThatThrownBy(() -> raw("INSERT OR REPLACE" + insert, 1L, hash)).isInstanceOf(SQLException.class);
        assertThatThrownBy(() -> raw("TRUNCATE audit_entry")).isInstanceOf(SQLException.class);
        assertThat(records.<Long>read(tx -> tx.auditSize())).isEqualTo(1);

        raw("INSERT" + insert, 2L, hash); // the door for appending is open, but nonsense is noticed
        fails(LikenessException.Kind.CORRUPT, () -> records.read(tx -> tx.audit(1, 10)));
    }

    @Test
    void r42_a_change_appends_its_entry_and_a_failed_one_leaves_nothing() {
        Samples.Home home = samples.home(records, "home", Profile.HOUSEHOLD);
        AuditEntry entry = AuditEntry.of(
                        Samples.NOW,
                        Actor.OWNER,
                        AuditEntry.Action.SEARCHED,
                        home.id().value(),
                        home.id())
                .withCount(7);
        Photo photo = samples.photo(home);
        assertThat(records.<String>change(tx -> {
                    tx.add(photo);
                    return new Records.Changed<>("done", entry);
                }))
                .isEqualTo("done");
        assertThat(records.<List<AuditEntry>>read(tx -> tx.audit(2, 5))).containsExactly(entry);

        Photo lost = samples.photo(home);
        IllegalStateException failure = new IllegalStateException("half way");
        assertThatThrownBy(() -> records.change(tx -> {
                    tx.add(lost);
                    throw failure;
                }))
                .isSameAs(failure);
        assertThatThrownBy(() -> records.<Boolean>change(tx -> {
                    tx.add(lost);
                    throw new AssertionError("an error too");
                }))
                .isInstanceOf(AssertionError.class);
        records.read(tx -> {
            assertThat(tx.photo(lost.id())).isEmpty();
            assertThat(tx.auditSize()).isEqualTo(2);
            assertThat(tx.audit(1, 1)).hasSize(1);
            assertThat(tx.audit(3, 1)).isEmpty();
            return true;
        });
    }

    @Test
    void a_note_stores_outcomes_and_nothing_else() {
        Samples.Home home = samples.home(records, "home", Profile.HOUSEHOLD);
        ImportRun run = new ImportRun(
                ImportId.next(), home.id(), home.grant().id(), Storage.COPY, Samples.NOW, Optional.empty());
        Photo photo = samples.photo(home);
        Samples.change(records, tx -> {
            tx.add(run);
            tx.add(photo);
        });
        List<FileOutcome> outcomes = List.of(
                new FileOutcome(
                        run.id(),
                        "file:///z",
                        FileOutcome.Result.IMPORTED,
                        Optional.of(photo.id()),
                        Optional.empty(),
                        Optional.empty()),
                new FileOutcome(
                        run.id(),
                        "file:///a",
                        FileOutcome.Result.FAILED,
                        Optional.empty(),
                        Optional.of(FileOutcome.Reason.DAMAGED),
                        Optional.of("Ask for another copy.")));
        outcomes.forEach(outcome -> records.note(tx -> tx.add(outcome)));

        assertThat(records.<List<FileOutcome>>read(tx -> tx.outcomes(run.id()))).isEqualTo(outcomes);
        assertThat(records.<Long>read(tx -> tx.auditSize())).isEqualTo(2);
        assertThatThrownBy(() -> records.note(tx -> tx.add(samples.photo(home))))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> records.note(tx -> tx.deleteExpiredTemplates(home.id(), Samples.NOW)))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void without_its_key_or_with_anothers_a_collection_stays_closed() throws Exception {
        Samples.Home home = samples.home(records, "home", Profile.HOUSEHOLD);
        Samples.Home other = samples.home(records, "other", Profile.HOUSEHOLD);
        Face face = samples.storedFace(records, home);
        Samples.change(records, tx -> tx.addFeatureSet(home.id(), face.id(), samples.template(), Optional.empty()));
        Path key = folder.resolve("keys").resolve(home.id() + ".1.key");

        java.nio.file.Files.delete(key);
        fails(LikenessException.Kind.UNAVAILABLE, () -> Samples.templates(records, home.id(), 0, Samples.NOW));
        java.nio.file.Files.copy(folder.resolve("keys").resolve(other.id() + ".1.key"), key);
        fails(LikenessException.Kind.CORRUPT, () -> Samples.templates(records, home.id(), 0, Samples.NOW));
    }

    @Test
    void rows_that_mean_nothing_are_reported_as_damage() throws Exception {
        Samples.Home home = samples.home(records, "home", Profile.HOUSEHOLD);
        Face face = samples.storedFace(records, home);
        raw("UPDATE face SET flaws = 'UGLY'");
        fails(LikenessException.Kind.CORRUPT, () -> records.read(tx -> tx.faces(face.photo())));
        raw("UPDATE collection SET model = 'nonsense'");
        fails(LikenessException.Kind.CORRUPT, () -> records.read(tx -> tx.collection(home.id())));
    }

    @Test
    void a_reader_sees_one_state_while_a_writer_commits() throws Exception {
        Samples.Home home = samples.home(records, "home", Profile.HOUSEHOLD);
        try (ExecutorService writer = Executors.newSingleThreadExecutor()) {
            records.read(tx -> {
                assertThat(tx.photoCount(home.id())).isZero();
                join(writer.submit(() -> Samples.change(records, w -> w.add(samples.photo(home)))));
                assertThat(tx.photoCount(home.id())).isZero();
                return true;
            });
            CountDownLatch inside = new CountDownLatch(1);
            CountDownLatch seen = new CountDownLatch(1);
            Future<?> slow = writer.submit(() -> Samples.change(records, w -> {
                w.add(samples.photo(home));
                inside.countDown();
                await(seen);
            }));
            inside.await();
            assertThat(records.<Long>read(tx -> tx.photoCount(home.id()))).isEqualTo(1); // neither waits nor sees it
            seen.countDown();
            join(slow);
            assertThat(records.<Long>read(tx -> tx.photoCount(home.id()))).isEqualTo(2);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void join(Future<?> future) {
        try {
            future.get();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void writers_of_two_openings_all_succeed_and_the_log_has_no_gap() throws Exception {
        Samples.Home home = samples.home(records, "home", Profile.HOUSEHOLD);
        int each = 40;
        try (Records second = open(new Keys(folder.resolve("keys")));
                ExecutorService threads = Executors.newFixedThreadPool(4)) {
            List<Future<?>> all = new ArrayList<>();
            for (Records door : Arrays.asList(records, second, records, second)) {
                Samples mine = new Samples(all.size() + 99);
                all.add(threads.submit(() -> {
                    for (int i = 0; i < each; i++) {
                        Samples.change(door, tx -> tx.add(mine.photo(home)));
                    }
                }));
            }
            all.forEach(RecordsRulesContract::join);
        }
        records.read(tx -> {
            assertThat(tx.photoCount(home.id())).isEqualTo(4L * each);
            assertThat(tx.auditSize()).isEqualTo(4L * each + 1);
            assertThat(tx.audit(1, 1_000)).hasSize(4 * each + 1);
            return true;
        });
    }

    @Test
    void a_transaction_is_not_used_after_its_end_nor_a_change_inside_a_change() {
        var leaked = records.read(tx -> tx);
        assertThatThrownBy(() -> leaked.auditSize()).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> Samples.change(records, tx -> Samples.change(records, inner -> {})))
                .isInstanceOf(IllegalStateException.class);
        Samples.change(
                records,
                tx -> assertThat(records.<Long>read(r -> r.auditSize())).isZero());
    }

    @Test
    void opening_again_keeps_everything_and_a_newer_schema_is_refused() throws Exception {
        Samples.Home home = samples.home(records, "home", Profile.HOUSEHOLD);
        records.close();
        records = open(new Keys(folder.resolve("keys")));
        assertThat(records.<List<Collection>>read(tx -> tx.collections())).containsExactly(home.collection());

        raw("UPDATE flyway_schema_history SET version = '99' WHERE version = '2'");
        fails(LikenessException.Kind.UNAVAILABLE, () -> open(new Keys(folder.resolve("keys"))));
    }

    @Test
    void r38_the_ledger_is_written_with_the_change_and_a_lost_one_is_written_again() throws Exception {
        Samples.Home home = samples.home(records, "home", Profile.HOUSEHOLD);
        LedgerEntry entry = LedgerEntry.of(
                Samples.NOW,
                LedgerEntry.Kind.ERASE,
                LedgerEntry.Scope.COLLECTION,
                home.id().value(),
                home.id());
        assertThatThrownBy(() -> Samples.change(records, tx -> {
                    tx.ledger().record(entry);
                    throw new IllegalStateException("on purpose");
                }))
                .hasMessage("on purpose");
        Path file = folder.resolve("keys/deletions.ledger");
        assertThat(file).doesNotExist();

        Samples.change(records, tx -> tx.ledger().record(entry));
        assertThat(file).content().contains(entry.text());
        assertThat(records.<Boolean>read(tx -> tx.ledger().follows(entry.id()))).isTrue();
        assertThat(records.<Boolean>read(tx -> tx.ledger().differs())).isFalse();
        Files.delete(file);
        assertThat(records.<Boolean>read(tx -> tx.ledger().differs())).isTrue();
        records.note(tx -> assertThat(tx.ledger().settle()).isEqualTo(1));
        assertThat(file).content().contains(entry.text());
        assertThat(records.<Boolean>read(tx -> tx.ledger().differs())).isFalse();
        assertThatThrownBy(() -> records.note(tx -> tx.ledger().record(entry)))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void r43_no_message_repeats_a_name() {
        samples.home(records, "Secret-Name", Profile.HOUSEHOLD);
        assertThatThrownBy(() -> samples.home(records, "Secret-Name", Profile.HOUSEHOLD))
                .satisfies(e -> assertThat(trace(e)).doesNotContain("Secret-Name"));
    }

    private static String trace(Throwable e) {
        java.io.StringWriter text = new java.io.StringWriter();
        e.printStackTrace(new java.io.PrintWriter(text));
        return text.toString();
    }
}
