package org.likeness.store;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.likeness.core.LikenessException;
import org.likeness.core.ledger.LedgerEntry;
import org.likeness.core.photo.Sha256;
import org.likeness.core.records.LedgerWriting;

/// The deletion ledger as one transaction sees it: the file, and which of its entries the records have
/// followed.
final class SqlLedger implements LedgerWriting {
    private final Supplier<Sql> reading;
    private final Supplier<Sql> changing;
    private final Supplier<Sql> noting;
    private final LedgerFile file;
    private final List<LedgerEntry> recorded = new ArrayList<>();

    /// @param reading the statements of this transaction
    /// @param changing the same, refused where nothing may be changed
    /// @param noting the same, refused where nothing may be written
    SqlLedger(Supplier<Sql> reading, Supplier<Sql> changing, Supplier<Sql> noting, LedgerFile file) {
        this.reading = reading;
        this.changing = changing;
        this.noting = noting;
        this.file = file;
    }

    @Override
    public boolean differs() {
        return !file.end().equals(mark());
    }

    private LedgerFile.End mark() {
        return reading.get()
                .first(
                        "SELECT bytes, chain FROM ledger_mark WHERE one = 1",
                        row -> new LedgerFile.End(row.getLong(1), new Sha256(row.getString(2))))
                .orElse(LedgerFile.End.EMPTY);
    }

    @Override
    public List<LedgerEntry> unfollowed() {
        Set<UUID> followed = followedIds();
        return file.read().entries().stream()
                .filter(entry -> !followed.contains(entry.id()))
                .toList();
    }

    private Set<UUID> followedIds() {
        return new HashSet<>(
                reading.get().list("SELECT id FROM ledger_followed", row -> UUID.fromString(row.getString(1))));
    }

    @Override
    public boolean follows(UUID entry) {
        return reading.get().count("SELECT COUNT(*) FROM ledger_followed WHERE id = ?", entry) > 0;
    }

    @Override
    public long followed() {
        return reading.get().count("SELECT COUNT(*) FROM ledger_followed");
    }

    @Override
    public void record(LedgerEntry entry) {
        follow(entry);
        recorded.add(entry);
    }

    @Override
    public void follow(LedgerEntry entry) {
        changing.get()
                .insert("ledger_followed")
                .with("id", entry.id())
                .with("entry", entry.text())
                .run();
    }

    @Override
    public long settle() {
        LedgerFile.Content content = file.read();
        Set<UUID> written = new HashSet<>();
        content.entries().forEach(entry -> written.add(entry.id()));
        List<LedgerEntry> lost = new ArrayList<>();
        Set<UUID> followed = new HashSet<>();
        for (LedgerEntry entry : noting.get()
                .list("SELECT entry FROM ledger_followed ORDER BY id", row -> LedgerEntry.parse(row.getString(1)))) {
            followed.add(entry.id());
            if (!written.contains(entry.id())) {
                lost.add(entry);
            }
        }
        if (!followed.containsAll(written)) {
            throw new LikenessException(
                            LikenessException.Kind.CONFLICT,
                            "the deletion ledger grew meanwhile\nOpen the data directory again.")
                    .called("records.busy");
        }
        boolean torn = file.end().bytes() != content.end().bytes();
        LedgerFile.End end =
                lost.isEmpty() && !torn ? content.end() : file.append(lost).after();
        mark(end);
        return lost.size();
    }

    private void mark(LedgerFile.End end) {
        Sql sql = noting.get();
        int there = sql.update("UPDATE ledger_mark SET bytes = ?, chain = ? WHERE one = 1", end.bytes(), end.chain());
        if (there == 0) {
            sql.insert("ledger_mark")
                    .with("one", 1)
                    .with("bytes", end.bytes())
                    .with("chain", end.chain())
                    .run();
        }
    }

    /// Before the commit: what this change stopped or erased goes into the file. The mark moves on only
    /// where everything before was followed too; else the next opening looks for itself.
    void write() {
        if (recorded.isEmpty()) {
            return;
        }
        LedgerFile.Appended appended = file.append(recorded);
        recorded.clear();
        if (appended.before().equals(mark())) {
            mark(appended.after());
        }
    }
}
