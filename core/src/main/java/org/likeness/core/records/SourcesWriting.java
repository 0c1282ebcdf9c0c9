package org.likeness.core.records;

import java.time.Instant;
import org.likeness.core.source.GrantId;
import org.likeness.core.source.SourceContact;
import org.likeness.core.source.SourceId;

/// Changes to sources and grants. Reached by [WriteTransaction#sources], inside [Records#change] only.
public interface SourcesWriting extends SourcesReading {
    /// Keeps whom a source belongs to; replaces what was kept.
    void keep(SourceId source, SourceContact contact);

    /// Ends a grant: from this transaction on nothing held under it is used.
    ///
    /// @throws org.likeness.core.LikenessException CONFLICT when it has ended before
    void end(GrantId grant, Instant at);

    /// Puts everything held under a grant under its successor, and deletes the templates when that
    /// does not allow face search.
    ///
    /// @return how many photos
    long succeed(GrantId before, GrantId successor);
}
