package org.likeness.core.photo;

import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Optional;
import org.likeness.core.collection.CollectionId;
import org.likeness.core.source.GrantId;
import org.likeness.core.source.SourceId;

/// Bytes with provenance. Immutable.
///
/// @param location where the file was when imported, as a URI, which keeps every byte of a file name in any script
/// @param width pixels, upright (EXIF orientation applied)
/// @param height pixels, upright
/// @param takenAt the camera's local time, when the file says so; it knows no time zone
public record Photo(
        PhotoId id,
        CollectionId collection,
        SourceId source,
        GrantId grant,
        Sha256 sha256,
        long sizeBytes,
        MediaType mediaType,
        int width,
        int height,
        Storage storage,
        String location,
        Instant importedAt,
        Optional<LocalDateTime> takenAt) {
    /// Locations name people and places, so they are not printed.
    @Override
    public String toString() {
        return "Photo[" + id + "]";
    }
}
