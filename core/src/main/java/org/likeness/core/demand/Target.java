package org.likeness.core.demand;

import java.util.UUID;
import org.likeness.core.collection.CollectionId;
import org.likeness.core.person.PersonId;
import org.likeness.core.photo.FaceId;
import org.likeness.core.photo.PhotoId;
import org.likeness.core.source.SourceId;

/// What a demand is about. Immutable.
///
/// @param id of the photo, face, person, source or collection. For a face that was never found, only
///     pointed at: of its
///     photo
public record Target(Scope scope, UUID id) {
    public static Target of(PhotoId photo) {
        return new Target(Scope.PHOTO, photo.value());
    }

    public static Target of(FaceId face) {
        return new Target(Scope.FACE, face.value());
    }

    public static Target of(PersonId person) {
        return new Target(Scope.PERSON, person.value());
    }

    public static Target of(SourceId source) {
        return new Target(Scope.SOURCE, source.value());
    }

    public static Target of(CollectionId collection) {
        return new Target(Scope.COLLECTION, collection.value());
    }

    @Override
    public String toString() {
        return scope.word() + " " + id;
    }
}
