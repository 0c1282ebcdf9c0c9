package org.likeness.library;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongConsumer;
import org.likeness.core.LikenessException;
import org.likeness.core.audit.Actor;
import org.likeness.core.collection.Collection;
import org.likeness.core.collection.Purpose;
import org.likeness.core.consent.Audience;
import org.likeness.core.person.PersonId;
import org.likeness.core.photo.AlignedCrop;
import org.likeness.core.photo.Face;
import org.likeness.core.photo.FaceId;
import org.likeness.core.records.ReadTransaction;
import org.likeness.core.records.Records;
import org.likeness.core.rights.DecisionDesk;
import org.likeness.core.rights.FindableDesk;
import org.likeness.core.rights.LedgerReader;
import org.likeness.core.rights.ReferenceDesk;
import org.likeness.core.search.PersonFinder;
import org.likeness.core.search.PersonSearch;
import org.likeness.core.search.Probe;
import org.likeness.core.search.SearchAnswer;
import org.likeness.core.search.SearchRequest;
import org.likeness.core.search.SearchScope;
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

    /// Who can be searched for in an event, and on whose behalf.
    public FindableDesk findable() {
        return new FindableDesk(records, clock, ledgers);
    }

    /// What people say of candidates, and how the search was used.
    public DecisionDesk decisions() {
        return new DecisionDesk(records, clock);
    }

    /// Searches a household or an archive for one face of a probe, among some of its photos.
    ///
    /// @param face of the probe, 1 for the largest
    public SearchAnswer search(
            Collection collection,
            Probe probe,
            int face,
            Purpose purpose,
            Rate maxFalse,
            int limit,
            SearchScope scope) {
        Engine engine = engines.apply(collection);
        if (collection.profile().templateTerm().isPresent()) { // what an interrupted filling left
            engine.fill().run(collection, actor, _ -> {});
        }
        return engine.finder().find(new SearchRequest(collection, purpose, actor, probe, face, maxFalse, limit, scope));
    }

    /// A face of the collection to search with.
    ///
    /// @throws LikenessException NOT_FOUND when there is no such face, or it may not be searched
    ///     with; REFUSED when
    ///     faces may not be compared in the collection
    public Probe probe(Collection collection, FaceId id) {
        record Found(ReadTransaction.FoundFace face, List<Face> all) {}
        Found found = records.read(tx -> tx.searchable(collection.id(), List.of(id), clock.instant()).stream()
                .findFirst()
                .map(face -> new Found(face, tx.faces(face.photo().id())))
                .orElseThrow(FindDesk::noFace));
        Engine engine = engines.apply(collection);
        AlignedCrop crop = engine.derivatives()
                .crop(found.face().photo(), found.face().face(), found::all)
                .orElseThrow(FindDesk::noFace);
        return engine.finder()
                .probe(collection, found.face().photo(), found.face().face(), crop);
    }

    private static LikenessException noFace() {
        return new LikenessException(
                        LikenessException.Kind.NOT_FOUND,
                        "there is no such face to search with\nIts photo may be deleted, or kept out.")
                .called("face.none");
    }

    /// The collection a person belongs to.
    ///
    /// @throws LikenessException NOT_FOUND when there is no such person
    public Collection collectionOf(PersonId id) {
        return records.<Optional<Collection>>read(
                        tx -> tx.people().person(id).flatMap(person -> tx.collection(person.collection())))
                .orElseThrow(() -> new LikenessException(
                                LikenessException.Kind.NOT_FOUND,
                                "there is no person " + id + "\nSee: likeness person list.")
                        .called("person.none"));
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
