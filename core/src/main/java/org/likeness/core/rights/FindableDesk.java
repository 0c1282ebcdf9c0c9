package org.likeness.core.rights;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.likeness.core.collection.Basis;
import org.likeness.core.collection.CollectionId;
import org.likeness.core.collection.Purpose;
import org.likeness.core.consent.Audience;
import org.likeness.core.consent.Choice;
import org.likeness.core.consent.ConsentLedger;
import org.likeness.core.consent.Standing;
import org.likeness.core.person.Person;
import org.likeness.core.person.PersonId;
import org.likeness.core.records.ReadTransaction;
import org.likeness.core.records.Records;

/// Who can be searched for in an event now, on whose behalf, and why the others cannot. A search asks all
/// of it again. Thread-safe.
public final class FindableDesk {
    private final Records records;
    private final Clock clock;
    private final LedgerReader ledgers;

    public FindableDesk(Records records, Clock clock, LedgerReader ledgers) {
        this.records = records;
        this.clock = clock;
        this.ledgers = ledgers;
    }

    /// Whether a person can be searched for.
    ///
    /// @param audiences on whose behalf a search finds them now; empty: nobody's
    /// @param obstacle what their consent lacks; empty when they agreed, and only a reference is missing or
    ///     nothing is
    public record Findable(PersonId person, List<Audience> audiences, Optional<Standing.Reason> obstacle) {
        public Findable {
            audiences = List.copyOf(audiences);
        }
    }

    /// Everybody of a collection who was not erased, in the order they were added.
    public List<Findable> people(CollectionId collection) {
        Instant now = clock.instant();
        return records.read(tx -> {
            Set<Purpose> purposes =
                    tx.basis().inForce(collection).map(Basis::purposes).orElse(Set.of());
            return tx.people().people(collection).stream()
                    .filter(person -> person.state() != Person.State.FORGOTTEN)
                    .map(person -> findable(tx, person.id(), purposes, now))
                    .toList();
        });
    }

    private Findable findable(ReadTransaction tx, PersonId id, Set<Purpose> purposes, Instant now) {
        ConsentLedger ledger = ledgers.ledger(tx, id);
        List<Choice> given = ledger.choices().stream()
                .filter(choice -> purposes.contains(choice.purpose()))
                .filter(choice -> ledger.standing(choice, now).isGiven())
                .toList();
        if (given.isEmpty()) {
            return new Findable(id, List.of(), Optional.of(obstacle(ledger, now)));
        }
        boolean referenced = tx.references().of(id).stream()
                .anyMatch(reference -> reference.expiresAt().isAfter(now));
        return new Findable(
                id, referenced ? given.stream().map(Choice::audience).toList() : List.of(), Optional.empty());
    }

    /// Of several answers the one that says most: anything rather than a plain no, a no rather than none.
    private static Standing.Reason obstacle(ConsentLedger ledger, Instant now) {
        List<Standing.Reason> reasons = ledger.choices().stream()
                .map(choice -> ledger.standing(choice, now).reason())
                .toList();
        return reasons.stream()
                .filter(reason -> reason != Standing.Reason.SAID_NO && reason != Standing.Reason.SAID_YES)
                .findFirst()
                .or(() -> reasons.stream()
                        .map(reason -> reason == Standing.Reason.SAID_YES ? Standing.Reason.TERMS_CHANGED : reason)
                        .findFirst())
                .orElseGet(() -> ledger.standing(Choice.MYSELF, now).reason());
    }
}
