package org.likeness.core.member;

import java.util.Optional;
import org.likeness.core.LikenessException;
import org.likeness.core.collection.CollectionId;

/// That a member has a role in a collection, or with none named, in the whole installation. Immutable.
public record Membership(Role role, Optional<CollectionId> collection) {
    public Membership {
        if (collection.isPresent() ? !role.isForCollection() : !role.isForInstallation()) {
            throw new LikenessException(
                            LikenessException.Kind.BAD_INPUT,
                            "the role " + role + " is not one of "
                                    + (collection.isPresent() ? "a collection" : "an installation")
                                    + ""
                                    + "\nAn owner is one everywhere; curator, contributor and"
                                    + " viewer need a collection.")
                    .called("member.role");
        }
    }

    boolean gives(Right right, Optional<CollectionId> where) {
        return role.rights().contains(right) && (collection.isEmpty() || collection.equals(where));
    }
}
