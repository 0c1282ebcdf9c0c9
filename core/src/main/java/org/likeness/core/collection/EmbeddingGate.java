package org.likeness.core.collection;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.likeness.core.LikenessException;

/// The only maker of an [EmbeddingPermit]: the place where it is decided whether templates of faces may
/// be made at all. Knows no records; give it the basis that is in force at that moment. Stateless.
public final class EmbeddingGate {
    private EmbeddingGate() {}

    /// The permit to make templates of a collection's faces, or of a photo to search it with.
    ///
    /// A household has declared by its profile what it is. Everybody else needs a basis whose purpose is
    /// not over.
    ///
    /// @param basis the one in force
    /// @throws LikenessException REFUSED naming what is missing and the command that records it
    public static EmbeddingPermit permit(Collection collection, Optional<Basis> basis, Instant now) {
        if (collection.profile() == Profile.HOUSEHOLD) {
            return new EmbeddingPermit(Optional.of(collection.id()));
        }
        Basis inForce = basis.filter(b -> b.collection().equals(collection.id()))
                .orElseThrow(() -> missing(collection, List.of(BasisDraft.Field.values())));
        if (inForce.retention()
                .purposeEndsAt()
                .filter(end -> !now.isBefore(end))
                .isPresent()) {
            throw new LikenessException(
                            LikenessException.Kind.REFUSED,
                            "faces are not compared in collection " + collection.name()
                                    + " any more: what it was for is over\nIf that is wrong, record until when: "
                                    + command(collection) + " --purpose-ends DATE.")
                    .called("basis.over");
        }
        return new EmbeddingPermit(Optional.of(collection.id()));
    }

    /// Whether [#permit] would give one.
    public static Optional<EmbeddingPermit> permitIfOpen(Collection collection, Optional<Basis> basis, Instant now) {
        try {
            return Optional.of(permit(collection, basis, now));
        } catch (LikenessException e) {
            if (e.kind() != LikenessException.Kind.REFUSED) {
                throw e;
            }
            return Optional.empty();
        }
    }

    /// For comparing photos that somebody holds in hand with each other. No collection is searched by it.
    public static EmbeddingPermit outsideCollections() {
        return new EmbeddingPermit(Optional.empty());
    }

    static LikenessException missing(Collection collection, List<BasisDraft.Field> fields) {
        return new LikenessException(
                        LikenessException.Kind.REFUSED,
                        "faces are compared in collection " + collection.name()
                                + " only once it is recorded on what that rests; missing:"
                                + list(fields)
                                + "\nRecord it with: " + command(collection) + " and these options.")
                .called("basis.missing");
    }

    static String list(List<BasisDraft.Field> fields) {
        return fields.stream()
                .map(field -> "\n  " + field.words() + ": " + field.flag())
                .collect(Collectors.joining());
    }

    private static String command(Collection collection) {
        return "likeness collection basis '" + collection.name() + "'";
    }
}
