package org.likeness.core.search;

import java.util.List;
import org.likeness.core.photo.Photo;

/// The candidates in one photo, best first. Immutable.
///
/// @param candidates at least one
public record PhotoCandidates(Photo photo, List<Candidate> candidates) {
    public PhotoCandidates {
        candidates = List.copyOf(candidates);
    }

    public Candidate best() {
        return candidates.getFirst();
    }
}
