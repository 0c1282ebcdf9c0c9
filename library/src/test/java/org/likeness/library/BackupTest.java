package org.likeness.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.likeness.core.LikenessException;
import org.likeness.core.LikenessException.Kind;
import org.likeness.core.audit.AuditEntry;
import org.likeness.core.audit.AuditEntry.Action;
import org.likeness.core.audit.LogReport;
import org.likeness.core.collection.Collection;
import org.likeness.core.collection.Profile;
import org.likeness.core.consent.Choice;
import org.likeness.core.consent.Method;
import org.likeness.core.consent.Notice;
import org.likeness.core.consent.Standing;
import org.likeness.core.ingest.FileOutcome.Result;
import org.likeness.core.person.Details;
import org.likeness.core.person.Person;
import org.likeness.core.photo.Photo;
import org.likeness.core.photo.Storage;
import org.likeness.core.rights.ConsentDesk;
import org.likeness.testkit.TestPhotos;

/// Backups of a data directory in use, and what an old one may and may not bring back.
class BackupTest {
    @TempDir
    private Path temp;

    private final MovableClock clock = new MovableClock();
    private Likeness likeness;

    @BeforeEach
    void open() {
        likeness = Likeness.open(settings("data"), clock);
    }

    @AfterEach
    void close() {
        likeness.close();
    }

    /// A data directory of this name; the keys lie apart and outlive it.
    private Settings settings(String data) {
        return settings(data, "keys");
    }

    private Settings settings(String data, String keys) {
        return Settings.read(
                temp.resolve(data),
                Map.of(),
                Map.of(Setting.KEYS, temp.resolve(keys).toString()));
    }

    private void reopen(Settings settings) {
        likeness.close();
        likeness = Likeness.open(settings, clock);
    }

    private Restoration.Restored restore(Settings settings, String from, Optional<String> keys) {
        return Restoration.restore(settings, temp.resolve(from), keys.map(temp::resolve), clock);
    }

    private Collection event() {
        Collection event = likeness.createCollection("event", Profile.EVENT);
        likeness.notices().publish(event.id(), List.of(Notice.Text.of("en", "What happens here.")), true);
        likeness.bases().record(event, Bases.complete(Profile.EVENT));
        return event;
    }

    private Person consenting(Collection collection) {
        Person person = likeness.people()
                .add(
                        collection.id(),
                        new Details(Optional.of("Ada Lovelace"), Optional.of("ada@example.org"), Optional.empty()),
                        Optional.empty());
        answer(person, true);
        return person;
    }

    private void answer(Person person, boolean yes) {
        likeness.consents()
                .record(new ConsentDesk.Answers(
                        person.id(),
                        Optional.empty(),
                        Map.of(Choice.MYSELF, yes, Choice.STAFF, true),
                        Method.PAGE,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()));
    }

    private Standing.State standing(Person person, Choice choice) {
        return likeness.consents()
                .ledger(person.id())
                .standing(choice, clock.instant())
                .state();
    }

    private static void refused(Kind kind, ThrowingCallable call) {
        assertThatExceptionOfType(LikenessException.class)
                .isThrownBy(call)
                .matches(e -> e.kind() == kind, "is " + kind);
    }

    private void assertLogIsSound() {
        LogReport report = likeness.log().verify(List.of());
        assertThat(report.findings()).isEmpty();
        assertThat(likeness.log().contradiction()).isEmpty();
    }

    @Test
    void r38_an_old_backup_does_not_bring_back_a_consent_that_was_taken_back() {
        Collection event = event();
        Person withdrew = consenting(event);
        Person changedTheirMind = consenting(event);
        Person ended = consenting(event);
        Person still = consenting(event);
        likeness.backups().backup(temp.resolve("backup"));
        clock.advance(Duration.ofDays(1));
        likeness.consents().withdraw(withdrew.id(), Optional.empty(), Method.MESSAGE);
        answer(changedTheirMind, false);
        likeness.consents().revoke(ended.id());
        likeness.close();

        Restoration.Restored restored = restore(settings("restored"), "backup", Optional.empty());
        assertThat(restored.followed().entries()).isEqualTo(3);
        assertThat(restored.followed().concerned()).isEqualTo(5);
        assertThat(restored.keyless()).isZero();
        reopen(settings("restored"));
        assertThat(standing(withdrew, Choice.MYSELF)).isEqualTo(Standing.State.WITHDRAWN);
        assertThat(standing(changedTheirMind, Choice.MYSELF)).isEqualTo(Standing.State.WITHDRAWN);
        assertThat(standing(changedTheirMind, Choice.STAFF)).isEqualTo(Standing.State.GIVEN);
        assertThat(standing(ended, Choice.MYSELF)).isEqualTo(Standing.State.REVOKED);
        assertThat(standing(still, Choice.MYSELF)).isEqualTo(Standing.State.GIVEN);
        List<Action> log =
                likeness.audit(1, 1000).stream().map(AuditEntry::action).toList();
        assertThat(log).contains(Action.RESTORED);
        assertThat(log.stream().filter(Action.LEDGER_FOLLOWED::equals)).hasSize(3);
        assertLogIsSound();
        likeness.close();
        assertThat(ledger()).doesNotContain("Ada", "example");
        reopen(settings("restored")); // nothing is done twice
        assertThat(likeness.followed().entries()).isZero();
    }

    private String ledger() {
        try {
            return Files.readString(temp.resolve("keys/deletions.ledger"));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void r38_nothing_opens_before_the_ledger_was_followed_and_a_restore_that_failed_goes_on() throws Exception {
        Collection event = event();
        Person person = consenting(event);
        likeness.backups().backup(temp.resolve("backup"));
        likeness.consents().withdraw(person.id(), Optional.empty(), Method.MESSAGE);
        likeness.consents().withdraw(consenting(event).id(), Optional.empty(), Method.MESSAGE);
        likeness.close();
        Path ledger = temp.resolve("keys/deletions.ledger");
        byte[] whole = Files.readAllBytes(ledger);
        Files.writeString(ledger, ledger().replaceFirst("WITHDRAW", "RESTRICT"));

        Settings restored = settings("restored");
        refused(Kind.CORRUPT, () -> restore(restored, "backup", Optional.empty()));
        refused(Kind.UNAVAILABLE, () -> Likeness.open(restored, clock));
        Files.write(ledger, whole);
        refused(Kind.UNAVAILABLE, () -> Likeness.open(restored, clock));
        assertThat(restore(restored, "backup", Optional.empty()).followed().entries())
                .isEqualTo(2);
        reopen(restored);
        assertThat(standing(person, Choice.MYSELF)).isEqualTo(Standing.State.WITHDRAWN);
        refused(Kind.CONFLICT, () -> restore(restored, "backup", Optional.empty()));
    }

    @Test
    void r15_after_the_keys_were_destroyed_no_backup_opens_what_they_sealed() {
        Collection event = event();
        Person person = consenting(event);
        likeness.backups().backup(temp.resolve("backup"));
        likeness.backups().backupKeys(temp.resolve("backup-keys"));
        likeness.vault().shred(event);
        likeness.close();

        restore(settings("restored"), "backup", Optional.of("backup-keys"));
        reopen(settings("restored"));
        assertThat(likeness.vault().status(likeness.collection("event")).shredded())
                .isTrue();
        refused(
                Kind.REFUSED,
                () -> likeness.importPhotos(
                        likeness.collection("event"),
                        List.of(temp),
                        Storage.COPY,
                        Optional.of("club"),
                        Optional.of("board"),
                        (_, _) -> {}));
        refused(Kind.REFUSED, () -> likeness.people().known(person.id()));
        try (Stream<Path> keys = Files.list(temp.resolve("keys"))) {
            assertThat(keys.map(key -> key.getFileName().toString()))
                    .contains("log.key")
                    .noneMatch(name -> name.startsWith(event.id().toString()) && name.endsWith(".key"));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void a_machine_that_is_lost_comes_back_from_both_backups_and_from_neither_alone() {
        Collection event = event();
        Person person = consenting(event);
        likeness.log().checkpoint();
        likeness.backups().backup(temp.resolve("backup"));
        likeness.backups().backupKeys(temp.resolve("backup-keys"));

        Settings fresh = settings("fresh", "fresh-keys");
        refused(Kind.UNAVAILABLE, () -> restore(fresh, "backup", Optional.empty()));
        refused(Kind.NOT_FOUND, () -> restore(fresh, "backup-keys", Optional.empty()));
        assertThat(restore(fresh, "backup", Optional.of("backup-keys")).keyless())
                .isZero();
        reopen(fresh);
        assertThat(likeness.people().known(person.id()).details().flatMap(Details::name))
                .contains("Ada Lovelace");
        assertLogIsSound();
    }

    @Test
    void records_and_keys_are_kept_apart_and_nothing_is_overwritten() throws Exception {
        likeness.createCollection("event", Profile.EVENT);
        likeness.backups().backup(temp.resolve("backup"));
        likeness.backups().backupKeys(temp.resolve("backup-keys"));
        try (Stream<Path> files = Files.walk(temp.resolve("backup"))) {
            assertThat(files.map(Path::toString)).noneMatch(name -> name.endsWith(".key") || name.endsWith(".ledger"));
        }
        Files.createDirectories(temp.resolve("full/already"));
        refused(Kind.CONFLICT, () -> likeness.backups().backup(temp.resolve("full")));
        refused(Kind.REFUSED, () -> likeness.backups().backup(temp));
        refused(Kind.REFUSED, () -> likeness.backups().backupKeys(temp.resolve("backup")));
        refused(Kind.REFUSED, () -> likeness.backups().backupKeys(temp.resolve("backup/keys")));
        refused(Kind.REFUSED, () -> likeness.backups().backup(temp.resolve("backup-keys/deep/below")));
        refused(Kind.REFUSED, () -> likeness.backups().backup(temp.resolve("data/backup")));
        refused(Kind.REFUSED, () -> likeness.backups().backupKeys(temp.resolve("keys")));
        refused(Kind.CONFLICT, () -> restore(settings("data"), "backup", Optional.empty()));
    }

    @Test
    void a_backup_that_was_altered_is_not_restored() throws Exception {
        likeness.createCollection("event", Profile.EVENT);
        likeness.backups().backup(temp.resolve("backup"));
        Path records = temp.resolve("backup/records.sqlite");
        Files.writeString(records, "x", StandardOpenOption.APPEND);
        refused(Kind.CORRUPT, () -> restore(settings("one"), "backup", Optional.empty()));
        Files.writeString(temp.resolve("backup/manifest.txt"), "x", StandardOpenOption.APPEND);
        refused(Kind.CORRUPT, () -> restore(settings("two"), "backup", Optional.empty()));
        Files.delete(temp.resolve("backup/manifest.txt"));
        refused(Kind.NOT_FOUND, () -> restore(settings("three"), "backup", Optional.empty()));
    }

    @Test
    void a_backup_made_while_an_import_runs_is_of_one_instant_and_whole() throws Exception {
        List<Path> photos = TestPhotos.demo(temp.resolve("photos"));
        Collection family = likeness.createCollection("family", Profile.HOUSEHOLD);
        AtomicReference<BackupDesk.Made> made = new AtomicReference<>();
        likeness.importPhotos(family, photos, Storage.COPY, Optional.empty(), Optional.empty(), (_, at) -> {
            if (made.get() == null && !likeness.photos(family, 10).isEmpty()) {
                made.set(likeness.backups().backup(temp.resolve("backup")));
            }
        });
        assertThat(made.get().absent()).isZero();
        assertThat(likeness.photos(family, 100)).hasSize(photos.size());
        likeness.close();

        restore(settings("restored"), "backup", Optional.empty());
        reopen(settings("restored"));
        List<Photo> restored = likeness.photos(family, 100);
        assertThat(restored).hasSize(Math.toIntExact(made.get().photos())).isNotEmpty();
        for (Photo photo : restored) {
            assertThat(Hashes.of(likeness.original(photo))).isEqualTo(photo.sha256());
            assertThat(likeness.thumbnail(family, photo)).isPresent(); // rebuilt: it is not in a backup
        }
        assertThat(likeness.checkRecords()).isEmpty();
        assertThat(likeness.checkTemplates(family)).isPositive();
        assertThat(likeness.importPhotos(family, photos, Storage.COPY, Optional.empty(), Optional.empty(), (_, _) -> {})
                        .count(Result.DUPLICATE))
                .isEqualTo(restored.size());
        assertLogIsSound();
    }

    @Test
    void r47_a_drill_says_who_and_what_and_whether_it_can_be_read_and_starts_the_clock() {
        Collection event = event();
        Collection other = likeness.createCollection("other", Profile.EVENT);
        Person person = consenting(event);
        BreachDesk.Drill drill = likeness.breach().drill(List.of(event));
        assertThat(drill.affected()).hasSize(1);
        assertThat(drill.affected().getFirst().people()).containsExactly(person.id());
        assertThat(drill.affected().getFirst().kinds())
                .contains(
                        new BreachDesk.DataKind("people's details", 1, BreachDesk.Protection.SEALED),
                        new BreachDesk.DataKind("answers to consent", 2, BreachDesk.Protection.READABLE));
        assertThat(drill.notifyBy()).isEqualTo(clock.instant().plus(Duration.ofDays(3)));
        assertThat(drill.keys()).isEqualTo(new BreachDesk.KeyState(false, false, 0));
        assertThat(drill.readable()).isFalse();
        AuditEntry entry = likeness.audit(1, 100).getLast();
        assertThat(entry.action()).isEqualTo(Action.BREACH_DRILLED);
        assertThat(entry.count()).isEqualTo(1);

        likeness.vault().shred(event);
        BreachDesk.Drill all = likeness.breach().drill(List.of(event, other));
        assertThat(all.affected().getFirst().kinds())
                .contains(new BreachDesk.DataKind("people's details", 1, BreachDesk.Protection.DESTROYED));
        likeness.close();
        likeness = Likeness.open(
                Settings.read(temp.resolve("beside"), Map.of(), Map.of(Setting.BREACH_HOURS, "24")), clock);
        likeness.createCollection("event", Profile.EVENT);
        BreachDesk.Drill beside = likeness.breach().drill(likeness.collections());
        assertThat(beside.readable()).isTrue();
        assertThat(beside.notifyBy()).isEqualTo(clock.instant().plus(Duration.ofHours(24)));
    }
}
