package org.likeness.core.demand;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Optional;
import org.likeness.core.collection.CollectionId;

/// Anybody's claim. It takes effect in the transaction that records it; whether it was right is argued
/// later.
/// Immutable.
///
/// @param collection the target's; a demand outlives it
/// @param dueAt when the answer is owed: one month after it was received (GDPR Art. 12(3))
/// @param closedAt when it was answered, or a restriction lifted
public record Demand(
        DemandId id,
        Kind kind,
        Target target,
        CollectionId collection,
        State state,
        Instant receivedAt,
        Instant dueAt,
        Optional<Instant> closedAt) {
    /// What is demanded.
    public enum Kind {
        /// Everything about the target is to go.
        ERASE,
        /// A face is to be left out for good (GDPR Art. 21).
        OBJECT,
        /// The target is to be kept and not used (GDPR Art. 18).
        RESTRICT,
        /// What is held about a person is to be handed over (GDPR Art. 15).
        ACCESS,
        /// A source is to be used no more.
        STOP;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        /// Whether answering it means deleting.
        public boolean erases() {
            return this == ERASE || this == OBJECT;
        }
    }

    /// How far the answer is.
    public enum State {
        /// It has effect, and nothing was deleted yet. A restriction stays so until it is lifted.
        OPEN,
        /// Deleting began.
        EXECUTING,
        /// Answered; for an erasure: nothing is left, and there is an attestation.
        DONE,
        /// Something could not be deleted or counted; see the census, and resume.
        FAILED;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// A demand received now.
    public static Demand received(Kind kind, Target target, CollectionId collection, Instant now) {
        Instant due = now.atZone(ZoneOffset.UTC).plusMonths(1).toInstant();
        return new Demand(DemandId.next(), kind, target, collection, State.OPEN, now, due, Optional.empty());
    }

    public Demand in(State newState) {
        return new Demand(id, kind, target, collection, newState, receivedAt, dueAt, closedAt);
    }

    public Demand closed(Instant at) {
        return new Demand(id, kind, target, collection, State.DONE, receivedAt, dueAt, Optional.of(at));
    }
}
