package org.likeness.core.source;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.likeness.core.LikenessException;
import org.likeness.core.photo.Sha256;

/// A source owner's permission: who gave it, for which uses, from when until when. Immutable; a grant ends or is
/// succeeded, it never changes.
///
/// @param grantedBy who allowed it, in words, 1 to 200 characters
/// @param endsAt set when the grant is made; empty: until it is ended
/// @param endedAt when it was ended before its term
/// @param backing what stands behind it
public record Grant(
        GrantId id,
        SourceId source,
        String grantedBy,
        Set<Use> uses,
        Instant startsAt,
        Optional<Instant> endsAt,
        Optional<Instant> endedAt,
        Backing backing) {
    /// What stands behind a grant. Immutable.
    ///
    /// @param evidence of the file that proves it, which stays with whoever runs the collection
    /// @param notice the version of the notice the people in the photos were shown
    /// @param succeeds the grant of the same source that ended with this one
    public record Backing(
            Capacity capacity, Optional<Sha256> evidence, Optional<Integer> notice, Optional<GrantId> succeeds) {
        /// Somebody says so, and that is all.
        public static final Backing REPORTED =
                new Backing(Capacity.REPORTED, Optional.empty(), Optional.empty(), Optional.empty());

        /// Whether it lifts a stop: from the source itself, in writing.
        public boolean liftsStop() {
            return capacity == Capacity.OWNER && evidence.isPresent();
        }
    }

    private static final int GRANTED_BY_LENGTH_MAX = 200;

    /// @throws LikenessException BAD_INPUT when nobody is named or no use is granted
    public Grant {
        if (grantedBy.isBlank() || grantedBy.length() > GRANTED_BY_LENGTH_MAX) {
            throw new LikenessException(
                            LikenessException.Kind.BAD_INPUT,
                            "granted-by must be 1 to " + GRANTED_BY_LENGTH_MAX
                                    + " characters\nName who allowed the use of these photos.")
                    .called("grant.giver", GRANTED_BY_LENGTH_MAX);
        }
        uses = Set.copyOf(uses);
        if (uses.isEmpty()) {
            throw new LikenessException(
                            LikenessException.Kind.BAD_INPUT,
                            "a grant must allow at least one use\nName store, face search or share.")
                    .called("grant.incomplete");
        }
    }

    /// A grant with nothing behind it but somebody's word.
    public Grant(
            GrantId id,
            SourceId source,
            String grantedBy,
            Set<Use> uses,
            Instant startsAt,
            Optional<Instant> endsAt,
            Optional<Instant> endedAt) {
        this(id, source, grantedBy, uses, startsAt, endsAt, endedAt, Backing.REPORTED);
    }

    /// Whether this use is allowed at this instant. The first instant of the term is in, the last is
    /// out.
    public boolean allows(Use use, Instant at) {
        return uses.contains(use)
                && !at.isBefore(startsAt)
                && endsAt.map(at::isBefore).orElse(true)
                && endedAt.map(at::isBefore).orElse(true);
    }

    /// The same grant, given under this version of the notice.
    public Grant underNotice(Optional<Integer> version) {
        Backing noticed = new Backing(backing.capacity(), backing.evidence(), version, backing.succeeds());
        return new Grant(id, source, grantedBy, uses, startsAt, endsAt, endedAt, noticed);
    }

    /// Personal data may stand in it, so only the id is printed.
    @Override
    public String toString() {
        return "Grant[" + id + "]";
    }
}
