package org.likeness.core.consent;

import java.time.Instant;
import java.util.Optional;
import org.likeness.core.collection.CollectionId;
import org.likeness.core.person.PersonId;

/// Proof that a person may be found by an audience at one instant. Only [ConsentLedger] makes one; it is worth nothing
/// later, so ask again in the transaction that uses it. Immutable.
public final class Consent {
    private final CollectionId collection;
    private final PersonId person;
    private final Choice choice;
    private final ConsentEventId event;
    private final Instant givenAt;
    private final Instant at;
    private final Optional<Instant> endsAt;
    private final Instant inactiveAt;

    Consent(ConsentEvent given, Instant at, Optional<Instant> endsAt, Instant inactiveAt) {
        this.collection = given.collection();
        this.person = given.person();
        this.choice = given.choice();
        this.event = given.id();
        this.givenAt = given.at();
        this.at = at;
        this.endsAt = endsAt;
        this.inactiveAt = inactiveAt;
    }

    public CollectionId collection() {
        return collection;
    }

    public PersonId person() {
        return person;
    }

    public Choice choice() {
        return choice;
    }

    /// The yes it rests on.
    public ConsentEventId event() {
        return event;
    }

    public Instant givenAt() {
        return givenAt;
    }

    /// The instant it was asked for.
    public Instant at() {
        return at;
    }

    /// The earliest of its term, the purpose's end and the person's majority. Never moves.
    public Optional<Instant> endsAt() {
        return endsAt;
    }

    /// When inactivity ends it, if nothing happens until then.
    public Instant inactiveAt() {
        return inactiveAt;
    }

    @Override
    public String toString() {
        return "Consent[" + event + "]";
    }
}
