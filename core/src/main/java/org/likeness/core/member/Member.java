package org.likeness.core.member;

import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import org.likeness.core.LikenessException;

/// Somebody who may sign in. Immutable.
///
/// @param name under which they sign in; unique without regard to case
/// @param memberships what they may do where
public record Member(MemberId id, String name, State state, Instant addedAt, List<Membership> memberships) {
    private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N}._@+ -]{0,98}[\\p{L}\\p{N}]");

    /// Whether they can sign in.
    public enum State {
        /// Has not chosen a password yet.
        INVITED,
        ACTIVE,
        /// Shut out; what they did stays recorded.
        DISABLED
    }

    public Member {
        memberships = List.copyOf(memberships);
    }

    /// A name as it is stored: without blanks around it.
    ///
    /// @throws LikenessException BAD_INPUT when it cannot be one
    public static String checkedName(String given) {
        String name = given.strip();
        if (!NAME.matcher(name).matches()) {
            throw new LikenessException(
                            LikenessException.Kind.BAD_INPUT,
                            "the name of a member must have 2 to 100 letters and digits; between them . _ @ + -"
                                    + " and blanks"
                                    + "\nChoose a short name, or a mail address.")
                    .called("member.name");
        }
        return name;
    }

    public boolean isOwner() {
        return memberships.stream().anyMatch(each -> each.role() == Role.OWNER);
    }

    /// The name is personal.
    @Override
    public String toString() {
        return "Member[" + id + ", " + state + "]";
    }
}
