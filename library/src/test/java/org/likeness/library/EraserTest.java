package org.likeness.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.likeness.core.audit.AuditEntry;
import org.likeness.core.audit.AuditEntry.Action;
import org.likeness.core.collection.Profile;
import org.likeness.core.demand.Census;
import org.likeness.core.demand.Demand;
import org.likeness.core.demand.DemandId;
import org.likeness.core.demand.ErasurePlan;
import org.likeness.core.demand.Scope;
import org.likeness.core.demand.Target;
import org.likeness.core.person.Person;
import org.likeness.core.records.ErasableStore;
import org.likeness.core.rights.DemandDesk;
import org.likeness.core.rights.Eraser;
import org.likeness.testkit.DiskSearch;

/// Erasures over every store there is, with faults in each. Everything is real but the pictures.
class EraserTest {
    @TempDir
    private Path temp;

    private Path data;
    private final MovableClock clock = new MovableClock();
    private Likeness likeness;
    private int planted;

    @BeforeEach
    void open() {
        data = temp.resolve("data");
        likeness = Likeness.open(Settings.of(data), clock);
    }

    @AfterEach
    void close() {
        likeness.close();
    }

    private void reopen() {
        likeness.close();
        likeness = Likeness.open(Settings.of(data), clock);
    }

    private Planted plant() throws IOException {
        String content = "content-" + planted++;
        Planted made = new Planted(
                likeness, clock, data, temp, likeness.createCollection(content, Profile.HOUSEHOLD), content);
        String collection = made.collection.id().toString();
        raw(
                "INSERT INTO face_decision (id, collection, face, person, verdict, actor, at)"
                        + " VALUES (?, ?, ?, ?, 'IS', 'owner', 1)",
                java.util.UUID.randomUUID().toString(),
                collection,
                made.face.id().toString(),
                made.person.id().toString());
        raw(
                "INSERT INTO search_attempt (id, collection, purpose, person, audience, actor, model, state,"
                        + " started_at, ended_at)"
                        + " SELECT id, collection, purpose, ?, 'myself', actor, model, 'ANSWERED', 1, 2"
                        + " FROM search WHERE collection = ?",
                made.person.id().toString(),
                collection);
        raw(
                "INSERT INTO source_contact (source, collection, owner) VALUES (?, ?, ?)",
                made.source.id().toString(),
                collection,
                Planted.NAME);
        return made;
    }

    /// What no door of the library writes yet.
    private void raw(String statement, String... values) throws IOException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + data.resolve("records.sqlite"));
                PreparedStatement prepared = connection.prepareStatement(statement)) {
            for (int i = 0; i < values.length; i++) {
                prepared.setString(i + 1, values[i]);
            }
            prepared.executeUpdate();
        } catch (SQLException e) {
            throw new IOException(e);
        }
    }

    private Eraser.Outcome erase(Target target) {
        return likeness.eraser()
                .execute(likeness.demands().erase(target).demand().id());
    }

    @Test
    void r33_nothing_of_an_erased_person_is_anywhere_in_the_data_directory() throws IOException {
        Planted planted = plant();
        Person person = planted.person;
        Path key = data.resolve("keys").resolve(person.collection() + "." + person.id() + ".person.key");
        byte[] secret =
                Files.readString(key).lines().skip(2).findFirst().orElseThrow().getBytes(StandardCharsets.UTF_8);
        byte[] sealed = sealed();
        assertThat(new DiskSearch().bytes(secret).find(data)).isPresent();
        assertThat(new DiskSearch().bytes(sealed).find(data)).isPresent();
        assertThat(new DiskSearch().bytes(bytes(Planted.NAME)).find(data))
                .as("who granted")
                .isPresent();
        assertThat(erase(Target.of(person.id())).census().notZero()).isEmpty();
        assertThat(likeness.people().person(person.id()).state()).isEqualTo(Person.State.FORGOTTEN);
        assertThat(erase(Target.of(planted.source.id())).census().notZero()).isEmpty();
        likeness.close();
        DiskSearch traces = new DiskSearch()
                .bytes(bytes(Planted.NAME))
                .bytes(bytes("ottoline@example.org"))
                .bytes(bytes("picture of content"))
                .bytes(bytes("said of content"))
                .bytes(bytes("source of content"))
                .bytes(bytes("content-0.jpg"))
                .bytes(bytes("thumbnail of content"))
                .bytes(secret)
                .bytes(sealed);
        assertThat(traces.find(data)).isEmpty();
        assertThat(key).doesNotExist();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private byte[] sealed() throws IOException {
        assertThat(likeness.records().scrub()).isEqualTo(org.likeness.core.records.Records.Scrubbed.GONE);
        byte[] file = Files.readAllBytes(data.resolve("records.sqlite"));
        String text = new String(file, StandardCharsets.ISO_8859_1);
        int at = text.indexOf("INVITED2040-01-01");
        assertThat(at).isPositive();
        return java.util.Arrays.copyOfRange(file, at + 40, at + 72); // in the nonce and the ciphertext that follow
    }

    @Test
    void r33_a_collection_goes_whole_and_nobody_is_blocked_by_it() throws IOException {
        Planted planted = plant();
        Planted other = plant();
        assertThat(erase(Target.of(planted.collection.id())).census().notZero()).isEmpty();
        assertThat(likeness.collections()).containsExactly(other.collection);
        assertThat(data.resolve("collections/" + planted.collection.id())).doesNotExist();
        assertThat(likeness.records()
                        .<Boolean>read(tx ->
                                tx.sources().blocked(planted.photo.sha256()).isPresent()))
                .isFalse();
        assertThat(likeness.eraser()
                        .plan(Target.of(other.collection.id()), other.collection.id())
                        .lines())
                .extracting(ErasurePlan.Line::store)
                .contains("crops", "table template", "keys of people");
        likeness.createCollection(planted.collection.name(), Profile.HOUSEHOLD);
    }

    @Test
    void r33_a_content_is_erased_and_blocked_in_every_collection() throws IOException {
        Planted one = plant();
        planted--;
        Files.delete(temp.resolve("content-0.jpg"));
        Planted copy = new Planted(
                likeness, clock, data, temp, likeness.createCollection("other", Profile.HOUSEHOLD), "content-0");
        assertThat(copy.photo.sha256()).isEqualTo(one.photo.sha256());
        DemandId restriction =
                likeness.demands().restrict(Target.of(copy.photo.id())).demand().id();
        ErasurePlan plan = likeness.eraser().plan(Target.of(one.photo.id()), one.collection.id());
        assertThat(plan.elsewhere(one.collection.id())).containsExactly(copy.collection.id());
        assertThat(plan.count(Scope.PHOTO)).isEqualTo(2);
        assertThat(erase(Target.of(one.photo.id())).census().notZero()).isEmpty();
        assertThat(likeness.audit(1, 10_000).stream()
                        .filter(entry -> entry.action() == Action.ERASED)
                        .map(entry -> entry.collection().orElseThrow()))
                .as("each log says what went from it")
                .contains(one.collection.id(), copy.collection.id());
        assertThat(likeness.demands().demand(restriction).state())
                .as("what is gone is not restricted")
                .isEqualTo(Demand.State.DONE);
        likeness.records().read(tx -> {
            assertThat(tx.photo(copy.photo.id())).isEmpty();
            assertThat(tx.sources().blocked(one.photo.sha256()).isPresent()).isTrue();
            return true;
        });
    }

    @Test
    void a_person_and_what_was_said_to_be_theirs_go_together_and_nothing_else_does() throws IOException {
        Planted one = plant();
        Planted other = plant();
        assertThat(likeness.demands().said(one.person.id()))
                .extracting(DemandDesk.Said::face)
                .containsExactly(one.face.id());
        assertThatThrownBy(() -> likeness.demands().erase(one.person.id(), Set.of(other.face.id()), false))
                .hasMessageContaining("not all of the faces");
        assertThat(likeness.demands().demands()).isEmpty();
        List<DemandDesk.Received> received = likeness.demands().erase(one.person.id(), Set.of(one.face.id()), true);
        assertThat(received)
                .extracting(each -> each.demand().target())
                .containsExactly(Target.of(one.photo.id()), Target.of(one.person.id()));
        received.forEach(
                each -> assertThat(likeness.eraser().execute(each.demand().id()).attestation())
                        .isPresent());
        likeness.records().read(tx -> {
            assertThat(tx.photo(one.photo.id())).isEmpty();
            assertThat(tx.photo(other.photo.id())).isPresent();
            return true;
        });
        assertThat(likeness.people().person(one.person.id()).state()).isEqualTo(Person.State.FORGOTTEN);
    }

    @Test
    void what_is_demanded_while_another_erasure_runs_is_carried_out_after_it() throws IOException {
        Planted one = plant();
        Planted other = plant();
        DemandId first =
                likeness.demands().erase(Target.of(one.photo.id())).demand().id();
        DemandId second =
                likeness.demands().erase(Target.of(other.photo.id())).demand().id();
        Eraser meddled = likeness.eraser(stores -> stores.stream()
                .map(store -> store.name().equals("previews")
                        ? new MeddledStores.Meanwhile(
                                (ErasableStore.Outside) store,
                                () -> likeness.eraser().carryOut(second))
                        : store)
                .toList());
        meddled.carryOut(first);
        assertThat(likeness.demands().demand(first).state()).isEqualTo(Demand.State.DONE);
        assertThat(likeness.demands().demand(second).state()).isEqualTo(Demand.State.DONE);
        likeness.eraser().carryOut(second); // done already: no mistake
    }

    /// An older copy of the records and files is put back, without keys and ledger: the demands are met again.
    @Test
    void r38_what_was_erased_or_restricted_is_so_again_in_an_older_copy() throws IOException {
        Planted planted = plant();
        Planted other = plant();
        likeness.close();
        Path copy = temp.resolve("copy");
        copy(data, copy);
        likeness = Likeness.open(Settings.of(data), clock);
        DemandId photo =
                likeness.demands().erase(Target.of(planted.photo.id())).demand().id();
        assertThat(likeness.eraser().execute(photo).attestation()).isPresent();
        assertThat(erase(Target.of(planted.person.id())).attestation()).isPresent();
        assertThat(erase(Target.of(planted.source.id())).attestation()).isPresent();
        likeness.demands().restrict(Target.of(other.photo.id()));
        likeness.demands().restrict(Target.of(other.person.id()));
        likeness.demands().lift(Target.of(other.person.id()));
        likeness.close();
        for (String part : List.of("records.sqlite", "collections")) {
            delete(data.resolve(part));
            copy(copy.resolve(part), data.resolve(part));
        }
        java.nio.file.Files.deleteIfExists(data.resolve("records.sqlite-wal"));
        java.nio.file.Files.deleteIfExists(data.resolve("records.sqlite-shm"));

        likeness = Likeness.open(Settings.of(data), clock);
        likeness.records().read(tx -> {
            assertThat(tx.photo(planted.photo.id())).isEmpty();
            assertThat(tx.sources().blocked(planted.photo.sha256())).isPresent();
            assertThat(tx.people().person(planted.person.id()).orElseThrow().state())
                    .isEqualTo(Person.State.FORGOTTEN);
            assertThat(tx.sources().source(planted.source.id())).isEmpty();
            assertThat(tx.photo(other.photo.id())).isPresent();
            assertThat(tx.demands().isHeld(other.photo.id().value())).isTrue();
            assertThat(tx.people().person(other.person.id()).orElseThrow().state())
                    .isEqualTo(Person.State.INVITED);
            return true;
        });
        assertThat(likeness.demands().demand(photo).state()).isEqualTo(Demand.State.DONE);
        likeness.close();
        assertThat(new DiskSearch()
                        .bytes(bytes("picture of content-0"))
                        .bytes(bytes("said of content-0"))
                        .bytes(bytes("content-0.jpg"))
                        .find(data))
                .isEmpty();
    }

    private static void copy(Path from, Path to) throws IOException {
        try (var walk = Files.walk(from)) {
            for (Path file : walk.toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        }
    }

    private static void delete(Path top) throws IOException {
        try (var walk = Files.walk(top)) {
            for (Path file : walk.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    // Faults.

    /// A store that is counted and not erased.
    /// Every store in turn, on something that has a part in it.
    @Test
    void r33_no_store_can_be_forgotten_without_the_census_saying_so() throws IOException {
        List<ErasableStore> all = new ArrayList<>();
        assertThat(likeness.eraser(stores -> {
                    all.addAll(stores);
                    return stores;
                }))
                .isNotNull();
        Set<String> untested = new TreeSet<>();
        for (ErasableStore store : all) {
            if (!knockOut(store.name())) {
                untested.add(store.name());
            }
        }
        assertThat(untested)
                .as("nothing is planted in these; the first needs a model, see ErasureTest")
                .containsExactly(
                        "indexes in memory",
                        "table basis",
                        "table consent_event",
                        "table notice",
                        "table notice_text",
                        "table person_reference",
                        "table removed_photo");
    }

    /// Whether there is something in this store to be erased at all.
    private boolean knockOut(String name) throws IOException {
        for (Target target : plant().targets()) {
            ErasurePlan plan = likeness.eraser().plan(target, likeness.demands().collection(target));
            if (plan.lines().stream().anyMatch(line -> line.store().equals(name))) {
                Eraser lame = likeness.eraser(stores -> stores.stream()
                        .map(store -> store.name().equals(name) ? new MeddledStores.KnockedOut(store) : store)
                        .toList());
                DemandId demand = likeness.demands().erase(target).demand().id();
                Eraser.Outcome outcome = lame.execute(demand);
                assertThat(outcome.attestation()).as(name).isEmpty();
                assertThat(outcome.demand().state()).as(name).isEqualTo(Demand.State.FAILED);
                assertThat(outcome.census().notZero())
                        .extracting(Census.Count::store)
                        .contains(name);
                assertThat(likeness.demands().statements(demand)).hasSize(1); // that it was received
                assertThat(likeness.eraser().resume(true))
                        .singleElement()
                        .satisfies(
                                done -> assertThat(done.attestation()).as(name).isPresent());
                return true;
            }
        }
        return false;
    }

    /// Stops at every few calls of a store in turn, as a crash would, and opens again.
    @Test
    void r41_a_crash_anywhere_is_finished_at_the_next_opening_and_never_attested_early() throws IOException {
        int crashes = 0;
        boolean ended = false;
        for (int round = 0; !ended; round++) {
            AtomicInteger left = new AtomicInteger(round * 7);
            Eraser mortal = likeness.eraser(stores -> stores.stream()
                    .<ErasableStore>map(store -> store instanceof ErasableStore.Rows rows
                            ? new MeddledStores.MortalRows(rows, left)
                            : new MeddledStores.MortalOutside((ErasableStore.Outside) store, left))
                    .toList());
            Planted planted = plant();
            DemandId demand = likeness.demands()
                    .erase(Target.of(planted.collection.id()))
                    .demand()
                    .id();
            try {
                mortal.execute(demand);
                ended = true;
            } catch (MeddledStores.DeathException _) {
                crashes++;
                assertThat(likeness.demands().statements(demand)).hasSize(1);
                assertThat(likeness.demands().demand(demand).state()).isEqualTo(Demand.State.EXECUTING);
                reopen();
            }
            assertThat(likeness.demands().demand(demand).state()).isEqualTo(Demand.State.DONE);
            assertThat(likeness.demands().statements(demand)).hasSize(2);
            assertThat(likeness.collections()).isEmpty();
        }
        assertThat(crashes).isGreaterThan(10);
    }

    @Test
    void r43_the_log_names_nobody() throws IOException {
        Planted planted = plant();
        Target person = Target.of(planted.person.id());
        likeness.demands().restrict(person);
        likeness.demands().lift(person);
        erase(person);
        erase(Target.of(planted.photo.id()));
        for (AuditEntry entry : likeness.audit(1, 10_000)) {
            assertThat(entry.canonical())
                    .doesNotContainIgnoringCase("ottoline")
                    .doesNotContain(".jpg", planted.photo.sha256().hex());
        }
        assertThat(likeness.audit(1, 10_000))
                .extracting(AuditEntry::action)
                .contains(Action.DEMAND_RECEIVED, Action.DEMAND_CLOSED, Action.ERASED, Action.ERASURE_FINISHED);
        assertThatThrownBy(() -> likeness.demands().erase(person)).hasMessageContaining("was erased");
    }
}
