package org.likeness.server;

import java.util.Optional;
import org.likeness.core.collection.CollectionId;
import org.likeness.core.member.Member;
import org.likeness.core.member.Membership;

/// What the form that changes a member's role shows: what they have, or what was chosen and refused. Immutable.
public record MemberRoles(Member member, Form form) {
    private static String place(Membership membership) {
        return membership.collection().map(CollectionId::toString).orElse("everywhere");
    }

    /// The place that is shown.
    private Optional<String> where() {
        return form.filled("where")
                .or(() -> member.memberships().stream().findFirst().map(MemberRoles::place));
    }

    public boolean shows(String place) {
        return where().filter(place::equals).isPresent();
    }

    /// The role they have in a place; empty: none.
    public String in(String place) {
        return member.memberships().stream()
                .filter(each -> place(each).equals(place))
                .map(each -> each.role().name())
                .findFirst()
                .orElse("");
    }

    /// The role that is shown.
    public String role() {
        return form.isWrong() ? form.value("role") : where().map(this::in).orElse("");
    }
}
