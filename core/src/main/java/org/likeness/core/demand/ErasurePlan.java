package org.likeness.core.demand;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.likeness.core.collection.CollectionId;

/// What an erasure would delete, store by store. Immutable.
///
/// @param reach what it is about in each collection: a content that several hold goes from all of them
/// @param linked where originals lie that Likeness does not own and cannot delete, as URIs; not more than
///     can be read
public record ErasurePlan(
        Target target, List<Line> lines, List<Reach> reach, List<Residual> residuals, List<String> linked) {
    public ErasurePlan {
        lines = List.copyOf(lines);
        reach = List.copyOf(reach);
        residuals = List.copyOf(residuals);
        linked = List.copyOf(linked);
    }

    /// What will go from one store.
    public record Line(String store, Means means, long count) {}

    /// How many things of a kind go from one collection.
    public record Reach(CollectionId collection, Scope scope, long count) {}

    /// The collections it goes from beside the one whose demand it is.
    public Set<CollectionId> elsewhere(CollectionId own) {
        return reach.stream()
                .map(Reach::collection)
                .filter(each -> !each.equals(own))
                .collect(Collectors.toUnmodifiableSet());
    }

    /// How many things of a kind go, from all collections.
    public long count(Scope scope) {
        return reach.stream()
                .filter(each -> each.scope() == scope)
                .mapToLong(Reach::count)
                .sum();
    }

    /// Places name people, so they are not printed.
    @Override
    public String toString() {
        return "ErasurePlan[" + target + "]";
    }
}
