package org.likeness.core.records;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.likeness.core.collection.CollectionId;
import org.likeness.core.consent.ConsentEvent;
import org.likeness.core.consent.Notice;
import org.likeness.core.consent.Withdrawable;
import org.likeness.core.person.Details;
import org.likeness.core.person.Guardian;
import org.likeness.core.person.GuardianId;
import org.likeness.core.person.Person;
import org.likeness.core.person.PersonId;
import org.likeness.core.photo.Sha256;

/// What can be asked about people, their guardians, notices and answers. As [ReadTransaction] says.
public interface PeopleReading {
    Optional<Person> person(PersonId id);

    /// In the order they were added, the forgotten included.
    List<Person> people(CollectionId collection);

    /// Opens what names a person; empty when they were forgotten.
    ///
    /// @throws org.likeness.core.LikenessException UNAVAILABLE when the person's secret is not there, as after an
    ///     erasure in an older copy of the records; CORRUPT when what is stored was altered or moved
    Optional<Details> details(PersonId person);

    /// In the order they were added.
    List<Guardian> guardians(PersonId person);

    Optional<Guardian> guardian(GuardianId id);

    /// As [#details(PersonId)].
    Optional<Details> details(GuardianId guardian);

    /// Every answer, in the order they were recorded.
    List<ConsentEvent> consentEvents(PersonId person);

    /// When a person searched for themselves.
    List<Instant> ownSearches(PersonId person);

    /// All versions, oldest first.
    List<Notice> notices(CollectionId collection);

    Optional<Notice> notice(CollectionId collection, int version);

    /// The newest version.
    Optional<Notice> currentNotice(CollectionId collection);

    /// The newest version that was published as material; 0: none.
    int materialNoticeVersion(CollectionId collection);

    /// What a withdrawal code of this hash ends.
    Optional<Withdrawable> withdrawable(Sha256 codeSha256);

    /// How many rows still hold something that is a person's: details, their guardians' details, codes, searches.
    /// Zero
    /// once they are forgotten.
    long personalRows(PersonId person);

    /// Whether the person's secret is in the folder of keys.
    boolean hasSecret(PersonId person);
}
