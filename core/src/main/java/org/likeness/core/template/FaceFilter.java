package org.likeness.core.template;

import java.util.Set;
import org.likeness.core.photo.FaceId;

/// Which faces a search may look at. An empty [Only] means none, never all.
public sealed interface FaceFilter {
    /// All faces of the index.
    record All() implements FaceFilter {}

    /// These faces only; ids the index does not hold are ignored.
    record Only(Set<FaceId> faces) implements FaceFilter {
        public Only {
            faces = Set.copyOf(faces);
        }
    }
}
