package org.likeness.core.search;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;
import org.likeness.core.LikenessException;
import org.likeness.core.audit.AuditEntry;
import org.likeness.core.audit.AuditEntry.Action;
import org.likeness.core.collection.Collection;
import org.likeness.core.collection.EmbeddingPermit;
import org.likeness.core.collection.Profile;
import org.likeness.core.consent.Audience;
import org.likeness.core.consent.Choice;
import org.likeness.core.person.PersonId;
import org.likeness.core.photo.FaceId;
import org.likeness.core.photo.FaceReader;
import org.likeness.core.records.ReadTransaction;
import org.likeness.core.records.ReadTransaction.FoundFace;
import org.likeness.core.records.Records;
import org.likeness.core.template.Rate;
import org.likeness.core.template.Template;
import org.likeness.core.template.TemplateIndex.Hit;
import org.likeness.core.template.Threshold;

/// Flow *Find* in an event: by the reference of a person who agreed to be found, for whom they agreed to.
///
/// Whether they agree is asked twice: in the transaction that records that the search begins, and in the
/// one that records its answer. A search that is refused, flagged, fails or is cut off stays recorded as
/// that. Thread-safe.
public final class PersonFinder {
    /// A selfie is taken for the person's own face when at most this share of strangers would look as much
    /// alike.
    private static final Rate SELFIE_FALSE = new Rate(0.001);

    private static final Duration DAY = Duration.ofDays(1);

    private final Records records;
    private final FaceReader reader;
    private final Scans scans;
    private final Findable findable;
    private final int ownPerDay;
    private final Clock clock;
    private final Answers answers;

    /// @param ownPerDay how often a person may be searched for on their own behalf in 24 hours
    public PersonFinder(
            Records records, FaceReader reader, Scans scans, Findable findable, int ownPerDay, Clock clock) {
        this.records = records;
        this.reader = reader;
        this.scans = scans;
        this.findable = findable;
        this.ownPerDay = ownPerDay;
        this.clock = clock;
        this.answers = new Answers(reader.model().calibration());
    }

    /// A search that began, or why it did not.
    private record Begun(SearchAttempt attempt, Threshold threshold, Optional<LikenessException> refused) {}

    /// Searches an event for a person.
    ///
    /// @param progress told now and then how many faces were compared so far
    /// @throws LikenessException REFUSED when the person may not be found by that audience now, has no
    ///     reference, was searched for too often, or the selfie shows somebody else; all of that is recorded
    public SearchAnswer find(PersonSearch request, LongConsumer progress) {
        Collection collection = request.collection();
        if (collection.profile() != Profile.EVENT) {
            throw refused("only in an event somebody is searched for by their consent\nSearch with a photo instead.")
                    .called("reference.profile");
        }
        records.<Boolean>read(tx -> {
            tx.vault().requireNotShredded(collection.id()); // nothing is recorded in one that is
            return true;
        });
        Optional<Template> selfie = request.selfie().map(s -> {
            s.probe().requireFor(collection.id());
            return s.probe().template(s.face());
        });
        Begun begun = begin(request, selfie);
        if (begun.refused().isPresent()) {
            throw begun.refused().get();
        }
        try {
            EmbeddingPermit permit = records.read(tx -> tx.basis().permit(collection, clock.instant()));
            SharedScan.Result result = scans.of(collection.id())
                    .scan(
                            (tx, now) -> tx.references().templates(request.person(), now),
                            begun.threshold().scoreMin(),
                            permit,
                            progress);
            return answer(request, begun, result);
        } catch (RuntimeException | Error e) {
            abort(begun.attempt(), e);
            throw e;
        }
    }

    /// Decides and records in one transaction whether the search may begin, so that nobody slips past the
    /// limit.
    private Begun begin(PersonSearch request, Optional<Template> selfie) {
        return records.change(tx -> {
            Instant now = clock.instant();
            PersonId person = request.person();
            boolean theirs = tx.people()
                    .person(person)
                    .filter(p -> p.collection().equals(request.collection().id()))
                    .isPresent();
            if (!theirs) {
                throw new LikenessException(
                                LikenessException.Kind.NOT_FOUND,
                                "there is no person " + person + " in this collection\nSee: likeness person list.")
                        .called("person.none");
            }
            SearchAttempt open = open(request, now);
            List<Template> references = List.of();
            SearchAttempt.State state = SearchAttempt.State.OPEN;
            Optional<LikenessException> refused = Optional.empty();
            try {
                references = allowed(tx, request, now);
            } catch (LikenessException e) {
                if (e.kind() != LikenessException.Kind.REFUSED) {
                    throw e;
                }
                refused = Optional.of(e);
                state = SearchAttempt.State.REFUSED;
            }
            if (refused.isEmpty() && selfie.isPresent() && !matches(tx, request, selfie.get(), references)) {
                refused = Optional.of(notThem(person));
                state = SearchAttempt.State.FLAGGED;
            }
            SearchAttempt attempt = state == SearchAttempt.State.OPEN ? open : open.ended(state, now);
            tx.searches().add(attempt);
            long faces = tx.searchableFaceCount(request.collection().id(), now) * Math.max(1, references.size());
            Threshold threshold = Threshold.of(reader.model(), request.maxFalse(), Math.toIntExact(faces));
            Action action = refused.isPresent() ? Action.SEARCH_REFUSED : Action.SEARCH_STARTED;
            return new Records.Changed<>(new Begun(attempt, threshold, refused), entry(attempt, action, now));
        });
    }

    private static LikenessException notThem(PersonId person) {
        return refused("the face in the photo is not that of person " + person
                        + "\nOnly the person may search for themselves. The attempt is recorded; they can see it.")
                .called("search.not-them");
    }

    private SearchAttempt open(PersonSearch request, Instant now) {
        return new SearchAttempt(
                SearchId.next(),
                request.collection().id(),
                Choice.of(request.audience()).purpose(),
                Optional.of(request.person()),
                Optional.of(request.audience()),
                request.actor(),
                request.selfie().map(selfie -> selfie.probe().sha256()),
                reader.model().id(),
                SearchAttempt.State.OPEN,
                now,
                Optional.empty());
    }

    /// The references to search by, if it may be searched by them now.
    private List<Template> allowed(ReadTransaction tx, PersonSearch request, Instant now) {
        require(tx, request, now);
        if (request.audience() instanceof Audience.Myself
                && tx.searches().ownAttempts(request.person(), now.minus(DAY)) >= ownPerDay) {
            throw refused("person " + request.person() + " was searched for " + ownPerDay
                            + " times on their own behalf in 24 hours, which is the limit\nTry again tomorrow, or raise"
                            + " the setting search.own-per-day.")
                    .called("search.own-limit", ownPerDay);
        }
        List<Template> references = tx.references().templates(request.person(), now);
        if (references.isEmpty()) {
            throw refused("person " + request.person() + " has no reference to be found by"
                            + "\nAdd a photo of them, if they agree: likeness person reference add.")
                    .called("search.no-reference");
        }
        return references;
    }

    private void require(ReadTransaction tx, PersonSearch request, Instant now) {
        Collection collection = request.collection();
        tx.vault().requireNotShredded(collection.id());
        tx.basis().permit(collection, now);
        Choice choice = Choice.of(request.audience());
        Finder.requirePurpose(tx, collection, choice.purpose());
        findable.require(tx, request.person(), choice, now);
    }

    private boolean matches(ReadTransaction tx, PersonSearch request, Template selfie, List<Template> references) {
        Template keyed = tx.vault().keyed(request.collection().id(), selfie);
        double scoreMin =
                Threshold.of(reader.model(), SELFIE_FALSE, references.size()).scoreMin();
        return references.stream()
                .anyMatch(reference -> reference.score(keyed, reader.model().metric()) >= scoreMin);
    }

    /// The decision of invariant 3, in the transaction that records the answer.
    private SearchAnswer answer(PersonSearch request, Begun begun, SharedScan.Result result) {
        SearchAttempt attempt = begun.attempt();
        return records.change(tx -> {
            Instant now = clock.instant();
            require(tx, request, now);
            List<FaceId> ids = result.hits().stream().map(Hit::face).toList();
            Map<FaceId, FoundFace> visible = tx.searchable(request.collection().id(), ids, now).stream()
                    .collect(Collectors.toMap(f -> f.face().id(), Function.identity(), (a, _) -> a, HashMap::new));
            Set<FaceId> notThem = new HashSet<>(Verdicts.notThem(
                    request.collection().profile(),
                    request.person(),
                    tx.decisions().decisions(ids)));
            notThem.retainAll(visible.keySet());
            visible.keySet().removeAll(notThem);
            SearchAnswer answer = answers.write(
                    tx,
                    attempt,
                    begun.threshold(),
                    new Answers.Found(result.hits(), result.compared(), result.notCompared(), result.embedded()),
                    new Answers.Visible(visible, new SearchAnswer.LeftOut(0, 0, notThem.size())),
                    request.limit(),
                    now);
            tx.searches().end(attempt.id(), SearchAttempt.State.ANSWERED, now);
            if (request.audience() instanceof Audience.Myself) {
                tx.people().addOwnSearch(request.person(), now);
            }
            return new Records.Changed<>(
                    answer,
                    entry(attempt, Action.SEARCHED, now).withCount(answer.hits().size()));
        });
    }

    /// Records how a search ended that gave no answer.
    private void abort(SearchAttempt attempt, Throwable cause) {
        boolean refused = cause instanceof LikenessException e && e.kind() == LikenessException.Kind.REFUSED;
        SearchAttempt.State state = refused ? SearchAttempt.State.REFUSED : SearchAttempt.State.ABORTED;
        try {
            records.<SearchId>change(tx -> {
                Instant now = clock.instant();
                tx.searches().end(attempt.id(), state, now);
                return new Records.Changed<>(attempt.id(), entry(attempt, Action.SEARCH_REFUSED, now));
            });
        } catch (LikenessException e) {
            cause.addSuppressed(e); // it stays recorded as begun
        }
    }

    private static AuditEntry entry(SearchAttempt attempt, Action action, Instant now) {
        return AuditEntry.of(now, attempt.actor(), action, attempt.id().value(), attempt.collection())
                .withCount(0);
    }

    private static LikenessException refused(String message) {
        return new LikenessException(LikenessException.Kind.REFUSED, message);
    }
}
