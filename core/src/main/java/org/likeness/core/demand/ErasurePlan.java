package org.likeness.core.demand;

import java.util.List;

/// What an erasure would delete, store by store. Immutable.
///
/// @param linked where originals lie that Likeness does not own and cannot delete, as URIs; not more than
///     can be read
public record ErasurePlan(Target target, List<Line> lines, List<Residual> residuals, List<String> linked) {
    public ErasurePlan {
        lines = List.copyOf(lines);
        residuals = List.copyOf(residuals);
        linked = List.copyOf(linked);
    }

    /// What will go from one store.
    public record Line(String store, Means means, long count) {}

    /// Places name people, so they are not printed.
    @Override
    public String toString() {
        return "ErasurePlan[" + target + "]";
    }
}
