package org.likeness.core.search;

import java.util.List;
import org.likeness.core.template.TemplateIndex;
import org.likeness.core.template.Threshold;

/// What a search found: photos, best candidate first. Empty means nobody scored above the threshold, which
/// is an answer.
/// Immutable.
///
/// @param photosInAll photos with a candidate before the limit was applied
/// @param leftOut what was alike enough and is not shown
/// @param compared faces the probe was compared with
/// @param notCompared faces that should have been compared but whose photo is gone or damaged
/// @param embedded how many templates the collection's shared scan has made since it was opened, for all
///     its searches together; 0 where templates are kept
public record SearchAnswer(
        SearchId id,
        Threshold threshold,
        List<PhotoCandidates> photos,
        long photosInAll,
        LeftOut leftOut,
        long compared,
        long notCompared,
        long embedded) {
    /// Faces that were alike enough and are not shown, though the caller may see them. Immutable.
    ///
    /// @param outside in photos outside of what was searched: another source, day or place
    /// @param undated those among them whose photo does not say when it was taken, where days were asked for
    /// @param notThem of which somebody said that they are not the person, or are somebody else
    public record LeftOut(long outside, long undated, long notThem) {}

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
