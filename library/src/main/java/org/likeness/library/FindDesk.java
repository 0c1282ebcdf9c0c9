package org.likeness.library;

import java.time.Clock;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongConsumer;
import org.likeness.core.LikenessException;
import org.likeness.core.audit.Actor;
import org.likeness.core.collection.Collection;
import org.likeness.core.consent.Audience;
import org.likeness.core.person.PersonId;
import org.likeness.core.records.Records;
import org.likeness.core.rights.DecisionDesk;
import org.likeness.core.rights.LedgerReader;
import org.likeness.core.rights.ReferenceDesk;
import org.likeness.core.search.PersonFinder;
import org.likeness.core.search.PersonSearch;
import org.likeness.core.search.SearchAnswer;
import org.likeness.core.template.Rate;

/// Finding people who agreed to it, and what is recorded of it. Thread-safe; got from [Likeness#find].
public final class FindDesk {
    private final Records records;
    private final Clock clock;
    private final Actor actor;
    private final LedgerReader ledgers;
    private final Function<Collection, Engine> engines;

    /// @param engines gives the model of a collection at work
    FindDesk(Records records, Clock clock, Actor actor, LedgerReader ledgers, Function<Collection, Engine> engines) {
        this.records = records;
        this.clock = clock;
        this.actor = actor;
        this.ledgers = ledgers;
        this.engines = engines;
    }

    /// By what people are found who agreed to it.
    public ReferenceDesk references() {
        return new ReferenceDesk(records, clock, actor, ledgers);
    }

    /// What people say of candidates, and how the search was used.
    public DecisionDesk decisions() {
        return new DecisionDesk(records, clock);
    }

    /// The collection a person belongs to.
    ///
    /// @throws LikenessException NOT_FOUND when there is no such person
    public Collection collectionOf(PersonId id) {
        return records.<Optional<Collection>>read(
                        tx -> tx.people().person(id).flatMap(person -> tx.collection(person.collection())))
                .orElseThrow(() -> new LikenessException(
                        LikenessException.Kind.NOT_FOUND, "there is no person " + id + "\nSee: likeness person list."));
    }

    /// Searches an event for a person, for an audience they agreed to; see [PersonFinder#find].
    ///
    /// @param selfie of whoever asks for themselves
    /// @param progress told now and then how many faces were compared so far
    public SearchAnswer search(
            PersonId person,
            Audience audience,
            Optional<PersonSearch.Selfie> selfie,
            Rate maxFalse,
            int limit,
            LongConsumer progress) {
        Collection collection = collectionOf(person);
        PersonFinder finder = engines.apply(collection).personFinder();
        return finder.find(new PersonSearch(collection, person, audience, actor, selfie, maxFalse, limit), progress);
    }
}
