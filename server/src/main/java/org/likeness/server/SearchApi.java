package org.likeness.server;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.likeness.core.LikenessException;
import org.likeness.core.collection.Collection;
import org.likeness.core.collection.CollectionId;
import org.likeness.core.consent.Audience;
import org.likeness.core.member.Right;
import org.likeness.core.person.PersonId;
import org.likeness.core.photo.AnalysedPhoto.AnalysedFace;
import org.likeness.core.photo.Region;
import org.likeness.core.rights.DecisionDesk;
import org.likeness.core.rights.MemberDesk;
import org.likeness.core.search.Candidate;
import org.likeness.core.search.Comparison;
import org.likeness.core.search.FaceDecision;
import org.likeness.core.search.PhotoCandidates;
import org.likeness.core.search.Probe;
import org.likeness.core.search.SearchAnswer;
import org.likeness.core.search.SearchId;
import org.likeness.core.template.Rate;
import org.likeness.library.Likeness;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/// Finding faces. No answer holds a template, and none is taken.
@RestController
@RequestMapping("/api/v1/collections/{collection}")
class SearchApi {
    private final Likeness likeness;
    private final Searches searches;

    SearchApi(Likeness likeness, Searches searches) {
        this.likeness = likeness;
        this.searches = searches;
    }

    /// A face of a probe; the box in fractions of the picture, numbers from the largest on.
    record ProbeFace(int number, double x, double y, double width, double height, List<String> flaws) {}

    /// A photo to search with, kept in memory for ten minutes, for its sender only.
    record ProbeView(UUID id, List<ProbeFace> faces) {}

    /// What to search with and where; either `probe` and `number`, or `face`.
    ///
    /// @param region where the photos were taken: `south,west,north,east` in degrees
    /// @param maxFalse how often a stranger's search may return anyone, such as `1/1000`
    record Wanted(
            Optional<UUID> probe,
            Optional<Integer> number,
            Optional<UUID> face,
            Optional<UUID> source,
            Optional<LocalDate> since,
            Optional<LocalDate> until,
            Optional<String> region,
            Optional<String> maxFalse,
            Optional<Integer> limit) {}

    /// Whom to search for, on whose behalf they agreed to: `staff`, `group:NAME` or, when they themselves
    /// asked for it now, `myself`.
    ///
    /// @param maxFalse how often a stranger's search may return anyone, such as `1/1000`
    record WantedPerson(UUID person, String audience, Optional<String> maxFalse) {}

    /// Somebody to look at, never identified.
    ///
    /// @param falseMatchRate share of strangers that look this alike; an upper bound where not
    ///     `measured`
    /// @param falseHere how often a stranger's search here returns anybody this alike, from
    ///     `falseMatchRate`: an upper bound where that is one
    record CandidateView(
            int rank, UUID face, UUID photo, double score, double falseMatchRate, boolean measured, double falseHere) {}

    /// What was alike enough and is not among the candidates.
    ///
    /// @param outside in photos outside of the source, days or region that were asked for
    /// @param undated those of them whose photo does not say when it was taken, where days were asked for
    /// @param notThem of which somebody said that they are not the person
    record LeftOut(long outside, long undated, long notThem) {}

    /// What a search found, best first; empty means nobody was alike enough where it looked.
    ///
    /// @param measured whether the calibration reaches as low as `maxFalse` asks for here; else the threshold
    ///     is estimated, on the strict side
    record AnswerView(
            UUID id,
            double scoreMin,
            double maxFalse,
            boolean measured,
            long compared,
            long notCompared,
            LeftOut leftOut,
            List<CandidateView> candidates) {
        static AnswerView of(SearchAnswer answer) {
            List<CandidateView> candidates = new ArrayList<>();
            for (PhotoCandidates photo : answer.photos()) {
                for (Candidate each : photo.candidates()) {
                    candidates.add(new CandidateView(
                            candidates.size() + 1,
                            each.face().id().value(),
                            photo.photo().id().value(),
                            each.score(),
                            each.rarity().fmr(),
                            each.rarity().measured(),
                            each.falseHere()));
                }
            }
            return new AnswerView(
                    answer.id().value(),
                    answer.threshold().scoreMin(),
                    answer.threshold().fpir(),
                    answer.threshold().measured(),
                    answer.compared(),
                    answer.notCompared(),
                    new LeftOut(
                            answer.leftOut().outside(),
                            answer.leftOut().undated(),
                            answer.leftOut().notThem()),
                    candidates);
        }
    }

    /// What somebody says of a candidate: `IS` or `IS_NOT` the person, or `OPEN` to take that back; the
    /// person of the search when none is named.
    record Decision(int rank, FaceDecision.Verdict verdict, Optional<UUID> person) {}

    /// A decision as it is recorded.
    ///
    /// @param confirmed whether enough members have said so: one, in an archive two
    record Decided(UUID id, boolean confirmed) {}

    private Collection collection(UUID id) {
        return likeness.collection(new CollectionId(id));
    }

    /// Finds the faces in a photo to search with; the photo is kept nowhere.
    @PostMapping(
            path = "/probes",
            consumes = {"image/*", "application/octet-stream"})
    @Allowed(Right.SEARCH)
    @ResponseStatus(HttpStatus.CREATED)
    ProbeView probe(@PathVariable UUID collection, HttpServletRequest request) throws IOException {
        Collection found = collection(collection);
        UUID id = searches.read(Callers.required(), found, request.getInputStream());
        Probe probe = searches.probe(Callers.required(), found, id);
        return new ProbeView(
                id,
                IntStream.range(0, probe.faces().size())
                        .mapToObj(i -> face(probe, i))
                        .toList());
    }

    private static ProbeFace face(Probe probe, int index) {
        AnalysedFace face = probe.faces().get(index);
        return new ProbeFace(
                index + 1,
                face.box().x() / probe.width(),
                face.box().y() / probe.height(),
                face.box().width() / probe.width(),
                face.box().height() / probe.height(),
                face.quality().flaws().stream().map(Enum::name).sorted().toList());
    }

    /// Searches with a face, for faces that are alike enough.
    ///
    /// Every search is written into the audit log, without the face.
    @PostMapping("/searches")
    @Allowed(Right.SEARCH)
    AnswerView search(@PathVariable UUID collection, @RequestBody Wanted wanted) {
        return AnswerView.of(searches.search(
                Callers.required(),
                collection(collection),
                new Searches.Wanted(
                        wanted.probe(),
                        wanted.number().orElse(1),
                        wanted.face(),
                        wanted.source(),
                        wanted.since(),
                        wanted.until(),
                        wanted.region().map(Region::parse),
                        wanted.maxFalse().map(Rate::parse),
                        Keyset.limit(wanted.limit().orElse(Searches.LIMIT)))));
    }

    /// Searches with the references of a person, within what they agreed to.
    @PostMapping("/person-searches")
    @Allowed(Right.SEARCH)
    AnswerView searchPerson(@PathVariable UUID collection, @RequestBody WantedPerson wanted) {
        PersonId person = new PersonId(wanted.person());
        Audience audience = Audience.parse(wanted.audience());
        requireHere(collection, person);
        return AnswerView.of(searches.search(
                Callers.required(), person, audience, wanted.maxFalse().map(Rate::parse)));
    }

    private void requireHere(UUID collection, PersonId person) {
        if (!likeness.find().collectionOf(person).id().value().equals(collection)) {
            throw new LikenessException(
                            LikenessException.Kind.NOT_FOUND,
                            "there is no such person in this collection\nSee its people.")
                    .called("person.none");
        }
    }

    /// Records what the caller says of a candidate.
    ///
    /// @param search the answer that the candidate stands in
    @PostMapping("/searches/{search}/decisions")
    @Allowed(Right.DECIDE)
    @ResponseStatus(HttpStatus.CREATED)
    Decided decide(@PathVariable UUID collection, @PathVariable UUID search, @RequestBody Decision decision) {
        DecisionDesk decisions = likeness.find().decisions();
        SearchId id = new SearchId(search);
        if (!decisions.search(id).attempt().collection().value().equals(collection)) {
            throw new LikenessException(
                            LikenessException.Kind.NOT_FOUND,
                            "there is no such search in this collection\nSearch again.")
                    .called("search.none");
        }
        DecisionDesk.Decided decided = decisions.decide(
                id,
                decision.rank(),
                decision.person().map(PersonId::new),
                decision.verdict(),
                MemberDesk.actor(Callers.required().member()));
        return new Decided(decided.decision().id(), decided.confirmed());
    }

    /// Two faces to compare: each the largest of a probe of this collection.
    record Pair(UUID first, Optional<Integer> firstNumber, UUID second, Optional<Integer> secondNumber) {}

    /// How alike two faces are.
    ///
    /// @param falseMatchRate share of strangers that look this alike; an upper bound where not
    ///     `measured`
    record Compared(double score, double falseMatchRate, boolean measured) {}

    /// Compares two faces, each of a probe.
    @PostMapping("/verifications")
    @Allowed(Right.SEARCH)
    Compared verify(@PathVariable UUID collection, @RequestBody Pair pair) {
        Collection found = collection(collection);
        Comparison compared = likeness.verify(
                searches.probe(Callers.required(), found, pair.first()),
                pair.firstNumber().orElse(1),
                searches.probe(Callers.required(), found, pair.second()),
                pair.secondNumber().orElse(1));
        return new Compared(
                compared.score(), compared.rarity().fmr(), compared.rarity().measured());
    }
}
