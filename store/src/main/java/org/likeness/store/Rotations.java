package org.likeness.store;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.crypto.SecretKey;
import org.likeness.core.collection.CollectionId;
import org.likeness.core.template.ModelId;
import org.likeness.core.template.Rotation;
import org.likeness.core.template.Space;

/// The rotations in use, because making one takes longer than a search. Thread-safe; keeps the last few.
///
/// A rotation's seed is derived from the collection's key for `rotate <model> <dimension>`, see [Keys#derive].
final class Rotations {
    private static final int KEPT_MAX = 16;

    private record Which(Space.Keyed space, ModelId model, int dimension) {}

    private final Map<Which, Rotation> kept = new LinkedHashMap<>(KEPT_MAX, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Which, Rotation> eldest) {
            return size() > KEPT_MAX;
        }
    };

    /// @param key the one of this space
    synchronized Rotation of(Space.Keyed space, ModelId model, int dimension, SecretKey key) {
        return kept.computeIfAbsent(
                new Which(space, model, dimension),
                which -> make(which.space(), "rotate " + model + " " + dimension, dimension, key));
    }

    private static Rotation make(Space.Keyed space, String purpose, int dimension, SecretKey key) {
        byte[] seed = Keys.derive(key, purpose, space.collection(), space.keyVersion())
                .getEncoded();
        try {
            return Rotation.of(seed, dimension);
        } finally {
            Arrays.fill(seed, (byte) 0);
        }
    }

    /// Forgets those of a collection whose keys were destroyed.
    synchronized void forget(CollectionId collection) {
        kept.keySet().removeIf(which -> which.space().collection().equals(collection));
    }
}
