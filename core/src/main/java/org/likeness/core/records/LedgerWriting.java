package org.likeness.core.records;

import org.likeness.core.ledger.LedgerEntry;

/// What can be done to the deletion ledger. One thread at a time; valid inside its transaction only.
///
/// A crash may leave an entry in the ledger whose change was never committed, never the other way
/// round; it is followed at the next opening.
public interface LedgerWriting extends LedgerReading {
    /// Says that this change stops or erases something for good. The entry is on disk before the change
    /// is committed.
    void record(LedgerEntry entry);

    /// Says that this change does what an entry of the ledger says.
    void follow(LedgerEntry entry);

    /// Gives a ledger that was lost, or put back from an older copy, the entries that only the records
    /// still have, and remembers that both tell the same story. Also inside [Records#note].
    ///
    /// @return how many entries it lacked
    /// @throws org.likeness.core.LikenessException CONFLICT when there are entries that were not
    ///     followed
    long settle();
}
