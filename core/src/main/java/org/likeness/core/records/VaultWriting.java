package org.likeness.core.records;

import java.util.UUID;
import org.likeness.core.collection.CollectionId;

/// What can be done to the collections' keys. One thread at a time; valid inside [Records#change] only.
///
/// A key file is destroyed when the method returns, whether or not the transaction commits: the records never claim
/// that a key is gone while it is there.
public interface VaultWriting extends VaultReading {
    /// Makes the next key of a collection, which is the one in use as soon as this is committed. Its older keys
    /// stay
    /// until no template needs them.
    ///
    /// @return its version
    int addKey(CollectionId collection);

    /// Opens templates of older keys, turns and seals them by the key in use, oldest first.
    ///
    /// @param limit at most this many
    /// @return how many that were; 0 when none is left
    /// @throws org.likeness.core.LikenessException CORRUPT when one does not open; nothing is changed then
    long reseal(CollectionId collection, int limit);

    /// Destroys a key that is not in use any more.
    ///
    /// @throws org.likeness.core.LikenessException CONFLICT when it is the key in use, or something is sealed with
    /// it
    void destroyOldKey(CollectionId collection, int version);

    /// Marks a collection as shredded: from here on nothing is imported into it or found in it.
    void shred(CollectionId collection);

    /// Destroys every key of a shredded collection, those of its persons included.
    ///
    /// @return how many of the collection's own there were
    int destroyKeys(CollectionId collection);

    /// Destroys the key that seals a person's details and references.
    ///
    /// @return whether it was there
    boolean destroyPersonKey(CollectionId collection, UUID person);
}
