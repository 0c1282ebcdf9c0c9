package org.likeness.server;

import org.likeness.core.demand.Demand;

/// A demand, its clock, and whom or what it is about. Immutable.
///
/// @param daysLeft until the answer is owed; negative when that is past
public record DemandLine(Demand demand, long daysLeft, Subject subject) {
    public boolean isOpen() {
        return demand.closedAt().isEmpty();
    }

    /// Kept out of use, and still so.
    public boolean isRestriction() {
        return demand.kind() == Demand.Kind.RESTRICT && isOpen();
    }

    /// The key of the words for how far it is. A restriction is answered by being in force; it ends when it is lifted.
    public String state() {
        return switch (demand.kind()) {
            case RESTRICT -> isOpen() ? "demand.state.RESTRICTED" : "demand.state.LIFTED";
            case ERASE, OBJECT, ACCESS, STOP -> "demand.state." + demand.state().name();
        };
    }

    /// Whether somebody still has to do something.
    public boolean isOwed() {
        return isOpen() && !isRestriction();
    }
}
