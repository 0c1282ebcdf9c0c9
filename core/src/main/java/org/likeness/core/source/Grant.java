package org.likeness.core.source;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.likeness.core.LikenessException;

/// A source owner's permission: who gave it, for which uses, from when until when. Immutable; a grant ends or is
/// succeeded, it never changes.
///
/// @param grantedBy who allowed it, in words, 1 to 200 characters
/// @param endsAt set when the grant is made; empty: until it is ended
/// @param endedAt when it was ended before its term
public record Grant(
        GrantId id,
        SourceId source,
        String grantedBy,
        Set<Use> uses,
        Instant startsAt,
        Optional<Instant> endsAt,
        Optional<Instant> endedAt) {
    private static final int GRANTED_BY_LENGTH_MAX = 200;

    /// @throws LikenessException BAD_INPUT when nobody is named or no use is granted
    public Grant {
        if (grantedBy.isBlank() || grantedBy.length() > GRANTED_BY_LENGTH_MAX) {
            throw new LikenessException(
                    LikenessException.Kind.BAD_INPUT,
                    "granted-by must be 1 to " + GRANTED_BY_LENGTH_MAX
                            + " characters\nName who allowed the use of these photos.");
        }
        uses = Set.copyOf(uses);
        if (uses.isEmpty()) {
            throw new LikenessException(
                    LikenessException.Kind.BAD_INPUT,
                    "a grant must allow at least one use\nName store, face search or share.");
        }
    }

    /// Whether this use is allowed at this instant. The first instant of the term is in, the last is out.
    public boolean allows(Use use, Instant at) {
        return uses.contains(use)
                && !at.isBefore(startsAt)
                && endsAt.map(at::isBefore).orElse(true)
                && endedAt.map(at::isBefore).orElse(true);
    }

    /// Personal data may stand in it, so only the id is printed.
    @Override
    public String toString() {
        return "Grant[" + id + "]";
    }
}
