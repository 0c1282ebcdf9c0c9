package org.likeness.core.demand;

import java.util.UUID;
import org.likeness.core.Ids;

/// The id of a [Demand]. Immutable.
public record DemandId(UUID value) {
    public static DemandId next() {
        return new DemandId(Ids.next());
    }

    public static DemandId parse(String text) {
        return new DemandId(UUID.fromString(text));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
