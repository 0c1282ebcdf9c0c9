package org.likeness.core.photo;

import java.time.Instant;
import java.util.Optional;
import org.likeness.core.collection.CollectionId;
import org.likeness.core.source.SourceId;

/// Which photos of a collection are meant. What is empty does not narrow. Immutable.
///
/// @param locationPrefix how the original location, a URI, begins
/// @param importedFrom the first instant that is in
/// @param importedUntil the first instant that is out
public record PhotoFilter(
        CollectionId collection,
        Optional<SourceId> source,
        Optional<String> locationPrefix,
        Optional<Instant> importedFrom,
        Optional<Instant> importedUntil,
        Optional<PhotoState> state) {
    /// All photos of a collection.
    public static PhotoFilter all(CollectionId collection) {
        return new PhotoFilter(
                collection, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    public PhotoFilter from(SourceId wanted) {
        return new PhotoFilter(collection, Optional.of(wanted), locationPrefix, importedFrom, importedUntil, state);
    }

    public PhotoFilter inState(PhotoState wanted) {
        return new PhotoFilter(collection, source, locationPrefix, importedFrom, importedUntil, Optional.of(wanted));
    }

    /// A location names people, so it is not printed.
    @Override
    public String toString() {
        return "PhotoFilter[" + collection + "]";
    }
}
