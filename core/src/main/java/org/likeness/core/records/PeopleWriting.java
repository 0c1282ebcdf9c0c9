package org.likeness.core.records;

import java.time.Instant;
import org.likeness.core.collection.CollectionId;
import org.likeness.core.consent.ConsentEvent;
import org.likeness.core.consent.Notice;
import org.likeness.core.consent.Withdrawable;
import org.likeness.core.person.Details;
import org.likeness.core.person.Guardian;
import org.likeness.core.person.GuardianId;
import org.likeness.core.person.Person;
import org.likeness.core.person.PersonId;

/// What can be changed about people, their guardians, notices and answers. As [WriteTransaction] says.
public interface PeopleWriting extends PeopleReading {
    /// Also makes the person's secret.
    void add(Person person, Details details);

    /// Stores another state or majority. Forgetting is [#forget].
    void update(Person person);

    void update(PersonId person, Details details);

    void add(Guardian guardian, Details details);

    void update(GuardianId guardian, Details details);

    /// Deletes a guardian who answered nothing.
    void remove(GuardianId guardian);

    /// Marks a guardian as told, once.
    void notified(GuardianId guardian, Instant at);

    /// @throws org.likeness.core.LikenessException CONFLICT when the version exists
    void add(Notice notice);

    void add(ConsentEvent event);

    void add(Withdrawable withdrawable);

    /// Remembers that a person searched for themselves, which keeps their consent from ending by inactivity.
    void addOwnSearch(PersonId person, Instant at);

    /// Deletes what is the person's: details, majority, guardians' details, codes, times of searches. What stays
    /// is the
    /// proof: ids, hashes, times and words of closed lists. Statements are apart, see [WriteTransaction].
    void forget(PersonId person);

    /// Deletes the rows of a person who was forgotten, the proof as well, and says how many rows that were.
    long deleteForgotten(PersonId person);

    /// Overwrites and deletes the secret of a person who was forgotten, which no rollback brings back: what was
    /// sealed
    /// with it stays closed for ever, in older copies of the records too.
    ///
    /// Forget in a transaction before this one: what rolls back must not have lost its secret.
    ///
    /// @throws IllegalStateException when the person is not forgotten
    void destroySecret(PersonId person);

    /// Seals anew what is sealed with another than the collection's current key version, and says how many rows
    /// that
    /// were. Before an old key is destroyed.
    long resealDetails(CollectionId collection);
}
