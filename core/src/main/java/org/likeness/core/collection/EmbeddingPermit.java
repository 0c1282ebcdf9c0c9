package org.likeness.core.collection;

import java.util.Optional;
import org.likeness.core.LikenessException;

/// Without one of these no template can be made: every call of the embedder asks for it, and only
/// [EmbeddingGate] makes them. Worth something at the moment it was made; ask again for the next piece
/// of work. Immutable.
public final class EmbeddingPermit {
    private final Optional<CollectionId> collection;

    EmbeddingPermit(Optional<CollectionId> collection) {
        this.collection = collection;
    }

    /// @throws LikenessException REFUSED when it is for another collection, or for none
    public void requireFor(CollectionId wanted) {
        if (!collection.equals(Optional.of(wanted))) {
            throw new LikenessException(
                            LikenessException.Kind.REFUSED,
                            "a template that was made for another purpose must not be compared in collection " + wanted
                                    + "\nRead the photo anew for this collection.")
                    .called("probe.other-collection");
        }
    }

    @Override
    public String toString() {
        return "EmbeddingPermit[" + collection.map(CollectionId::toString).orElse("outside collections") + "]";
    }
}
