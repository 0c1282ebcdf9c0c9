package org.likeness.core.search;

import org.likeness.core.audit.Actor;
import org.likeness.core.collection.Collection;
import org.likeness.core.collection.Purpose;
import org.likeness.core.template.Rate;

/// What to find. Immutable.
///
/// @param face of the probe, 1 for the largest
/// @param maxFalse how often a search of a stranger may return anyone
/// @param limit photos to return at most, at least 1
/// @param scope among which photos
public record SearchRequest(
        Collection collection,
        Purpose purpose,
        Actor actor,
        Probe probe,
        int face,
        Rate maxFalse,
        int limit,
        SearchScope scope) {
    public SearchRequest {
        if (limit < 1) {
            throw new org.likeness.core.LikenessException(
                    org.likeness.core.LikenessException.Kind.BAD_INPUT,
                    "limit must be at least 1 but is " + limit + "\nLeave it out for the default.");
        }
    }
}
