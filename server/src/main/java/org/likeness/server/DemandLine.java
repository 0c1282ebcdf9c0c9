package org.likeness.server;

import org.likeness.core.demand.Demand;

/// A demand and its clock. Immutable.
///
/// @param daysLeft until the answer is owed; negative when that is past
public record DemandLine(Demand demand, long daysLeft) {
    public boolean isOpen() {
        return demand.closedAt().isEmpty();
    }
}
