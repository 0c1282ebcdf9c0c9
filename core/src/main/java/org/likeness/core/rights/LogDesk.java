package org.likeness.core.rights;

import java.time.Clock;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.likeness.core.LikenessException;
import org.likeness.core.audit.Actor;
import org.likeness.core.audit.AuditEntry;
import org.likeness.core.audit.AuditEntry.Action;
import org.likeness.core.audit.Checkpoint;
import org.likeness.core.audit.LogKey;
import org.likeness.core.audit.LogProof;
import org.likeness.core.audit.Merkle;
import org.likeness.core.audit.Receipt;
import org.likeness.core.audit.SignedCheckpoint;
import org.likeness.core.audit.Statement;
import org.likeness.core.audit.StatementId;
import org.likeness.core.records.LogKeeper;
import org.likeness.core.records.LogReading;
import org.likeness.core.records.LogWriting;
import org.likeness.core.records.ReadTransaction;
import org.likeness.core.records.Records;
import org.likeness.core.records.WriteTransaction;

/// Signs the log's state, gives receipts, prunes. Thread-safe.
///
/// Nothing is signed that contradicts what was signed before: a log that was rolled back or rewritten gets no new
/// checkpoint until somebody says, by [#acceptRestored], that the records were restored.
public final class LogDesk {
    /// Entries younger than this are never pruned (Regulation (EU) 2024/1689, Art. 19 and 26(6)).
    public static final Period TERM_MIN = Period.ofMonths(6);

    private final Records records;
    private final LogKeeper keeper;
    private final Clock clock;

    public LogDesk(Records records, LogKeeper keeper, Clock clock) {
        this.records = records;
        this.keeper = keeper;
        this.clock = clock;
    }

    /// The log's public key; the first call makes the pair.
    ///
    /// @throws LikenessException UNAVAILABLE when there was one and it is lost, CORRUPT when it is damaged
    public LogKey key() {
        String origin = records.read(tx -> tx.log().origin());
        return keeper.key(origin)
                .orElseGet(() -> noted(tx -> {
                    LogKey made = key(tx.log());
                    checkpoint(
                            tx.log(),
                            false); // with a key there is always a head, so that one that was removed is missed
                    return made;
                }));
    }

    private LogKey key(LogReading log) {
        String origin = log.origin();
        Optional<LogKey> known = keeper.key(origin);
        if (known.isPresent()) {
            return known.get();
        }
        if (keeper.head().isPresent() || !log.checkpoints().isEmpty()) {
            throw new LikenessException(
                            LikenessException.Kind.UNAVAILABLE,
                            "the key of the log is lost: something was signed with it, and it is not in the folder"
                                    + " of keys"
                                    + "\nRestore log.key from the backup of the keys.")
                    .called("keys.missing");
        }
        return keeper.makeKey(origin);
    }

    /// Signs the log as it is now. A log that has not changed since gives the same checkpoint again.
    ///
    /// @throws LikenessException CORRUPT when the log contradicts an earlier checkpoint
    public SignedCheckpoint checkpoint() {
        return noted(tx -> checkpoint(tx.log(), false));
    }

    private SignedCheckpoint checkpoint(LogWriting log, boolean restored) {
        LogKey key = key(log);
        Checkpoint state = log.state();
        Optional<SignedCheckpoint> head = keeper.head();
        if (!restored) {
            contradiction(log, head).ifPresent(LogDesk::refuseToSign);
        }
        Optional<SignedCheckpoint> known = log.checkpoint(state.size())
                .map(stored -> SignedCheckpoint.parse(stored.note()))
                .filter(signed -> signed.isSignedBy(key));
        if (known.isPresent() && !known.get().checkpoint().equals(state)) {
            refuseToSign("the log is not the one that was signed at " + state.size() + " entries");
        }
        SignedCheckpoint signed = known.orElseGet(() -> keeper.sign(state));
        if (known.isEmpty()) {
            log.add(signed, clock.instant());
        }
        if (!head.equals(Optional.of(signed))) {
            keeper.keepHead(signed); // of entries committed before: true whether or not this transaction commits
        }
        return signed;
    }

    private static void refuseToSign(String contradiction) {
        throw new LikenessException(
                        LikenessException.Kind.CORRUPT,
                        contradiction
                                + "\nNothing is signed over it. See: likeness audit verify. If a backup was put back,"
                                + " restore it the documented way, which records that it was.")
                .called("log.damaged");
    }

    /// What is wrong with the log at first sight: it contradicts its head. A few look-ups, so cheap enough for
    /// every
    /// opening.
    public Optional<String> contradiction() {
        Optional<SignedCheckpoint> head = keeper.head();
        return records.read(tx -> contradiction(tx.log(), head));
    }

    private static Optional<String> contradiction(LogReading log, Optional<SignedCheckpoint> head) {
        if (head.isEmpty()) {
            return log.checkpoints().isEmpty()
                    ? Optional.empty()
                    : Optional.of("the log was signed, but its head is not in the folder of keys");
        }
        Checkpoint signed = head.get().checkpoint();
        if (!signed.origin().equals(log.origin())) {
            return Optional.of("the head of the log belongs to another installation");
        }
        if (signed.size() > log.size()) {
            return Optional.of("the log ends at entry " + log.size() + ", but was signed when it had " + signed.size()
                    + ": it was rolled back or cut off");
        }
        if (!Merkle.root(signed.size(), log).equals(signed.root())) {
            return Optional.of("the log is not the one that was signed at " + signed.size() + " entries");
        }
        return Optional.empty();
    }

    /// Signs the log again if it grew since it was signed last, so that whatever was done until now is covered.
    public void cover() {
        Optional<SignedCheckpoint> head = keeper.head();
        long covered = head.map(signed -> signed.checkpoint().size()).orElse(0L);
        if (records.<Long>read(tx -> tx.log().size()) > covered) {
            checkpoint();
        }
    }

    /// The receipt of a statement, any time while the statement and its entry exist.
    ///
    /// @param extra what the holder is told besides; covered by no proof, kept nowhere
    /// @throws LikenessException NOT_FOUND when there is no such statement; REFUSED when its entry was pruned;
    /// CORRUPT
    ///     when the log contradicts what was signed
    public Receipt receipt(StatementId id, Map<String, String> extra) {
        return noted(tx -> {
            Statement statement = tx.statement(id).orElseThrow(LogDesk::noStatement);
            long position = tx.auditPosition(id).orElseThrow(LogDesk::noStatement);
            String entry = entry(tx, position);
            SignedCheckpoint checkpoint = checkpoint(tx.log(), false);
            LogProof proof = new LogProof(
                    position - 1,
                    Merkle.inclusion(position - 1, checkpoint.checkpoint().size(), tx.log()),
                    checkpoint);
            if (!proof.proves(entry) || !entry.contains(statement.commitment().hex())) {
                refuseToSign("entry " + position + " of the log is not the one that was written");
            }
            return new Receipt(statement.text(), entry, proof, key(tx.log()), extra);
        });
    }

    private static LikenessException noStatement() {
        return new LikenessException(
                        LikenessException.Kind.NOT_FOUND,
                        "there is no such statement"
                                + "\nIt may have been erased with the person it was about; a receipt given"
                                + " before is still valid.")
                .called("statement.none");
    }

    private static String entry(ReadTransaction tx, long position) {
        if (position <= tx.log().pruned()) {
            throw new LikenessException(
                            LikenessException.Kind.REFUSED,
                            "the entry of this statement was pruned from the log"
                                    + "\nA receipt given before is still valid.")
                    .called("statement.pruned");
        }
        return tx.log().leaves(position, 1).stream()
                .filter(leaf -> leaf.position() == position)
                .findFirst()
                .orElseThrow(() -> new LikenessException(
                                LikenessException.Kind.CORRUPT,
                                "entry " + position + " of the log is missing\nSee: likeness audit verify.")
                        .called("log.damaged"))
                .entry();
    }

    /// Forgets the entries made before an instant; their hashes stay, so all proofs stay valid. The newest entry
    /// stays.
    ///
    /// @return how many went
    /// @throws LikenessException REFUSED when some of them would be younger than [#TERM_MIN]
    public long prune(Instant before, Actor actor) {
        Instant now = clock.instant();
        if (before.isAfter(now.atZone(ZoneOffset.UTC).minus(TERM_MIN).toInstant())) {
            throw new LikenessException(
                            LikenessException.Kind.REFUSED,
                            "entries of the log are kept for at least " + TERM_MIN.getMonths()
                                    + " months\nName an earlier date.")
                    .called("log.term", TERM_MIN.getMonths());
        }
        long minimum = records.read(tx -> minimum(tx.log(), before));
        if (minimum <= records.<Long>read(tx -> tx.log().pruned()) + 1) {
            return 0;
        }
        checkpoint(); // what goes is signed for the last time, and a log that was tampered with is not pruned
        return records.change(tx -> {
            long gone = minimum - 1 - tx.log().pruned();
            if (gone < 1) {
                throw new LikenessException(
                                LikenessException.Kind.CONFLICT,
                                "somebody else pruned the log meanwhile\nNothing needs to be done.")
                        .called("log.pruned");
            }
            tx.log().prune(minimum);
            AuditEntry entry =
                    AuditEntry.of(now, actor, Action.LOG_PRUNED, tx.log().installation());
            return new Records.Changed<>(gone, entry.withCount(minimum - 1));
        });
    }

    private static long minimum(LogReading log, Instant before) {
        return log.firstSince(before).orElse(log.size());
    }

    /// Says that the records were put back to an earlier state on purpose. From here on the log's head is that of
    /// the
    /// restored log; a [Statement] the log commits to keeps the head it had before, and anybody who holds a receipt
    /// of
    /// the lost entries can still show that they existed.
    public SignedCheckpoint acceptRestored(Actor actor) {
        Instant now = clock.instant();
        long restored = records.change(tx -> {
            Optional<SignedCheckpoint> head = keeper.head();
            long size = tx.log().size();
            long lost = head.map(h -> Math.max(0, h.checkpoint().size() - size)).orElse(0L);
            Statement statement = Statement.about(Statement.Kind.RESTORATION, Optional.empty(), Optional.empty(), now)
                    .with("restored to entries", size)
                    .with("head before", head.map(SignedCheckpoint::note).orElse(""))
                    .build();
            tx.add(statement);
            AuditEntry entry = AuditEntry.of(
                            now, actor, Action.RESTORED, tx.log().installation())
                    .withCount(lost)
                    .withStatement(statement);
            return new Records.Changed<>(size, entry);
        });
        assert restored >= 0;
        return noted(tx -> checkpoint(tx.log(), true));
    }

    private <T> T noted(Function<WriteTransaction, T> work) {
        AtomicReference<T> made = new AtomicReference<>();
        records.note(tx -> made.set(work.apply(tx)));
        return made.get();
    }
}
