package org.likeness.core.records;

import java.util.List;
import org.likeness.core.demand.Holdings;
import org.likeness.core.person.PersonId;

/// What is held on a person beside what [PeopleReading] gives. As [ReadTransaction] says.
public interface HoldingsReading {
    List<Holdings.Reference> references(PersonId person);

    /// Every decision about a face and this person, oldest first.
    List<Holdings.Decision> decisions(PersonId person);

    /// The photos whose faces were said to be theirs last, or were in the answer of a search for them and
    /// not said to be somebody else's; in the order they were imported.
    List<Holdings.Shown> photos(PersonId person);

    /// Searches for them, and those whose answer had a face that was said to be theirs; oldest first.
    List<Holdings.Use> searches(PersonId person);
}
