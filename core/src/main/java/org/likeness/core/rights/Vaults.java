package org.likeness.core.rights;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.likeness.core.LikenessException;
import org.likeness.core.audit.Actor;
import org.likeness.core.audit.AuditEntry;
import org.likeness.core.audit.AuditEntry.Action;
import org.likeness.core.collection.Collection;
import org.likeness.core.collection.CollectionId;
import org.likeness.core.collection.CollectionKey;
import org.likeness.core.ledger.LedgerEntry;
import org.likeness.core.ledger.LedgerEntry.Kind;
import org.likeness.core.ledger.LedgerEntry.Scope;
import org.likeness.core.records.Records;
import org.likeness.core.records.VaultReading;
import org.likeness.core.records.WriteTransaction;

/// The life of a collection's keys: replaced without photos, destroyed for good. Thread-safe.
///
/// Both are made of steps that are each one transaction with its entry in the log. A crash between two leaves a state
/// in which everything works, and the next call goes on from there: what remains to be done is read from the records,
/// not remembered.
public final class Vaults {
    private static final int BATCH = 1_000;

    private final Records records;
    private final Clock clock;
    private final Consumer<CollectionId> forget;

    /// @param forget wipes what is in memory of a collection whose keys are destroyed
    public Vaults(Records records, Clock clock, Consumer<CollectionId> forget) {
        this.records = records;
        this.clock = clock;
        this.forget = forget;
    }

    /// The keys of a collection and what they hold.
    ///
    /// @param behind templates that are not sealed by the key in use, or in an older form; 0 when it is shredded
    public record Status(boolean shredded, List<CollectionKey> keys, long templates, long behind) {
        public Status {
            keys = List.copyOf(keys);
        }

        /// Keys that were replaced and are still there: a re-keying began and has not ended.
        public List<CollectionKey> retiring() {
            return keys.stream()
                    .filter(key -> key.destroyedAt().isEmpty())
                    .filter(key -> key.version() < keys.getLast().version())
                    .toList();
        }
    }

    public Status status(Collection collection) {
        CollectionId id = collection.id();
        return records.read(tx -> {
            boolean shredded = tx.vault().shredded(id);
            return new Status(
                    shredded,
                    tx.vault().keys(id),
                    tx.templateCount(id),
                    shredded ? 0 : tx.vault().templatesBehind(id));
        });
    }

    /// What a re-keying did.
    ///
    /// @param version of the key in use now
    /// @param resumed whether it went on with one that had begun before
    /// @param destroyed how many old keys
    public record Rekeyed(int version, boolean resumed, long moved, int destroyed) {}

    /// Gives a collection a new key, moves every template and what names people to it, and destroys the old one, or
    /// goes on where that
    /// stopped.
    /// No photo is read. Searches and imports may run meanwhile: both keys exist until nothing needs the old one.
    ///
    /// @param progress told after each step how many templates were moved so far
    /// @throws LikenessException REFUSED when the collection was shredded; CORRUPT when a template does not open:
    /// the
    ///     old key stays then
    public Rekeyed rekey(Collection collection, Actor actor, LongConsumer progress) {
        CollectionId id = collection.id();
        Status before = status(collection);
        boolean resumed = !before.retiring().isEmpty();
        if (!resumed) {
            change(id, actor, Action.KEY_MADE, tx -> {
                tx.vault().addKey(id);
                return 1;
            });
        }
        long moved = 0;
        while (behind(id) > 0) {
            moved += change(id, actor, Action.KEY_REPLACED, tx -> tx.vault().reseal(id, BATCH));
            progress.accept(moved);
        }
        change(id, actor, Action.KEY_REPLACED, tx -> tx.people().resealDetails(id));
        int destroyed = 0;
        for (CollectionKey old : status(collection).retiring()) {
            destroyed += Math.toIntExact(change(id, actor, Action.KEY_DESTROYED, tx -> {
                if (isDestroyed(tx.vault(), id, old.version())) {
                    return 0; // another process was quicker
                }
                tx.vault().destroyOldKey(id, old.version());
                return 1;
            }));
        }
        return new Rekeyed(status(collection).keys().getLast().version(), resumed, moved, destroyed);
    }

    private long behind(CollectionId id) {
        return records.read(tx -> tx.vault().templatesBehind(id));
    }

    private static boolean isDestroyed(VaultReading vault, CollectionId id, int version) {
        return vault.keys(id).stream()
                .anyMatch(key -> key.version() == version && key.destroyedAt().isPresent());
    }

    /// What a shredding did.
    ///
    /// @param templates how many became useless
    /// @param keys how many of the collection's own were destroyed; 0 when it had been shredded before
    public record Shredded(long templates, int keys) {}

    /// Destroys the keys of a collection and of its persons: every template and everything sealed becomes useless
    /// at
    /// once, in every backup of the records too, and nothing is imported or found any more. Rows and files stay; to
    /// delete them is an erasure's task. Done again it only finishes what is unfinished.
    public Shredded shred(Collection collection, Actor actor) {
        CollectionId id = collection.id();
        long templates = status(collection).templates();
        if (!records.read(tx -> tx.vault().shreddingRecorded(id))) {
            UUID object = id.value();
            records.change(tx -> {
                tx.vault().shred(id);
                Instant now = clock.instant();
                tx.ledger().record(LedgerEntry.of(now, Kind.KEY_DESTROYED, Scope.COLLECTION, object, id));
                AuditEntry entry = AuditEntry.of(now, actor, Action.COLLECTION_SHREDDED, object, id);
                return new Records.Changed<>(templates, entry.withCount(templates));
            });
        }
        forget.accept(id);
        boolean unfinished = status(collection).keys().stream()
                .anyMatch(key -> key.destroyedAt().isEmpty());
        long destroyed = unfinished
                ? change(id, actor, Action.KEY_DESTROYED, tx -> tx.vault().destroyKeys(id))
                : 0;
        return new Shredded(templates, Math.toIntExact(destroyed));
    }

    /// Does again what the deletion ledger says of destroyed keys; [#settle] finishes it.
    public static long follow(WriteTransaction tx, LedgerEntry entry) {
        return switch (entry.scope()) {
            case COLLECTION -> shredAgain(tx, new CollectionId(entry.object()));
            case PERSON ->
                entry.collection()
                        .filter(id -> tx.vault().destroyPersonKey(id, entry.object()))
                        .map(_ -> 1L)
                        .orElse(0L);
            case PHOTO, FACE, SOURCE -> 0; // these have no key
        };
    }

    private static long shredAgain(WriteTransaction tx, CollectionId id) {
        if (tx.collection(id).isEmpty() || tx.vault().shreddingRecorded(id)) {
            return 0;
        }
        tx.vault().shred(id);
        return 1;
    }

    /// Finishes every shredding that a crash interrupted, or that the records do not know of because an older copy
    /// of
    /// them was restored.
    public void settle(Actor actor) {
        for (Collection collection : records.read(tx -> tx.collections())) {
            Status status = status(collection);
            if (status.shredded()
                    && status.keys().stream().anyMatch(key -> key.destroyedAt().isEmpty())) {
                shred(collection, actor);
            }
        }
    }

    /// What happens to keys in one transaction.
    @FunctionalInterface
    private interface Work {
        /// How many things it concerned; 0: nothing was left to do, and nothing was done.
        long run(WriteTransaction tx);
    }

    /// One step and its entry; when another process did it meanwhile, neither.
    private long change(CollectionId id, Actor actor, Action action, Work work) {
        try {
            return records.<Long>change(tx -> {
                long count = work.run(tx);
                if (count == 0) {
                    throw new NothingLeftException();
                }
                UUID object = id.value();
                return new Records.Changed<>(
                        count,
                        AuditEntry.of(clock.instant(), actor, action, object, id)
                                .withCount(count));
            });
        } catch (NothingLeftException _) {
            return 0;
        }
    }

    private static final class NothingLeftException extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }
}
