package org.likeness.core.records;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.likeness.core.audit.Actor;
import org.likeness.core.collection.CollectionId;
import org.likeness.core.person.PersonId;
import org.likeness.core.search.SearchAttempt;
import org.likeness.core.search.SearchId;

/// What can be asked about how the search was used. As [ReadTransaction] says.
public interface SearchesReading {
    Optional<SearchAttempt> attempt(SearchId id);

    /// How many searches are recorded of a collection, those that were refused among them.
    long count(CollectionId collection);

    /// Whether a search of this actor was ever answered, as far as searches are kept.
    boolean wereAnswered(Actor actor);

    /// The searches for a person, and those in which somebody said that a candidate is them, newest first.
    List<SearchAttempt> attempts(PersonId person, int limit);

    /// How many times a person was searched for by themselves since an instant, refusals not counted.
    long ownAttempts(PersonId person, Instant since);
}
