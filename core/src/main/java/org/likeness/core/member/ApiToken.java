package org.likeness.core.member;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.likeness.core.LikenessException;
import org.likeness.core.collection.CollectionId;

/// What a member gives a program so that it acts for them, never with more rights than they have. Held by the digest of
/// its secret. Immutable.
///
/// @param name what the member calls it
/// @param rights the only ones the program has
/// @param collection the only collection it reaches; empty: all the member's
public record ApiToken(
        TokenId id,
        MemberId member,
        String name,
        Set<Right> rights,
        Optional<CollectionId> collection,
        Instant madeAt,
        Instant endsAt,
        Optional<Instant> usedAt) {
    public static final Duration LONGEST = Duration.ofDays(366);

    public ApiToken {
        rights = Set.copyOf(rights);
        if (rights.isEmpty() || name.isBlank() || name.length() > 100) {
            throw new LikenessException(
                            LikenessException.Kind.BAD_INPUT,
                            "a token needs a name of at most 100 characters and at least one right"
                                    + "\nName what it is for, and choose what it may do.")
                    .called("token.incomplete");
        }
        if (!endsAt.isAfter(madeAt) || endsAt.isAfter(madeAt.plus(LONGEST))) {
            throw new LikenessException(
                            LikenessException.Kind.BAD_INPUT,
                            "a token must end, within " + LONGEST.toDays() + " days\nChoose an earlier day.")
                    .called("token.term", LONGEST.toDays());
        }
    }

    /// The name is the member's own word.
    @Override
    public String toString() {
        return "ApiToken[" + id + "]";
    }
}
