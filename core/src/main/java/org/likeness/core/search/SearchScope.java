package org.likeness.core.search;

import java.time.LocalDate;
import java.util.Optional;
import java.util.function.Function;
import org.likeness.core.photo.FaceId;
import org.likeness.core.photo.Photo;
import org.likeness.core.photo.PhotoId;
import org.likeness.core.photo.Place;
import org.likeness.core.photo.Region;
import org.likeness.core.source.SourceId;

/// Among which photos of a collection is searched. What is empty does not narrow. Immutable.
///
/// @param source where the photos come from
/// @param from the first day they were taken
/// @param until the last day they were taken
/// @param region where they were taken; a photo that does not say so is in none
/// @param except a face that is no candidate: the one that is searched for
public record SearchScope(
        Optional<SourceId> source,
        Optional<LocalDate> from,
        Optional<LocalDate> until,
        Optional<Region> region,
        Optional<FaceId> except) {
    /// The whole collection.
    public static final SearchScope ALL =
            new SearchScope(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    /// The same, without one face.
    public SearchScope without(FaceId face) {
        return new SearchScope(source, from, until, region, Optional.of(face));
    }

    /// Whether days are asked for and the photo does not say its own.
    boolean misses(Photo photo) {
        return photo.takenAt().isEmpty() && (from.isPresent() || until.isPresent());
    }

    /// A photo whose day is not known is in no span of days.
    ///
    /// @param places where a photo was taken; asked for only when it matters
    boolean has(Photo photo, Function<PhotoId, Optional<Place>> places) {
        boolean inTime = photo.takenAt()
                .map(at -> at.toLocalDate())
                .map(day -> from.map(first -> !day.isBefore(first)).orElse(true)
                        && until.map(last -> !day.isAfter(last)).orElse(true))
                .orElse(from.isEmpty() && until.isEmpty());
        return inTime
                && source.map(photo.source()::equals).orElse(true)
                && region.map(wanted -> places.apply(photo.id())
                                .filter(wanted::contains)
                                .isPresent())
                        .orElse(true);
    }
}
