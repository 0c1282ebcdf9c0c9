package org.likeness.core.photo;

import java.time.LocalDate;
import java.util.Optional;
import org.likeness.core.collection.CollectionId;
import org.likeness.core.source.SourceId;

/// Which photos of a collection are looked at. What is empty does not narrow. Photos that a signal
/// or a demand keeps
/// out are never among them. Immutable.
///
/// @param from the first day that is in
/// @param until the last day that is in
public record TimelineFilter(
        CollectionId collection, Optional<SourceId> source, Optional<LocalDate> from, Optional<LocalDate> until) {
    public static TimelineFilter all(CollectionId collection) {
        return new TimelineFilter(collection, Optional.empty(), Optional.empty(), Optional.empty());
    }
}
