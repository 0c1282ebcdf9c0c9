package org.likeness.core.photo;

import java.time.Instant;
import java.util.List;
import org.likeness.core.collection.CollectionId;

/// A photo that is not in the records any more and whose files may still be there. Immutable.
///
/// @param content by which a kept original is found; another photo may have come in with the same
/// @param faces whose crops were made
/// @param at when it was deleted
public record RemovedPhoto(
        PhotoId id, CollectionId collection, Sha256 content, Storage storage, List<FaceId> faces, Instant at) {
    public RemovedPhoto {
        faces = List.copyOf(faces);
        at = Instant.ofEpochMilli(at.toEpochMilli());
    }

    public static RemovedPhoto of(Photo photo, List<Face> faces, Instant at) {
        return new RemovedPhoto(
                photo.id(),
                photo.collection(),
                photo.sha256(),
                photo.storage(),
                faces.stream().map(Face::id).toList(),
                at);
    }
}
