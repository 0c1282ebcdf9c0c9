package org.likeness.core.person;

import java.time.Instant;
import java.util.Optional;

/// Somebody who decides for a minor. Who it is stands in [Details], sealed apart. Immutable; a guardian
/// who answered is not removed, because one who objects could be.
///
/// @param notifiedAt when they were told; until then nobody's yes counts for the minor
public record Guardian(GuardianId id, PersonId person, Instant addedAt, Optional<Instant> notifiedAt) {
    public boolean isNotified(Instant at) {
        return notifiedAt.map(told -> !told.isAfter(at)).orElse(false);
    }

    @Override
    public String toString() {
        return "Guardian[" + id + "]";
    }
}
