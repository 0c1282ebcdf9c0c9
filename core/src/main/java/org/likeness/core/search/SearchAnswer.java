package org.likeness.core.search;

import java.util.List;
import org.likeness.core.template.TemplateIndex;
import org.likeness.core.template.Threshold;

/// What a search found: photos, best candidate first. Empty means nobody scored above the threshold, which
/// is an answer.
/// Immutable.
///
/// @param photosInAll photos with a candidate before the limit was applied
/// @param compared faces the probe was compared with
/// @param notCompared faces that should have been compared but whose photo is gone or damaged
/// @param embedded how many templates the collection's shared scan has made since it was opened, for all
///     its searches together; 0 where templates are kept
public record SearchAnswer(
        SearchId id,
        Threshold threshold,
        List<PhotoCandidates> photos,
        long photosInAll,
        long compared,
        long notCompared,
        long embedded) {
    public SearchAnswer {
        photos = List.copyOf(photos);
    }

    /// The candidates in the order of their ranks: the first is 1.
    public List<TemplateIndex.Hit> hits() {
        return photos.stream()
                .flatMap(photo -> photo.candidates().stream())
                .map(candidate -> new TemplateIndex.Hit(candidate.face().id(), candidate.score()))
                .toList();
    }
}
