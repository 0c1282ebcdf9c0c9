package org.likeness.core.member;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.likeness.core.collection.CollectionId;

/// What one member may do at this moment: what their roles give, less what the token they came with leaves out.
/// Immutable.
public final class Access {
    private final MemberId member;
    private final List<Membership> memberships;
    private final Optional<Limit> limit;

    /// What a token narrows.
    ///
    /// @param rights the only ones left
    /// @param collection the only collection left; empty: all the member has
    public record Limit(Set<Right> rights, Optional<CollectionId> collection) {
        public Limit {
            rights = Set.copyOf(rights);
        }
    }

    public Access(MemberId member, List<Membership> memberships, Optional<Limit> limit) {
        this.member = member;
        this.memberships = List.copyOf(memberships);
        this.limit = limit;
    }

    public MemberId member() {
        return member;
    }

    public List<Membership> memberships() {
        return memberships;
    }

    /// The memberships that can count in what the token reaches.
    public List<Membership> reached() {
        Optional<CollectionId> only = onlyCollection();
        return memberships.stream()
                .filter(each -> only.isEmpty()
                        || each.collection().isEmpty()
                        || each.collection().equals(only))
                .toList();
    }

    /// Whether the member may do something in a collection, or with none named, to the installation as a whole.
    public boolean may(Right right, Optional<CollectionId> collection) {
        return isLeft(right, collection) && memberships.stream().anyMatch(each -> each.gives(right, collection));
    }

    private boolean isLeft(Right right, Optional<CollectionId> collection) {
        if (limit.isEmpty()) {
            return true;
        }
        Optional<CollectionId> only = limit.get().collection();
        return limit.get().rights().contains(right) && (only.isEmpty() || only.equals(collection));
    }

    private Optional<CollectionId> onlyCollection() {
        return limit.flatMap(Limit::collection);
    }

    /// Whether the member may do something in any collection at all.
    public boolean maySomewhere(Right right) {
        return may(right, onlyCollection()) || memberships.stream().anyMatch(each -> may(right, each.collection()));
    }
}
