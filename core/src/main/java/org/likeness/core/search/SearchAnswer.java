package org.likeness.core.search;

import java.util.List;
import org.likeness.core.template.Threshold;

/// What a search found: photos, best candidate first. Empty means nobody scored above the threshold, which is
/// an answer.
/// Immutable.
///
/// @param photosInAll photos with a candidate before the limit was applied
/// @param compared faces the probe was compared with
/// @param notCompared faces that should have been compared but whose photo is gone or damaged
public record SearchAnswer(
        SearchId id,
        Threshold threshold,
        List<PhotoCandidates> photos,
        long photosInAll,
        long compared,
        long notCompared) {
    public SearchAnswer {
        photos = List.copyOf(photos);
    }
}
