package org.likeness.core.records;

import java.util.List;
import java.util.UUID;
import org.likeness.core.ledger.LedgerEntry;

/// What can be asked about the deletion ledger, a file beside the keys, and how far these records have
/// followed it. One thread at a time; valid inside its transaction only.
public interface LedgerReading {
    /// Whether the ledger and these records may tell different stories. Cheap, whatever their size.
    ///
    /// @throws org.likeness.core.LikenessException UNAVAILABLE when the ledger cannot be read
    boolean differs();

    /// Entries of the ledger that these records have not followed, in their order. Reads all of it.
    ///
    /// @throws org.likeness.core.LikenessException CORRUPT when an entry was altered, dropped or moved
    List<LedgerEntry> unfollowed();

    boolean follows(UUID entry);

    /// How many entries these records have followed.
    long followed();
}
