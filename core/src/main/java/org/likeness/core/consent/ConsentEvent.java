package org.likeness.core.consent;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.likeness.core.audit.Actor;
import org.likeness.core.collection.CollectionId;
import org.likeness.core.person.GuardianId;
import org.likeness.core.person.PersonId;

/// One answer to one choice. Append-only; what it means at an instant says [ConsentLedger]. Immutable, and holds ids,
/// hashes, times and words of closed lists only, so it may outlive the person's details as proof.
///
/// @param guardian who answered for the person; empty: the person, or for [Act#REVOKED] whoever runs the collection
/// @param shown the text they were shown; always there for a yes or a no
/// @param basisVersion of the collection's basis when this was recorded, 0 when it had none
/// @param endsAt the term of a yes, set here and never extended
public record ConsentEvent(
        ConsentEventId id,
        CollectionId collection,
        PersonId person,
        Optional<GuardianId> guardian,
        Choice choice,
        Act act,
        Optional<Notice.Shown> shown,
        int basisVersion,
        Method method,
        Actor capturedBy,
        Instant at,
        Optional<Instant> endsAt) {
    /// What was said.
    public enum Act {
        GIVEN,
        REFUSED,
        /// By the person or a guardian.
        WITHDRAWN,
        /// By whoever runs the collection.
        REVOKED;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public ConsentEvent {
        if (shown.isEmpty() && (act == Act.GIVEN || act == Act.REFUSED)) {
            throw new IllegalArgumentException("an answer must name the notice that was shown");
        }
        if (endsAt.isPresent() && (act != Act.GIVEN || !endsAt.get().isAfter(at))) {
            throw new IllegalArgumentException("only a yes has a term, and it must end after it begins");
        }
        if (act == Act.REVOKED && guardian.isPresent()) {
            throw new IllegalArgumentException("a guardian withdraws; only whoever runs the collection revokes");
        }
    }

    /// The same answer with this term.
    public ConsentEvent until(Optional<Instant> end) {
        return new ConsentEvent(
                id, collection, person, guardian, choice, act, shown, basisVersion, method, capturedBy, at, end);
    }
}
