package org.likeness.store;

import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.likeness.core.LikenessException;
import org.likeness.core.audit.Merkle;
import org.likeness.core.audit.SignedCheckpoint;
import org.likeness.core.audit.StatementId;
import org.likeness.core.photo.Sha256;
import org.likeness.core.records.LogWriting;

/// The log as a hash tree, in SQL. Complete subtrees are rows and never change: appending an entry reads one row and
/// writes two on average, and a proof reads at most 64.
final class SqlLog implements LogWriting {
    /// Rows read at once.
    private static final int CHUNK = 1_000;

    private static final String LEAVES =
            "SELECT position, entry, leaf_hash FROM audit_entry WHERE position >= ? ORDER BY position LIMIT ?";

    private final Supplier<Sql> sql;
    private final Supplier<Sql> changing;
    private final Supplier<Sql> noting;

    SqlLog(Supplier<Sql> sql, Supplier<Sql> changing, Supplier<Sql> noting) {
        this.sql = sql;
        this.changing = changing;
        this.noting = noting;
    }

    private Sql sql() {
        return sql.get();
    }

    /// Whether the tree covers all entries and the log has a name.
    boolean isComplete() {
        return named().isPresent();
    }

    /// Names the log and builds its tree, unless another process was quicker.
    void complete() {
        if (isComplete()) {
            return;
        }
        for (long next = 1; ; ) {
            List<Leaf> some = leaves(next, CHUNK);
            for (Leaf leaf : some) {
                next = leaf.position() + 1;
                Merkle.append(leaf.position() - 1, leaf.hash(), this, this::complete);
            }
            if (some.isEmpty()) {
                break;
            }
        }
        noting.get()
                .insert("installation")
                .with("one", 1)
                .with("id", UUID.randomUUID())
                .run();
    }

    private void complete(int level, long position, Sha256 hash) {
        if (level > 0) { // leaves stand beside their entries
            noting.get()
                    .insert("audit_node")
                    .with("level", level)
                    .with("position", position)
                    .with("hash", bytes(hash))
                    .run();
        }
    }

    /// Appends an entry and the subtrees it completes. Called once for each change.
    void append(String entry) {
        long position = size() + 1; // nobody else writes meanwhile, and the database checks
        Sha256 leaf = Merkle.leaf(entry);
        changing.get()
                .insert("audit_entry")
                .with("position", position)
                .with("entry", entry)
                .with("leaf_hash", bytes(leaf))
                .run();
        Merkle.append(position - 1, leaf, this, this::complete);
    }

    private static byte[] bytes(Sha256 hash) {
        return HexFormat.of().parseHex(hash.hex());
    }

    private Optional<UUID> named() {
        return sql().first("SELECT id FROM installation", row -> UUID.fromString(row.getString(1)));
    }

    @Override
    public UUID installation() {
        return named().orElseThrow(() -> damaged("the records have lost the name of their log"));
    }

    private static LikenessException damaged(String what) {
        return new LikenessException(
                        LikenessException.Kind.CORRUPT,
                        what + "\nSee likeness audit verify; restore the records from a backup.")
                .called("log.damaged");
    }

    @Override
    public long size() {
        return sql().count("SELECT COALESCE(MAX(position), 0) FROM audit_entry");
    }

    @Override
    public long pruned() {
        return sql().count("SELECT COALESCE(MAX(position), 1) - 1 FROM log_minimum");
    }

    @Override
    public Sha256 node(int level, long position) {
        Optional<Sha256> found = level == 0
                ? sql().first("SELECT leaf_hash FROM audit_entry WHERE position = ?", row -> hash(row, 1), position + 1)
                        .or(() -> inner(0, position))
                : inner(level, position);
        return found.orElseThrow(() -> damaged("node " + position + " of level " + level + " of the log is missing"));
    }

    private Optional<Sha256> inner(int level, long position) {
        return sql().first(
                        "SELECT hash FROM audit_node WHERE level = ? AND position = ?",
                        row -> hash(row, 1),
                        level,
                        position);
    }

    private static Sha256 hash(ResultSet row, int column) throws SQLException {
        return Sha256.of(row.getBytes(column));
    }

    @Override
    public List<Node> nodes(int level, long from, int limit) {
        if (level > 0) {
            return sql().list(
                            "SELECT position, hash FROM audit_node WHERE level = ? AND position >= ?"
                                    + " ORDER BY position LIMIT ?",
                            row -> new Node(row.getLong(1), hash(row, 2)),
                            level,
                            from,
                            limit);
        }
        return sql().list(
                        "SELECT position, hash FROM audit_node WHERE level = 0 AND position >= ?"
                                + " UNION ALL SELECT position - 1, leaf_hash FROM audit_entry WHERE position > ?"
                                + " ORDER BY 1 LIMIT ?",
                        row -> new Node(row.getLong(1), hash(row, 2)),
                        from,
                        from,
                        limit);
    }

    @Override
    public List<Leaf> leaves(long from, int limit) {
        return sql().list(LEAVES, row -> new Leaf(row.getLong(1), row.getString(2), hash(row, 3)), from, limit);
    }

    /// Reads from the front: an entry's time is inside its text, and pruning, which asks this, reads them anyway.
    @Override
    public Optional<Long> firstSince(Instant instant) {
        for (long next = 1; ; ) {
            List<Timed> some = sql().list(LEAVES, SqlLog::timed, next, CHUNK);
            for (Timed entry : some) {
                if (!entry.at().isBefore(instant)) {
                    return Optional.of(entry.position());
                }
                next = entry.position() + 1;
            }
            if (some.isEmpty()) {
                return Optional.empty();
            }
        }
    }

    private record Timed(long position, Instant at) {}

    private static Timed timed(ResultSet row) throws SQLException {
        return new Timed(row.getLong(1), Rows.auditEntry(row).at());
    }

    @Override
    public List<StoredCheckpoint> checkpoints() {
        return sql().list(
                        "SELECT size, note FROM log_checkpoint ORDER BY size",
                        row -> new StoredCheckpoint(row.getLong(1), row.getString(2)));
    }

    @Override
    public Optional<StoredCheckpoint> checkpoint(long size) {
        return sql().first(
                        "SELECT size, note FROM log_checkpoint WHERE size = ?",
                        row -> new StoredCheckpoint(row.getLong(1), row.getString(2)),
                        size);
    }

    @Override
    public List<Stated> stated(long afterPosition, int limit) {
        return sql().list(
                        "SELECT id, text, audit_position FROM statement WHERE audit_position > ?"
                                + " ORDER BY audit_position LIMIT ?",
                        row -> new Stated(
                                StatementId.parse(row.getString(1)),
                                Sha256.of(Disk.sha256().digest(row.getString(2).getBytes(StandardCharsets.UTF_8))),
                                row.getLong(3)),
                        afterPosition,
                        limit);
    }

    /// Forces the entries it covers to the disk first: a checkpoint must never know more than the records after a
    /// power
    /// cut.
    @Override
    public void add(SignedCheckpoint checkpoint, Instant at) {
        noting.get().sync();
        noting.get()
                .insert("log_checkpoint")
                .with("size", checkpoint.checkpoint().size())
                .with("note", checkpoint.note())
                .with("at", at)
                .run();
    }

    @Override
    public void prune(long before) {
        Sql change = changing.get();
        change.update(
                "INSERT INTO audit_node (level, position, hash)"
                        + " SELECT 0, position - 1, leaf_hash FROM audit_entry WHERE position < ?",
                before);
        change.insert("log_minimum").with("position", before).run();
        change.update("DELETE FROM audit_entry WHERE position < ?", before);
    }
}
