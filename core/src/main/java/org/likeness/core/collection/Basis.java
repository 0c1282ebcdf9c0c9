package org.likeness.core.collection;

import java.time.Instant;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import org.likeness.core.LikenessException;

/// On what a collection rests, and so what [EmbeddingGate] asks for before faces are compared in it.
/// Immutable; succeeded, never changed.
///
/// @param version 1, 2, 3 … in its collection
/// @param material whether it differs from the version before in whose it is, why, or on which ground:
///     then every consent to an older one rests until it is given again
/// @param controller who answers for the collection, as the notice names them
/// @param purposes why anybody may search it; at least one of its profile's
/// @param noticeVersion the published notice that tells people all this
/// @param alternative the less intrusive way that was considered, and why it does not do
public record Basis(
        CollectionId collection,
        int version,
        boolean material,
        Instant recordedAt,
        String controller,
        LawfulBasis lawfulBasis,
        SpecialCondition condition,
        Set<Purpose> purposes,
        Retention retention,
        int noticeVersion,
        String alternative,
        Assessment assessment) {
    /// Characters of a text.
    public static final int LENGTH_MAX = 2_000;

    /// @throws LikenessException BAD_INPUT when a text is not usable
    public Basis {
        if (version < 1 || noticeVersion < 1 || purposes.isEmpty()) {
            throw new IllegalArgumentException("a basis must have a version, a notice and a purpose");
        }
        text("the controller", controller);
        text("the less intrusive alternative", alternative);
        purposes = Collections.unmodifiableSet(EnumSet.copyOf(purposes));
    }

    /// Whether a text can stand in a basis: it says something and is not too long.
    public static boolean fits(String text) {
        return !text.isBlank() && text.length() <= LENGTH_MAX;
    }

    /// @throws LikenessException BAD_INPUT when it is blank or too long
    static void text(String what, String text) {
        if (!fits(text)) {
            throw new LikenessException(
                            LikenessException.Kind.BAD_INPUT,
                            what + " must be 1 to " + LENGTH_MAX + " characters\nSay it in a sentence or two.")
                    .called("basis.text", LENGTH_MAX);
        }
    }

    /// Whether this says something in substance that the version before did not.
    public boolean differsInSubstance(Basis before) {
        return !controller.equals(before.controller)
                || lawfulBasis != before.lawfulBasis
                || condition != before.condition
                || !before.purposes.containsAll(purposes)
                || Retention.longer(retention.templates(), before.retention.templates());
    }

    /// The same, as this version.
    Basis as(int newVersion, boolean newMaterial) {
        return new Basis(
                collection,
                newVersion,
                newMaterial,
                recordedAt,
                controller,
                lawfulBasis,
                condition,
                purposes,
                retention,
                noticeVersion,
                alternative,
                assessment);
    }

    /// Never shows what it says: a controller may be one person.
    @Override
    public String toString() {
        return "Basis[" + collection + " " + version + "]";
    }
}
