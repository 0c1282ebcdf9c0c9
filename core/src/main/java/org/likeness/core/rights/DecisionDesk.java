package org.likeness.core.rights;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.likeness.core.Ids;
import org.likeness.core.LikenessException;
import org.likeness.core.audit.Actor;
import org.likeness.core.audit.AuditEntry;
import org.likeness.core.audit.AuditEntry.Action;
import org.likeness.core.collection.Collection;
import org.likeness.core.collection.CollectionId;
import org.likeness.core.collection.Profile;
import org.likeness.core.person.Person;
import org.likeness.core.person.PersonId;
import org.likeness.core.photo.FaceId;
import org.likeness.core.photo.Photo;
import org.likeness.core.records.ReadTransaction;
import org.likeness.core.records.ReadTransaction.FoundFace;
import org.likeness.core.records.Records;
import org.likeness.core.search.FaceDecision;
import org.likeness.core.search.FaceDecision.Verdict;
import org.likeness.core.search.Search;
import org.likeness.core.search.SearchAttempt;
import org.likeness.core.search.SearchId;
import org.likeness.core.search.Verdicts;

/// Where people say whether a candidate is somebody. No score ever does: without a person's act a
/// candidate stays a candidate. In an archive it takes two of them. Thread-safe.
public final class DecisionDesk {
    private final Records records;
    private final Clock clock;

    public DecisionDesk(Records records, Clock clock) {
        this.records = records;
        this.clock = clock;
    }

    /// What a decision led to.
    ///
    /// @param confirmed whether enough people have said that the face is the person
    public record Decided(FaceDecision decision, boolean confirmed) {}

    /// Everything recorded of one use of the search.
    ///
    /// @param answer empty when it gave none
    /// @param decisions what people said of its candidates, in the order they did
    public record Recorded(SearchAttempt attempt, Optional<Search> answer, List<FaceDecision> decisions) {
        public Recorded {
            decisions = List.copyOf(decisions);
        }
    }

    /// Decides about a candidate of a search.
    ///
    /// @param rank of the candidate in the answer, 1 for the first
    /// @param person who it is or is not; empty: whom the search was for
    /// @throws LikenessException NOT_FOUND when the search or the candidate is not known, or may not be
    ///     shown any more; BAD_INPUT when the person must be named, or is another than searched for;
    ///     REFUSED when in an archive the same actor confirms twice
    public Decided decide(SearchId id, int rank, Optional<PersonId> person, Verdict verdict, Actor by) {
        return records.change(tx -> {
            Instant now = clock.instant();
            SearchAttempt attempt = tx.searches().attempt(id).orElseThrow(() -> noSearch(id));
            Search search = tx.search(id).orElseThrow(() -> noSearch(id));
            FaceId face = candidate(tx, search, rank, now);
            Person whom = person(tx, attempt, person);
            Collection collection = tx.collection(attempt.collection()).orElseThrow();
            boolean archive = collection.profile() == Profile.ARCHIVE;
            Verdicts said = verdicts(tx, face, whom.id(), collection);
            if (verdict == Verdict.OPEN) {
                requireSaid(said, by);
            }
            if (archive && verdict == Verdict.IS && said.of(by).equals(Optional.of(Verdict.IS))) {
                throw LedgerReader.refused("actor " + by.pseudonym() + " has confirmed this already"
                                + "\nIn an archive a second person must: --by PSEUDONYM.")
                        .called("decision.second");
            }
            FaceDecision decision = new FaceDecision(
                    Ids.next(), attempt.collection(), face, whom.id(), verdict, Optional.of(id), by, now);
            tx.decisions().add(decision);
            said.add(by, verdict);
            return new Records.Changed<>(
                    new Decided(decision, said.confirmed()),
                    AuditEntry.of(now, by, Action.DECISION_MADE, decision.id(), attempt.collection()));
        });
    }

    /// What people last said of a face and somebody: confirmed when enough have said that it is them, denied
    /// when one has said that it is not; neither while another has to say so too.
    public record Standing(PersonId person, boolean confirmed, boolean denied) {}

    /// What was said of faces of a collection, person by person. Without people who were erased, or of whom a
    /// demand or whoever runs the collection lets nothing be used. In an event nothing: a name beside a face
    /// would find people who do not agree to it any more.
    public Map<FaceId, List<Standing>> standing(CollectionId collection, List<FaceId> faces) {
        return records.read(tx -> {
            Collection in = tx.collection(collection).orElseThrow();
            if (!in.profile().keepsUnknownTemplates()) {
                return Map.of();
            }
            Map<FaceId, List<Standing>> said = new LinkedHashMap<>();
            for (FaceId face : faces) {
                Map<PersonId, Verdicts> last = new LinkedHashMap<>();
                for (FaceDecision decision : tx.decisions().decisions(face)) {
                    last.computeIfAbsent(decision.person(), _ -> new Verdicts(in.profile()))
                            .add(decision.actor(), decision.verdict());
                }
                said.put(
                        face,
                        last.entrySet().stream()
                                .filter(each -> !each.getValue().isEmpty())
                                .filter(each -> isUsed(tx, each.getKey()))
                                .map(each -> new Standing(
                                        each.getKey(),
                                        each.getValue().confirmed(),
                                        each.getValue().denied()))
                                .toList());
            }
            return said;
        });
    }

    /// Whom decisions of a collection may name: nobody who was erased, or of whom a demand or whoever runs the
    /// collection lets nothing be used.
    public List<Person> nameable(CollectionId collection) {
        return records.read(tx -> tx.people().people(collection).stream()
                .filter(person -> isUsed(tx, person))
                .toList());
    }

    private static boolean isUsed(ReadTransaction tx, PersonId id) {
        return isUsed(tx, LedgerReader.person(tx, id));
    }

    private static boolean isUsed(ReadTransaction tx, Person person) {
        return person.state() != Person.State.FORGOTTEN
                && person.state() != Person.State.SUSPENDED
                && !tx.demands().isHeld(person.id().value());
    }

    private static FaceId candidate(ReadTransaction tx, Search search, int rank, Instant now) {
        if (rank < 1 || rank > search.answer().size()) {
            throw new LikenessException(
                            LikenessException.Kind.NOT_FOUND,
                            "search " + search.id() + " has candidates 1 to "
                                    + search.answer().size() + " but not " + rank
                                    + "\nSee them with: likeness search show "
                                    + search.id() + ".")
                    .called("candidate.none");
        }
        FaceId face = search.answer().get(rank - 1).face();
        if (tx.searchable(search.collection(), List.of(face), now).isEmpty()) {
            throw new LikenessException(
                            LikenessException.Kind.NOT_FOUND,
                            "candidate " + rank + " may not be shown any more\nSearch again to see what may.")
                    .called("candidate.gone");
        }
        return face;
    }

    private static Person person(ReadTransaction tx, SearchAttempt attempt, Optional<PersonId> named) {
        Optional<PersonId> searched = attempt.person();
        PersonId id = named.or(() -> searched)
                .orElseThrow(() -> new LikenessException(
                                LikenessException.Kind.BAD_INPUT,
                                "this search was not for a person, so say who it is or is not\nName them: --person ID.")
                        .called("decision.whom"));
        Person person = LedgerReader.person(tx, id);
        boolean theirs = searched.isEmpty() || searched.get().equals(id);
        if (!theirs || !person.collection().equals(attempt.collection())) {
            throw new LikenessException(
                            LikenessException.Kind.BAD_INPUT,
                            "person " + id
                                    + " is not whom this search can be about\nDecide about whom was searched for.")
                    .called("decision.other");
        }
        if (person.state() == Person.State.FORGOTTEN) {
            throw LedgerReader.refused("person " + id + " was erased\nNothing is decided about them any more.")
                    .called("person.erased");
        }
        if (!isUsed(tx, person)) {
            throw LedgerReader.refused("nothing of person " + id + " is used now, as was demanded or decided"
                            + "\nLift the restriction first, if they agree.")
                    .called("person.not-used");
        }
        return person;
    }

    private static Verdicts verdicts(ReadTransaction tx, FaceId face, PersonId person, Collection collection) {
        Verdicts said = new Verdicts(collection.profile());
        tx.decisions().decisions(face).stream()
                .filter(decision -> decision.person().equals(person))
                .forEach(decision -> said.add(decision.actor(), decision.verdict()));
        return said;
    }

    private static void requireSaid(Verdicts said, Actor by) {
        if (!said.mayTakeBack(by)) {
            throw new LikenessException(
                            LikenessException.Kind.CONFLICT,
                            "nothing is decided about this face and person that " + by.pseudonym() + " could take back"
                                    + "\nSearch again to see what is.")
                    .called("decision.none");
        }
    }

    /// Takes back that a face is not a person, or is: it may be suggested for them again. What was said
    /// stays in the records.
    ///
    /// @throws LikenessException CONFLICT when there is nothing to take back; NOT_FOUND when there is no such
    ///     person
    public FaceDecision takeBack(PersonId id, FaceId face, Actor by) {
        return records.change(tx -> {
            Instant now = clock.instant();
            Person person = LedgerReader.person(tx, id);
            Collection collection = tx.collection(person.collection()).orElseThrow();
            requireSaid(verdicts(tx, face, id, collection), by);
            FaceDecision decision =
                    new FaceDecision(Ids.next(), collection.id(), face, id, Verdict.OPEN, Optional.empty(), by, now);
            tx.decisions().add(decision);
            return new Records.Changed<>(
                    decision, AuditEntry.of(now, by, Action.DECISION_MADE, decision.id(), collection.id()));
        });
    }

    /// The faces that are a person by what people said, and may be shown now, the newest photo first. In an event
    /// nothing, as [#standing].
    public List<FoundFace> confirmed(PersonId id) {
        Instant now = clock.instant();
        return records.read(tx -> {
            Person person = LedgerReader.person(tx, id);
            Collection in = tx.collection(person.collection()).orElseThrow();
            if (!in.profile().keepsUnknownTemplates() || !isUsed(tx, person)) {
                return List.of();
            }
            Map<FaceId, Verdicts> said = new LinkedHashMap<>();
            tx.decisions()
                    .decisions(id)
                    .forEach(each -> said.computeIfAbsent(each.face(), _ -> new Verdicts(in.profile()))
                            .add(each.actor(), each.verdict()));
            said.values().removeIf(verdicts -> !verdicts.confirmed());
            return tx.searchable(in.id(), said.keySet(), now).stream()
                    .sorted(Comparator.comparing(DecisionDesk::at).reversed())
                    .toList();
        });
    }

    /// By the camera's clock, else by the day it came in.
    private static LocalDateTime at(FoundFace face) {
        Photo photo = face.photo();
        return photo.takenAt().orElseGet(() -> LocalDateTime.ofInstant(photo.importedAt(), ZoneOffset.UTC));
    }

    /// The faces of which somebody said that they are not a person, so that no search for them shows them;
    /// those that may be shown now.
    public List<FaceId> notThem(PersonId id) {
        Instant now = clock.instant();
        return records.read(tx -> {
            Person person = LedgerReader.person(tx, id);
            List<FaceId> said = tx.decisions().decisions(id).stream()
                    .map(FaceDecision::face)
                    .distinct()
                    .toList();
            Profile profile = tx.collection(person.collection()).orElseThrow().profile();
            Set<FaceId> notThem = Verdicts.notThem(profile, id, tx.decisions().decisions(said));
            return tx.searchable(person.collection(), said, now).stream()
                    .map(found -> found.face().id())
                    .filter(notThem::contains)
                    .toList();
        });
    }

    /// Everything recorded of one use of the search.
    ///
    /// @throws LikenessException NOT_FOUND when there is none of this id
    public Recorded search(SearchId id) {
        return records.read(tx -> new Recorded(
                tx.searches().attempt(id).orElseThrow(() -> noSearch(id)),
                tx.search(id),
                tx.decisions().decisions(id)));
    }

    /// The newest searches for a person, newest first: theirs to see.
    public List<SearchAttempt> searches(PersonId id, int limit) {
        return records.read(tx -> {
            LedgerReader.person(tx, id);
            return tx.searches().attempts(id, limit);
        });
    }

    private static LikenessException noSearch(SearchId id) {
        return LedgerReader.notFound("search " + id + " that gave an answer", "likeness search show")
                .called("search.none");
    }
}
