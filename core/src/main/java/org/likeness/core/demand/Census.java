package org.likeness.core.demand;

import java.util.List;
import java.util.OptionalLong;

/// How much is left in every store. Immutable.
public record Census(List<Count> counts) {
    public Census {
        counts = List.copyOf(counts);
    }

    /// One store.
    ///
    /// @param found how much there was when the erasure began
    /// @param left how much there is now; empty: it could not be counted, which is not zero
    public record Count(String store, Means means, long found, OptionalLong left) {
        public boolean isZero() {
            return left.isPresent() && left.getAsLong() == 0;
        }
    }

    /// Whether nothing is left anywhere.
    public boolean isZero() {
        return counts.stream().allMatch(Count::isZero);
    }

    /// The stores in which something is or may be left.
    public List<Count> notZero() {
        return counts.stream().filter(count -> !count.isZero()).toList();
    }
}
