package org.likeness.core.records;

import java.time.Instant;
import org.likeness.core.search.SearchAttempt;
import org.likeness.core.search.SearchId;

/// What can be changed about the record of searches. As [WriteTransaction] says.
public interface SearchesWriting extends SearchesReading {
    /// @throws org.likeness.core.LikenessException REFUSED when the collection was shredded
    void add(SearchAttempt attempt);

    /// Ends one that is open; nothing happens when it has ended.
    void end(SearchId id, SearchAttempt.State state, Instant at);
}
