package org.likeness.library;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.likeness.core.LikenessException;
import org.likeness.core.audit.Actor;
import org.likeness.core.audit.AuditEntry;
import org.likeness.core.audit.LogKey;
import org.likeness.core.audit.LogReport;
import org.likeness.core.audit.Receipt;
import org.likeness.core.audit.SignedCheckpoint;
import org.likeness.core.audit.StatementId;
import org.likeness.core.collection.CollectionId;
import org.likeness.core.records.LogKeeper;
import org.likeness.core.records.Records;
import org.likeness.core.rights.LogAudit;
import org.likeness.core.rights.LogDesk;

/// The audit log and what proves it: see `docs/reference/proof.md`. Thread-safe; belongs to its [Likeness].
public final class AuditLog {
    private static final System.Logger LOGGER = System.getLogger(AuditLog.class.getName());

    private final Records records;
    private final Actor actor;
    private final LogDesk desk;
    private final LogAudit audit;

    AuditLog(Records records, LogKeeper keeper, Clock clock, Actor actor) {
        this.records = records;
        this.actor = actor;
        this.desk = new LogDesk(records, keeper, clock);
        this.audit = new LogAudit(records, keeper);
    }

    LogDesk desk() {
        return desk;
    }

    /// An entry and its position in the log.
    public record Line(long position, AuditEntry entry) {}

    /// Entries in their order, those that were pruned left out.
    ///
    /// @param from position of the first, 1 for the oldest
    /// @throws LikenessException CORRUPT when one was altered
    public List<Line> lines(long from, int limit) {
        return records.read(tx -> {
            long position = Math.max(from, tx.log().pruned() + 1);
            List<Line> lines = new ArrayList<>();
            for (AuditEntry entry : tx.audit(position, limit)) {
                lines.add(new Line(position++, entry));
            }
            return List.copyOf(lines);
        });
    }

    /// How far back one page looks for entries of its collection.
    private static final int LOOKED_AT = 5_000;

    /// Some entries of one collection, the newest first.
    ///
    /// @param next the position to go on before; empty at the beginning of the log
    public record Page(List<Line> lines, Optional<Long> next) {
        public Page {
            lines = List.copyOf(lines);
        }
    }

    /// What is said of a collection before a position. May be short, even empty, and still have a next.
    ///
    /// @param before a position; empty: from the newest on
    /// @throws LikenessException CORRUPT when an entry was altered
    public Page before(CollectionId collection, Optional<Long> before, int limit) {
        long to = Math.min(before.orElse(Long.MAX_VALUE) - 1, size());
        long from = Math.max(1, to - LOOKED_AT + 1);
        List<Line> lines = lines(from, (int) Math.max(0, to - from + 1)).reversed().stream()
                .filter(line ->
                        line.entry().collection().map(collection::equals).orElse(false))
                .limit(limit)
                .toList();
        if (lines.size() == limit) {
            return new Page(lines, Optional.of(lines.getLast().position()));
        }
        return new Page(lines, from > 1 ? Optional.of(from) : Optional.empty());
    }

    /// How many entries there are or were; the position of the newest.
    public long size() {
        return records.read(tx -> tx.log().size());
    }

    /// The public key, which everyone may have. The first call makes the pair.
    public LogKey key() {
        return desk.key();
    }

    /// Signs the log as it is now.
    ///
    /// @throws LikenessException CORRUPT when it contradicts what was signed before
    public SignedCheckpoint checkpoint() {
        return desk.checkpoint();
    }

    /// The receipt of a statement, any time while the statement exists.
    ///
    /// @param extra what the holder is told besides, such as a code to withdraw with; covered by no proof, kept
    ///     nowhere
    /// @throws LikenessException NOT_FOUND when there is no such statement, REFUSED when its entry was pruned,
    ///     CORRUPT
    ///     when the log contradicts what was signed before
    public Receipt receipt(StatementId statement, Map<String, String> extra) {
        return desk.receipt(statement, extra);
    }

    /// Hashes everything again and holds it against all that was signed, and against receipts others hold.
    public LogReport verify(List<Receipt> receipts) {
        return audit.verify(receipts);
    }

    /// What is wrong at first sight: the log contradicts its head. Cheap.
    ///
    /// @throws LikenessException CORRUPT when the head is damaged
    public Optional<String> contradiction() {
        return desk.contradiction();
    }

    /// Forgets entries made before an instant, and keeps their hashes.
    ///
    /// @return how many went
    /// @throws LikenessException REFUSED when that would take entries younger than six months
    public long prune(Instant before) {
        return desk.prune(before, actor);
    }

    /// Says that an older copy of the records was put back on purpose, after whoever restored it has done all that
    /// a
    /// restore must do. Recorded in the log together with the head from before.
    public SignedCheckpoint acceptRestored() {
        return desk.acceptRestored(actor);
    }

    /// Writes the log for anybody who wants to watch it: C2SP tiles, a checkpoint, and the key beside them.
    ///
    /// @return how many files were written
    public int export(Path folder) {
        SignedCheckpoint checkpoint = desk.checkpoint();
        LogKey key = desk.key();
        return records.read(tx -> new LogExport(folder, tx.log()).write(checkpoint, key));
    }

    /// At opening: the log is looked at and used, whatever it looks like, so that evidence is not locked away.
    void warnOfContradiction() {
        try {
            contradiction()
                    .ifPresent(problem ->
                            LOGGER.log(System.Logger.Level.WARNING, problem + ". See: likeness audit verify"));
        } catch (LikenessException e) {
            LOGGER.log(System.Logger.Level.WARNING, e.problem() + ". See: likeness audit verify");
        }
    }

    /// At closing: what was done since the last checkpoint gets signed. A log that cannot be signed stays open to
    /// inspection; closing must not fail for it.
    void cover() {
        try {
            desk.cover();
        } catch (LikenessException e) {
            LOGGER.log(System.Logger.Level.WARNING, "the log was not signed at closing: " + e.problem());
        }
    }
}
