package org.likeness.core.template;

import org.likeness.core.collection.CollectionId;

/// The coordinates a template's vector is written in. Only vectors of one space may be compared. Immutable.
///
/// What a model makes is [Raw]. A template that is kept is rotated by a matrix that follows from its collection's key,
/// and is then [Keyed]: every score between two templates of one keyed space is what it was before the rotation, and a
/// score across spaces would say nothing.
public sealed interface Space {
    /// As the model makes templates.
    Space RAW = new Raw();

    /// As the model makes templates.
    record Raw() implements Space {
        @Override
        public String toString() {
            return "raw";
        }
    }

    /// Rotated by one version of one collection's key.
    ///
    /// @param keyVersion 1 for the collection's first key
    record Keyed(CollectionId collection, int keyVersion) implements Space {
        public Keyed {
            if (keyVersion < 1) {
                throw new IllegalArgumentException("key version must be positive but is " + keyVersion);
            }
        }

        @Override
        public String toString() {
            return "key " + keyVersion + " of collection " + collection;
        }
    }
}
