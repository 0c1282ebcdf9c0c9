package org.likeness.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.likeness.core.LikenessException;
import org.likeness.core.audit.Actor;
import org.likeness.core.audit.AuditEntry;
import org.likeness.core.collection.CollectionId;
import org.likeness.core.ledger.LedgerEntry;
import org.likeness.core.ledger.LedgerEntry.Kind;
import org.likeness.core.ledger.LedgerEntry.Scope;
import org.likeness.core.records.Records;
import org.likeness.core.rights.LedgerFollower;

/// The deletion ledger beside records that may be older than it, or newer.
final class LedgerTest {
    @TempDir
    Path folder;

    private final CollectionId collection = CollectionId.next();
    private final List<LedgerEntry> done = new ArrayList<>();
    private Records records;

    @BeforeEach
    void openRecords() {
        records = SqlRecords.sqlite(folder.resolve("records.db"), new Keys(folder.resolve("keys")), Samples.CLOCK);
    }

    @AfterEach
    void closeRecords() {
        records.close();
    }

    private Path file() {
        return folder.resolve("keys/deletions.ledger");
    }

    private LedgerEntry entry(Kind kind) {
        return LedgerEntry.of(Samples.NOW, kind, Scope.PERSON, UUID.randomUUID(), collection);
    }

    private LedgerEntry recorded(Kind kind) {
        LedgerEntry entry = entry(kind);
        Samples.change(records, tx -> tx.ledger().record(entry));
        return entry;
    }

    private LedgerFollower.Followed follow() {
        return new LedgerFollower(records, Samples.CLOCK, Actor.OWNER, Map.of(Kind.ERASE, (_, entry) -> {
                    done.add(entry);
                    return 1;
                }))
                .follow();
    }

    private List<LedgerEntry> unfollowed() {
        return records.read(tx -> tx.ledger().unfollowed());
    }

    private boolean differs() {
        return records.read(tx -> tx.ledger().differs());
    }

    private Path copyOfRecords(String name) throws Exception {
        records.close();
        Path copy = folder.resolve(name);
        Files.copy(folder.resolve("records.db"), copy);
        openRecords();
        return copy;
    }

    private void restore(Path copy) throws Exception {
        records.close();
        Files.deleteIfExists(folder.resolve("records.db-wal"));
        Files.deleteIfExists(folder.resolve("records.db-shm"));
        Files.copy(copy, folder.resolve("records.db"), StandardCopyOption.REPLACE_EXISTING);
        openRecords();
    }

    @Test
    void what_was_recorded_is_in_the_file_and_was_followed() {
        assertThat(differs()).isFalse();
        LedgerEntry one = recorded(Kind.ERASE);
        recorded(Kind.STOP);
        assertThat(differs()).isFalse();
        assertThat(unfollowed()).isEmpty();
        assertThat(new LedgerFile(folder.resolve("keys")).read().entries())
                .hasSize(2)
                .startsWith(one);
        assertThat(follow()).isEqualTo(new LedgerFollower.Followed(0, 0, 0));
    }

    @Test
    void a_change_that_fails_writes_nothing_and_the_next_one_goes_on() {
        assertThatThrownBy(() -> records.change(tx -> {
                    tx.ledger().record(entry(Kind.ERASE));
                    throw new IllegalStateException("on purpose");
                }))
                .hasMessage("on purpose");
        assertThat(file()).doesNotExist();
        recorded(Kind.ERASE);
        assertThat(differs()).isFalse();
    }

    @Test
    void r38_older_records_do_again_what_they_do_not_know_of_once_and_say_so() throws Exception {
        recorded(Kind.ERASE);
        Path copy = copyOfRecords("copy.db");
        LedgerEntry second = recorded(Kind.ERASE);
        LedgerEntry third = recorded(Kind.ERASE);
        restore(copy);

        assertThat(differs()).isTrue();
        assertThat(follow()).isEqualTo(new LedgerFollower.Followed(2, 2, 0));
        assertThat(done).containsExactly(second, third);
        assertThat(records.<List<AuditEntry>>read(tx -> tx.audit(1, 100))
                        .reversed()
                        .subList(0, 2))
                .allMatch(entry -> entry.action() == AuditEntry.Action.LEDGER_FOLLOWED);
        assertThat(differs()).isFalse();
        follow();
        assertThat(done).hasSize(2);
    }

    @Test
    void what_a_version_cannot_do_again_keeps_the_records_closed() throws Exception {
        Path copy = copyOfRecords("copy.db");
        recorded(Kind.OBJECT);
        restore(copy);
        assertThatThrownBy(this::follow)
                .isInstanceOfSatisfying(
                        LikenessException.class,
                        e -> assertThat(e.kind()).isEqualTo(LikenessException.Kind.UNAVAILABLE));
        assertThat(differs()).isTrue();
    }

    @Test
    void an_entry_whose_change_was_not_committed_is_followed_and_hides_nothing_after_it() {
        recorded(Kind.ERASE);
        LedgerEntry torn = entry(Kind.ERASE);
        new LedgerFile(folder.resolve("keys")).append(List.of(torn)); // a crash came before the commit
        recorded(Kind.ERASE);
        assertThat(differs()).isTrue();
        assertThat(unfollowed()).containsExactly(torn);
        assertThat(follow().entries()).isEqualTo(1);
        assertThat(differs()).isFalse();
    }

    @Test
    void a_lost_or_older_ledger_gets_back_what_the_records_know() throws Exception {
        recorded(Kind.ERASE);
        Path old = folder.resolve("old.ledger");
        Files.copy(file(), old);
        recorded(Kind.ERASE);
        byte[] whole = Files.readAllBytes(file());
        Files.copy(old, file(), StandardCopyOption.REPLACE_EXISTING);
        assertThat(follow()).isEqualTo(new LedgerFollower.Followed(0, 0, 1));
        assertThat(file()).hasBinaryContent(whole);
        Files.delete(file());
        assertThat(follow()).isEqualTo(new LedgerFollower.Followed(0, 0, 2));
        assertThat(file()).hasBinaryContent(whole);
        assertThat(differs()).isFalse();
    }

    @Test
    void a_last_line_cut_anywhere_was_never_relied_on() throws Exception {
        recorded(Kind.ERASE);
        byte[] one = Files.readAllBytes(file());
        new LedgerFile(folder.resolve("keys")).append(List.of(entry(Kind.ERASE)));
        byte[] two = Files.readAllBytes(file());
        for (int end : new int[] {one.length + 1, one.length + 70, two.length - 1}) {
            Files.write(file(), Arrays.copyOf(two, end));
            assertThat(unfollowed()).isEmpty();
            assertThat(follow()).isEqualTo(new LedgerFollower.Followed(0, 0, 0));
            assertThat(differs()).isFalse();
            assertThat(file()).hasBinaryContent(one);
        }
        byte[] zeros = Arrays.copyOf(two, two.length);
        Arrays.fill(zeros, one.length, two.length - 1, (byte) 0);
        Files.write(file(), zeros);
        recorded(Kind.STOP);
        assertThat(differs()).isFalse();
        for (int end = 0; end < 18; end++) { // the first line itself
            Files.write(file(), Arrays.copyOf(one, end));
            assertThat(follow().restored()).isEqualTo(2);
            assertThat(differs()).isFalse();
        }
    }

    @Test
    void altering_dropping_or_moving_an_entry_is_found() throws Exception {
        for (int i = 0; i < 4; i++) {
            recorded(Kind.ERASE);
        }
        byte[] whole = Files.readAllBytes(file());
        List<String> lines = Files.readAllLines(file(), StandardCharsets.US_ASCII);
        List<List<String>> forged = new ArrayList<>();
        forged.add(new ArrayList<>(lines));
        forged.getLast().remove(2);
        forged.add(new ArrayList<>(lines));
        Collections.swap(forged.getLast(), 1, 2);
        forged.add(new ArrayList<>(lines));
        forged.getLast().set(2, lines.get(2).replace("ERASE", "OBJECT"));
        forged.add(new ArrayList<>(lines));
        forged.getLast().add(2, lines.get(2));
        for (List<String> some : forged) {
            Files.writeString(file(), String.join("\n", some) + "\n", StandardOpenOption.TRUNCATE_EXISTING);
            assertThatThrownBy(this::unfollowed)
                    .isInstanceOfSatisfying(
                            LikenessException.class,
                            e -> assertThat(e.kind()).isEqualTo(LikenessException.Kind.CORRUPT));
        }
        Files.write(file(), whole);
        assertThat(unfollowed()).isEmpty();
    }
}
