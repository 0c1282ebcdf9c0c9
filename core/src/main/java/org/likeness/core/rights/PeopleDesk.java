package org.likeness.core.rights;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.likeness.core.LikenessException;
import org.likeness.core.audit.Actor;
import org.likeness.core.audit.AuditEntry;
import org.likeness.core.audit.AuditEntry.Action;
import org.likeness.core.collection.CollectionId;
import org.likeness.core.demand.Demand;
import org.likeness.core.demand.Target;
import org.likeness.core.person.Details;
import org.likeness.core.person.Guardian;
import org.likeness.core.person.GuardianId;
import org.likeness.core.person.Person;
import org.likeness.core.person.PersonId;
import org.likeness.core.records.Records;
import org.likeness.core.records.WriteTransaction;

/// Adds people and their guardians and keeps what is known of them. Thread-safe.
public final class PeopleDesk {
    private final Records records;
    private final Clock clock;
    private final Actor actor;

    public PeopleDesk(Records records, Clock clock, Actor actor) {
        this.records = records;
        this.clock = clock;
        this.actor = actor;
    }

    /// A person together with the guardians who decide for them, and what names each.
    public record Known(Person person, Optional<Details> details, List<KnownGuardian> guardians) {
        public Known {
            guardians = List.copyOf(guardians);
        }
    }

    /// A guardian and what names them.
    public record KnownGuardian(Guardian guardian, Optional<Details> details) {}

    /// @param majorityOn for a minor the first day on which they decide alone
    public Person add(CollectionId collection, Details details, Optional<LocalDate> majorityOn) {
        Person person = new Person(PersonId.next(), collection, Person.State.INVITED, majorityOn, clock.instant());
        return records.change(tx -> {
            tx.people().add(person, details);
            return changed(person, Action.PERSON_ADDED);
        });
    }

    /// Corrects what names a person. What the new details leave out is gone.
    public Person change(PersonId id, Details details) {
        return records.change(tx -> {
            Person person = alive(tx, id);
            tx.people().update(id, details);
            return changed(person, Action.PERSON_CHANGED);
        });
    }

    /// Corrects the day on which a person comes of age.
    public Person change(PersonId id, Optional<LocalDate> majorityOn) {
        return update(
                id,
                Action.PERSON_CHANGED,
                person -> new Person(person.id(), person.collection(), person.state(), majorityOn, person.addedAt()));
    }

    /// Keeps the person and uses nothing of them: from this transaction on nobody finds them.
    public Person suspend(PersonId id) {
        return update(id, Action.PERSON_SUSPENDED, person -> person.in(Person.State.SUSPENDED));
    }

    /// Lifts [#suspend]; what they answered counts again.
    ///
    /// @throws LikenessException REFUSED when they are not suspended, or a demand restricts them
    public Person resume(PersonId id) {
        return records.change(tx -> {
            boolean answered = !tx.people().consentEvents(id).isEmpty();
            Person person = alive(tx, id);
            if (tx.demands().isHeld(id.value())
                    || DemandDesk.running(tx, Demand.Kind.RESTRICT, Target.of(id))
                            .isPresent()) {
                throw LedgerReader.refused("person " + id + " is restricted, as was demanded, or being erased"
                                + "\nIf they agree to lift the restriction: likeness unrestrict --person " + id + ".")
                        .called("person.restricted");
            }
            if (person.state() != Person.State.SUSPENDED) {
                throw LedgerReader.refused("person " + id + " is not suspended\nNothing needs to be lifted.")
                        .called("person.not-paused");
            }
            Person resumed = person.in(answered ? Person.State.ENROLLED : Person.State.INVITED);
            tx.people().update(resumed);
            return changed(resumed, Action.PERSON_RESUMED);
        });
    }

    private Person update(PersonId id, Action action, Function<Person, Person> change) {
        return records.change(tx -> {
            Person person = change.apply(alive(tx, id));
            tx.people().update(person);
            return changed(person, action);
        });
    }

    /// @throws LikenessException REFUSED when the person decides alone
    public Guardian addGuardian(PersonId id, Details details) {
        Instant now = clock.instant();
        return records.change(tx -> {
            Person person = alive(tx, id);
            if (!person.isMinor(now)) {
                throw LedgerReader.refused("person " + id + " is of age and decides alone"
                                + "\nIf that is wrong, say when they come of age:"
                                + " likeness person change --comes-of-age DATE.")
                        .called("person.of-age");
            }
            Guardian guardian = new Guardian(GuardianId.next(), id, now, Optional.empty());
            tx.people().add(guardian, details);
            return new Records.Changed<>(
                    guardian,
                    AuditEntry.of(
                            now, actor, Action.GUARDIAN_ADDED, guardian.id().value(), person.collection()));
        });
    }

    /// Records that a guardian was told what is meant to happen with the minor's photos.
    ///
    /// @throws LikenessException CONFLICT when that was recorded before
    public Guardian notified(GuardianId id) {
        Instant now = clock.instant();
        return records.change(tx -> {
            Guardian guardian = tx.people()
                    .guardian(id)
                    .orElseThrow(() -> LedgerReader.notFound("guardian " + id, "likeness person show")
                            .called("guardian.none"));
            Person person = alive(tx, guardian.person());
            if (guardian.notifiedAt().isPresent()) {
                throw new LikenessException(
                                LikenessException.Kind.CONFLICT,
                                "guardian " + id + " was told already\nNothing needs to be done.")
                        .called("person.told");
            }
            tx.people().notified(id, now);
            return new Records.Changed<>(
                    new Guardian(id, guardian.person(), guardian.addedAt(), Optional.of(now)),
                    AuditEntry.of(now, actor, Action.GUARDIAN_NOTIFIED, id.value(), person.collection()));
        });
    }

    /// Corrects what names a guardian. What the new details leave out is gone.
    ///
    /// @throws LikenessException NOT_FOUND when there is no such guardian
    public Guardian changeGuardian(GuardianId id, Details details) {
        return records.change(tx -> {
            Guardian guardian = guardian(tx, id);
            Person person = alive(tx, guardian.person());
            tx.people().update(id, details);
            return new Records.Changed<>(
                    guardian,
                    AuditEntry.of(clock.instant(), actor, Action.GUARDIAN_CHANGED, id.value(), person.collection()));
        });
    }

    /// Removes somebody who was recorded as a guardian and is none.
    ///
    /// @throws LikenessException NOT_FOUND when there is no such guardian; REFUSED when they answered: a
    ///     yes is withdrawn, and a no must not go with whoever said it
    public Guardian removeGuardian(GuardianId id) {
        return records.change(tx -> {
            Guardian guardian = guardian(tx, id);
            Person person = alive(tx, guardian.person());
            boolean answered = tx.people().consentEvents(person.id()).stream()
                    .anyMatch(event -> event.guardian().filter(id::equals).isPresent());
            if (answered) {
                throw LedgerReader.refused("guardian " + id + " has answered, so they stay"
                                + "\nTheir yes can be withdrawn; a name can be corrected.")
                        .called("guardian.answered");
            }
            tx.people().remove(id);
            return new Records.Changed<>(
                    guardian,
                    AuditEntry.of(clock.instant(), actor, Action.GUARDIAN_REMOVED, id.value(), person.collection()));
        });
    }

    private static Guardian guardian(WriteTransaction tx, GuardianId id) {
        return tx.people()
                .guardian(id)
                .orElseThrow(() -> LedgerReader.notFound("guardian " + id, "likeness person show")
                        .called("guardian.none"));
    }

    /// Records that names of people were shown to somebody.
    ///
    /// @param count how many
    public void shown(CollectionId collection, long count) {
        records.change(tx -> new Records.Changed<>(
                count,
                AuditEntry.of(clock.instant(), actor, Action.NAMES_SHOWN, collection.value(), collection)
                        .withCount(count)));
    }

    /// Everybody of a collection in the order they were added.
    public List<Person> people(CollectionId collection) {
        return records.read(tx -> tx.people().people(collection));
    }

    /// @throws LikenessException NOT_FOUND when there is no such person
    public Person person(PersonId id) {
        return records.read(tx -> LedgerReader.person(tx, id));
    }

    /// Opens what names a person and their guardians.
    ///
    /// @throws LikenessException NOT_FOUND when there is no such person; UNAVAILABLE when their
    ///     secret is not there
    public Known known(PersonId id) {
        return records.read(tx -> {
            Person person = LedgerReader.person(tx, id);
            if (person.state() == Person.State.FORGOTTEN) {
                return new Known(person, Optional.empty(), List.of()); // their answers alone stay, as proof
            }
            return new Known(
                    person,
                    tx.people().details(id),
                    tx.people().guardians(id).stream()
                            .map(guardian ->
                                    new KnownGuardian(guardian, tx.people().details(guardian.id())))
                            .toList());
        });
    }

    private static Person alive(WriteTransaction tx, PersonId id) {
        Person person = LedgerReader.person(tx, id);
        if (person.state() == Person.State.FORGOTTEN) {
            throw LedgerReader.refused("person " + id + " was erased\nAdd them anew if they ask for it.")
                    .called("person.erased");
        }
        return person;
    }

    private Records.Changed<Person> changed(Person person, Action action) {
        return new Records.Changed<>(
                person,
                AuditEntry.of(clock.instant(), actor, action, person.id().value(), person.collection()));
    }
}
