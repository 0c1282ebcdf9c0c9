package org.likeness.core.photo;

import java.time.LocalDate;
import java.util.Optional;
import java.util.stream.Stream;
import org.likeness.core.LikenessException;
import org.likeness.core.collection.CollectionId;
import org.likeness.core.source.SourceId;

/// Which photos of a collection are looked at. What is empty does not narrow. Photos that are kept
/// out are never among them, see [org.likeness.core.records.TimelineReading#shows]. Immutable.
///
/// @param from the first day that is in
/// @param until the last day that is in
/// @param region where they were taken, by their files' word
public record TimelineFilter(
        CollectionId collection,
        Optional<SourceId> source,
        Optional<LocalDate> from,
        Optional<LocalDate> until,
        Optional<Region> region) {
    private static final int YEAR_MAX = 9999;

    /// @throws LikenessException BAD_INPUT when a day lies in no year of four digits
    public TimelineFilter {
        Stream.of(from, until).flatMap(Optional::stream).map(LocalDate::getYear).forEach(year -> {
            if (year < 0 || year > YEAR_MAX) {
                throw new LikenessException(
                                LikenessException.Kind.BAD_INPUT,
                                "a day must lie in a year from 0 to " + YEAR_MAX + " but is in " + year
                                        + "\nWrite it as 2026-12-31.")
                        .called("day.year", YEAR_MAX);
            }
        });
    }

    public TimelineFilter(
            CollectionId collection, Optional<SourceId> source, Optional<LocalDate> from, Optional<LocalDate> until) {
        this(collection, source, from, until, Optional.empty());
    }

    public static TimelineFilter all(CollectionId collection) {
        return new TimelineFilter(collection, Optional.empty(), Optional.empty(), Optional.empty());
    }

    public TimelineFilter in(Region wanted) {
        return new TimelineFilter(collection, source, from, until, Optional.of(wanted));
    }
}
