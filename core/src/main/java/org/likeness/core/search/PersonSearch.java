package org.likeness.core.search;

import java.util.Optional;
import org.likeness.core.LikenessException;
import org.likeness.core.audit.Actor;
import org.likeness.core.collection.Collection;
import org.likeness.core.consent.Audience;
import org.likeness.core.person.PersonId;
import org.likeness.core.template.Rate;

/// Whom to find in an event, for whom. Immutable.
///
/// @param selfie of whoever asks for themselves; it must match the person's reference
/// @param maxFalse how often a search of a stranger may return anyone
/// @param limit photos to return at most, at least 1
public record PersonSearch(
        Collection collection,
        PersonId person,
        Audience audience,
        Actor actor,
        Optional<Selfie> selfie,
        Rate maxFalse,
        int limit) {
    /// A face of a photo taken now.
    ///
    /// @param face 1 for the largest
    public record Selfie(Probe probe, int face) {}

    public PersonSearch {
        if (limit < 1) {
            throw new LikenessException(
                            LikenessException.Kind.BAD_INPUT,
                            "limit must be at least 1 but is " + limit + "\nLeave it out for the default.")
                    .called("limit.least");
        }
    }
}
