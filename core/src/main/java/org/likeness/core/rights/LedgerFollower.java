package org.likeness.core.rights;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.likeness.core.LikenessException;
import org.likeness.core.audit.Actor;
import org.likeness.core.audit.AuditEntry;
import org.likeness.core.audit.AuditEntry.Action;
import org.likeness.core.collection.CollectionId;
import org.likeness.core.ledger.LedgerEntry;
import org.likeness.core.records.Records;
import org.likeness.core.records.WriteTransaction;

/// Does again in these records what the deletion ledger says and they do not know of, because an older
/// copy of them was put back. Thread-safe. Runs before anything else uses the records.
public final class LedgerFollower {
    private final Records records;
    private final Clock clock;
    private final Actor actor;
    private final Map<LedgerEntry.Kind, Handler> handlers;

    /// Does one kind of thing again.
    @FunctionalInterface
    public interface Handler {
        /// Stops or erases what the entry says, whether or not that was done before; ids that the
        /// records do not know are no mistake. What takes longer than a transaction may, it only stops
        /// here and leaves in the records as something to be finished.
        ///
        /// @return how many things it concerned; 0: there was nothing to do
        long follow(WriteTransaction tx, LedgerEntry entry);
    }

    public LedgerFollower(Records records, Clock clock, Actor actor, Map<LedgerEntry.Kind, Handler> handlers) {
        this.records = records;
        this.clock = clock;
        this.actor = actor;
        this.handlers = Map.copyOf(handlers);
    }

    /// What following came to.
    ///
    /// @param entries that the records had not known
    /// @param concerned what these concerned
    /// @param restored entries that the ledger had lost and has again
    public record Followed(long entries, long concerned, long restored) {
        public static final Followed NOTHING = new Followed(0, 0, 0);
    }

    /// Follows the ledger to its end.
    ///
    /// @throws LikenessException CORRUPT when the ledger was altered, UNAVAILABLE when it cannot be
    ///     read, or holds what only a newer Likeness understands; the records must not be used then
    public Followed follow() {
        if (!records.<Boolean>read(tx -> tx.ledger().differs())) {
            return Followed.NOTHING;
        }
        long concerned = 0;
        List<LedgerEntry> entries = records.read(tx -> tx.ledger().unfollowed());
        for (LedgerEntry entry : entries) {
            concerned += follow(entry);
        }
        long[] restored = new long[1];
        records.note(tx -> restored[0] = tx.ledger().settle());
        return new Followed(entries.size(), concerned, restored[0]);
    }

    private long follow(LedgerEntry entry) {
        Handler handler = handlers.get(entry.kind());
        if (handler == null) {
            throw new LikenessException(
                    LikenessException.Kind.UNAVAILABLE,
                    "the deletion ledger says " + entry.kind() + ", which this version of Likeness cannot do again"
                            + "\nUse the version that wrote it, or a newer one.");
        }
        try {
            return records.<Long>change(tx -> {
                if (tx.ledger().follows(entry.id())) {
                    throw new AlreadyFollowedException();
                }
                long concerned = handler.follow(tx, entry);
                tx.ledger().follow(entry);
                return new Records.Changed<>(concerned, auditEntry(entry).withCount(concerned));
            });
        } catch (AlreadyFollowedException _) {
            return 0; // by another process
        }
    }

    private AuditEntry auditEntry(LedgerEntry entry) {
        return entry.collection()
                .map(collection -> auditEntry(entry, collection))
                .orElseGet(() -> AuditEntry.of(clock.instant(), actor, Action.LEDGER_FOLLOWED, entry.object()));
    }

    private AuditEntry auditEntry(LedgerEntry entry, CollectionId collection) {
        return AuditEntry.of(clock.instant(), actor, Action.LEDGER_FOLLOWED, entry.object(), collection);
    }

    private static final class AlreadyFollowedException extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }
}
