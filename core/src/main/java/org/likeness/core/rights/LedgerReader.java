package org.likeness.core.rights;

import java.time.Instant;
import org.likeness.core.LikenessException;
import org.likeness.core.collection.CollectionId;
import org.likeness.core.consent.BasisTerms;
import org.likeness.core.consent.Choice;
import org.likeness.core.consent.Consent;
import org.likeness.core.consent.ConsentLedger;
import org.likeness.core.person.Person;
import org.likeness.core.person.PersonId;
import org.likeness.core.records.ReadTransaction;
import org.likeness.core.search.Findable;

/// Brings together, inside one transaction, what [ConsentLedger] computes from. Thread-safe.
public final class LedgerReader implements Findable {
    private final BasisSource basis;

    /// Reads what the basis of a collection says about consent.
    @FunctionalInterface
    public interface BasisSource {
        BasisTerms terms(ReadTransaction tx, CollectionId collection);
    }

    public LedgerReader(BasisSource basis) {
        this.basis = basis;
    }

    /// @throws LikenessException NOT_FOUND when there is no such person
    public ConsentLedger ledger(ReadTransaction tx, PersonId id) {
        Person person = person(tx, id);
        return new ConsentLedger(
                person,
                tx.people().guardians(id),
                tx.people().consentEvents(id),
                tx.people().ownSearches(id),
                tx.people().materialNoticeVersion(person.collection()),
                terms(tx, person.collection()),
                tx.demands().isHeld(id.value()));
    }

    @Override
    public Consent require(ReadTransaction tx, PersonId person, Choice choice, Instant at) {
        return ledger(tx, person).require(choice, at);
    }

    BasisTerms terms(ReadTransaction tx, CollectionId collection) {
        return basis.terms(tx, collection);
    }

    /// @throws LikenessException NOT_FOUND when there is no such person
    static Person person(ReadTransaction tx, PersonId id) {
        return tx.people()
                .person(id)
                .orElseThrow(
                        () -> notFound("person " + id, "likeness person list").called("person.none"));
    }

    static LikenessException notFound(String what, String where) {
        return new LikenessException(LikenessException.Kind.NOT_FOUND, "there is no " + what + "\nSee: " + where + ".");
    }

    static LikenessException refused(String message) {
        return new LikenessException(LikenessException.Kind.REFUSED, message);
    }
}
