package org.likeness.library;

import java.time.Clock;
import java.util.Map;
import org.likeness.core.audit.Actor;
import org.likeness.core.ledger.LedgerEntry;
import org.likeness.core.records.Records;
import org.likeness.core.rights.ConsentDesk;
import org.likeness.core.rights.DemandLedger;
import org.likeness.core.rights.LedgerFollower;
import org.likeness.core.rights.Stops;
import org.likeness.core.rights.Vaults;

/// What happens before anything else is done with records that may be an older copy: what the deletion ledger says was
/// stopped or erased since is stopped or erased again.
final class LedgerDoor {
    private LedgerDoor() {}

    /// @param restored whether the records were just put back from a backup, which says so itself
    static LedgerFollower.Followed follow(
            Records records, Clock clock, Actor actor, ConsentDesk consents, boolean restored) {
        LedgerFollower.Followed followed = new LedgerFollower(
                        records,
                        clock,
                        actor,
                        Map.of(
                                LedgerEntry.Kind.WITHDRAW, consents::follow,
                                LedgerEntry.Kind.STOP, Stops::follow,
                                LedgerEntry.Kind.ERASE, DemandLedger::follow,
                                LedgerEntry.Kind.OBJECT, DemandLedger::follow,
                                LedgerEntry.Kind.RESTRICT, DemandLedger::follow,
                                LedgerEntry.Kind.LIFT, DemandLedger::followLift,
                                LedgerEntry.Kind.KEY_DESTROYED, Vaults::follow))
                .follow();
        if (!restored && followed.entries() + followed.restored() > 0) {
            System.getLogger(Likeness.class.getName())
                    .log(
                            System.Logger.Level.WARNING,
                            "the records and the deletion ledger differed: " + followed.entries()
                                    + " entries were followed, " + followed.restored() + " written again");
        }
        return followed;
    }
}
