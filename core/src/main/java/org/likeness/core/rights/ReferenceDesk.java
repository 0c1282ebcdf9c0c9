package org.likeness.core.rights;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.likeness.core.LikenessException;
import org.likeness.core.audit.Actor;
import org.likeness.core.audit.AuditEntry;
import org.likeness.core.audit.AuditEntry.Action;
import org.likeness.core.collection.Basis;
import org.likeness.core.collection.Collection;
import org.likeness.core.collection.CollectionId;
import org.likeness.core.collection.Profile;
import org.likeness.core.consent.Consent;
import org.likeness.core.consent.ConsentLedger;
import org.likeness.core.consent.Reference;
import org.likeness.core.consent.ReferenceId;
import org.likeness.core.person.Person;
import org.likeness.core.person.PersonId;
import org.likeness.core.records.ReadTransaction;
import org.likeness.core.records.Records;
import org.likeness.core.records.WriteTransaction;
import org.likeness.core.search.Probe;
import org.likeness.core.template.Template;

/// Keeps the templates by which people are found who agreed to it, only as long as they do. Thread-safe.
public final class ReferenceDesk {
    /// More of one person help little and are more to lose.
    private static final int PER_PERSON_MAX = 5;

    private final Records records;
    private final Clock clock;
    private final Actor actor;
    private final LedgerReader ledgers;

    public ReferenceDesk(Records records, Clock clock, Actor actor, LedgerReader ledgers) {
        this.records = records;
        this.clock = clock;
        this.actor = actor;
        this.ledgers = ledgers;
    }

    /// Adds a face of a photo as a person's reference. The photo itself is not kept.
    ///
    /// @param face of the photo, 1 for the largest
    /// @throws LikenessException REFUSED when the person has not agreed to be found by anybody, the
    ///     collection is no event or its basis is missing; BAD_INPUT when the face is too blurred, small
    ///     or dark to be found by; CONFLICT when there are enough
    public Reference add(PersonId id, Probe probe, int face) {
        Template template = probe.template(face);
        if (probe.faces().get(face - 1).quality().low()) {
            throw new LikenessException(
                            LikenessException.Kind.BAD_INPUT,
                            "the face in the photo is too small, blurred, dark or turned to find anybody by it"
                                    + "\nTake a photo from the front, in good light.")
                    .called("reference.poor");
        }
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS); // as it is stored
        return records.change(tx -> {
            Person person = LedgerReader.person(tx, id);
            Collection collection = tx.collection(person.collection()).orElseThrow();
            probe.requireFor(collection.id());
            if (collection.profile() != Profile.EVENT) {
                throw LedgerReader.refused("only in an event people are found by a reference"
                                + "\nA household or archive is searched with a photo.")
                        .called("reference.profile");
            }
            tx.basis().permit(collection, now);
            Consent consent = given(ledgers.ledger(tx, id), now);
            if (tx.references().of(id).size() >= PER_PERSON_MAX) {
                throw new LikenessException(
                                LikenessException.Kind.CONFLICT,
                                "person " + id + " has " + PER_PERSON_MAX + " references, which is enough"
                                        + "\nRemove one first: likeness person reference remove.")
                        .called("reference.enough");
            }
            Basis basis = tx.basis().inForce(collection.id()).orElseThrow();
            Instant byBasis = now.atOffset(ZoneOffset.UTC)
                    .plus(basis.retention().templates())
                    .toInstant();
            Instant end = Stream.of(consent.endsAt(), Optional.of(byBasis))
                    .flatMap(Optional::stream)
                    .min(Comparator.naturalOrder())
                    .orElseThrow();
            Reference reference =
                    new Reference(ReferenceId.next(), collection.id(), id, consent.event(), template.model(), now, end);
            tx.references().add(reference, template);
            return new Records.Changed<>(
                    reference,
                    AuditEntry.of(
                            now, actor, Action.REFERENCE_ADDED, reference.id().value(), collection.id()));
        });
    }

    /// Any yes will do: for whom a person is found decides the search.
    private static Consent given(ConsentLedger ledger, Instant now) {
        return ledger.choices().stream()
                .flatMap(choice -> ledger.consent(choice, now).stream())
                .max(Comparator.comparing((Consent consent) -> consent.endsAt().orElse(Instant.MAX)))
                .orElseThrow(
                        () -> LedgerReader.refused("person " + ledger.person().id()
                                        + " has not agreed to be found by anybody"
                                        + "\nAsk them first: likeness consent give.")
                                .called("reference.not-agreed"));
    }

    /// A person's references, in the order they were added.
    public List<Reference> references(PersonId id) {
        return records.read(tx -> {
            LedgerReader.person(tx, id);
            return tx.references().of(id);
        });
    }

    /// @throws LikenessException NOT_FOUND when there is no such reference
    public void remove(ReferenceId id) {
        records.<Boolean>change(tx -> {
            Reference reference = tx.references()
                    .reference(id)
                    .orElseThrow(() -> LedgerReader.notFound("reference " + id, "likeness person reference list")
                            .called("reference.gone"));
            return new Records.Changed<>(
                    tx.references().remove(id),
                    AuditEntry.of(
                            clock.instant(), actor, Action.REFERENCE_REMOVED, id.value(), reference.collection()));
        });
    }

    /// Deletes the references whose term or consent is over, in every collection, and says how many. Until
    /// then no search uses them either.
    public long sweep() {
        long removed = 0;
        for (Collection collection : records.read(ReadTransaction::collections)) {
            Instant now = clock.instant();
            if (records.<Boolean>read(
                    tx -> !over(tx, ledgers, collection.id(), now).isEmpty())) {
                removed += records.<Long>change(tx -> {
                    long count = removeOver(tx, ledgers, collection.id(), now);
                    return new Records.Changed<>(
                            count,
                            AuditEntry.of(
                                            now,
                                            actor,
                                            Action.CONSENTS_EXPIRED,
                                            collection.id().value(),
                                            collection.id())
                                    .withCount(count));
                });
            }
        }
        return removed;
    }

    /// Deletes what a collection may hold no longer, as part of a change that is recorded by its own entry.
    static long removeOver(WriteTransaction tx, LedgerReader ledgers, CollectionId collection, Instant now) {
        List<Reference> over = over(tx, ledgers, collection, now);
        over.forEach(reference -> tx.references().remove(reference.id()));
        return over.size();
    }

    /// Restricted people are frozen: nothing of theirs is used, and nothing is deleted but by its term.
    private static List<Reference> over(
            ReadTransaction tx, LedgerReader ledgers, CollectionId collection, Instant now) {
        List<Reference> all = tx.references().of(collection);
        Set<PersonId> agreeing = all.stream()
                .map(Reference::person)
                .distinct()
                .filter(id -> {
                    ConsentLedger ledger = ledgers.ledger(tx, id);
                    return ledger.rests() || ledger.anyGiven(now);
                })
                .collect(Collectors.toSet());
        return all.stream()
                .filter(reference -> !reference.expiresAt().isAfter(now) || !agreeing.contains(reference.person()))
                .toList();
    }
}
