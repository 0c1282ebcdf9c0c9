package org.likeness.core.records;

import java.util.List;
import org.likeness.core.collection.CollectionId;
import org.likeness.core.collection.CollectionKey;
import org.likeness.core.template.Space;
import org.likeness.core.template.Template;

/// What can be asked of the collections' keys. One thread at a time; valid inside its transaction only.
public interface VaultReading {
    /// Whether the collection's keys were destroyed, or are about to be: nothing may be imported into it or found
    /// in
    /// it.
    /// The folder of keys knows this too, so records restored from an older backup cannot say otherwise.
    boolean shredded(CollectionId collection);

    /// Whether the records themselves say that the collection is shredded.
    boolean shreddingRecorded(CollectionId collection);

    /// @throws org.likeness.core.LikenessException REFUSED when the collection is [#shredded]
    void requireNotShredded(CollectionId collection);

    /// The space of everything this collection keeps and compares from now on.
    ///
    /// @throws org.likeness.core.LikenessException NOT_FOUND when there is no such collection; REFUSED when it is
    ///     shredded
    Space.Keyed space(CollectionId collection);

    /// A template in the collection's space: turned when it is as the model made it, the same when it is there
    /// already.
    ///
    /// @throws IllegalArgumentException when it is of another collection's space, or another key version's
    /// @throws org.likeness.core.LikenessException as [#space]; UNAVAILABLE when the key is not there
    Template keyed(CollectionId collection, Template template);

    /// The collection's keys by version, destroyed ones among them.
    List<CollectionKey> keys(CollectionId collection);

    /// How many stored templates are not yet sealed and turned by the key in use.
    long templatesBehind(CollectionId collection);
}
