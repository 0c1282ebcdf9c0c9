package org.likeness.server;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.likeness.core.LikenessException;
import org.likeness.core.collection.Collection;
import org.likeness.core.collection.CollectionId;
import org.likeness.core.collection.Profile;
import org.likeness.core.member.Right;
import org.likeness.core.person.Details;
import org.likeness.core.person.Person;
import org.likeness.core.person.PersonId;
import org.likeness.core.photo.FaceId;
import org.likeness.core.photo.Region;
import org.likeness.core.rights.DecisionDesk;
import org.likeness.core.rights.MemberDesk;
import org.likeness.core.search.FaceDecision;
import org.likeness.core.search.Probe;
import org.likeness.core.search.SearchAnswer;
import org.likeness.core.search.SearchId;
import org.likeness.core.search.Strictness;
import org.likeness.library.Likeness;
import org.likeness.server.SearchChoices.Choice;
import org.likeness.server.SearchChoices.ProbeFace;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.View;
import org.springframework.web.servlet.view.RedirectView;

/// Finding a face: with a photo somebody sends, with a face of the collection, or a person who
/// agreed to it.
@Controller
class SearchPages {
    private final Likeness likeness;
    private final Pages pages;
    private final Searches searches;
    private final FindablePeople people;
    private final Names names;

    SearchPages(Likeness likeness, Pages pages, Searches searches, FindablePeople people, Names names) {
        this.likeness = likeness;
        this.pages = pages;
        this.searches = searches;
        this.people = people;
        this.names = names;
    }

    @GetMapping("/c/{collection}/search")
    @Allowed(Right.SEARCH)
    View form(
            HttpServletRequest request,
            @PathVariable UUID collection,
            @RequestParam Optional<UUID> probe,
            @RequestParam(defaultValue = "0") int number,
            @RequestParam Optional<UUID> face) {
        return form(request, likeness.collection(new CollectionId(collection)), probe, number, face, "");
    }

    /// @param unusable why the photo that was just sent cannot be searched with; else empty
    private View form(
            HttpServletRequest request,
            Collection found,
            Optional<UUID> probe,
            int number,
            Optional<UUID> face,
            String unusable) {
        Map<String, Object> model = new HashMap<>();
        boolean event = found.profile() == Profile.EVENT;
        List<ProbeFace> faces = probe.map(id -> faces(found, id)).orElse(List.of());
        int chosen = faces.size() == 1 ? 1 : number;
        Texts texts = pages.texts(request);
        model.put("collection", found);
        model.put("event", event);
        model.put("unusable", unusable);
        model.put("probe", probe.map(UUID::toString).orElse(""));
        model.put("faces", faces);
        model.put("number", chosen);
        model.put("face", face.map(UUID::toString).orElse(""));
        model.put("picture", event ? "" : picture(found.id(), probe, chosen, face));
        model.put("rates", rates(texts));
        model.put("sources", event ? List.of() : sources(found.id(), texts));
        model.put("areas", event ? List.of() : areas(likeness, found.id(), texts));
        FindablePeople.Offer offer = event
                ? people.offer(Callers.required(), found.id(), texts)
                : new FindablePeople.Offer(List.of(), List.of());
        model.put("whom", offer.whom());
        model.put("others", offer.others());
        return pages.page(request, found, "search.jte", "search.title", "search", model);
    }

    /// How strict a search may be: the usual, ten times less, ten times more.
    private List<Choice> rates(Texts texts) {
        return Arrays.stream(Strictness.values())
                .map(each -> new Choice(
                        each.name(),
                        texts.of(
                                "search.rate." + each,
                                SearchView.oneIn(
                                        each.of(likeness.settings().maxFalse()).value()))))
                .toList();
    }

    private static String picture(CollectionId collection, Optional<UUID> probe, int number, Optional<UUID> face) {
        return face.map(id -> "/api/v1/collections/" + collection + "/faces/" + id + "/crop")
                .or(() -> probe.filter(_ -> number > 0)
                        .map(id -> "/c/" + collection + "/search/probes/" + id + "/" + number))
                .orElse("");
    }

    private List<Choice> sources(CollectionId collection, Texts texts) {
        return Callers.required().may(Right.SEE_SOURCES, Optional.of(collection))
                ? likeness.sources().list(collection).stream()
                        .map(held -> new Choice(
                                held.source().id().toString(),
                                texts.given(held.source().name())))
                        .toList()
                : List.of();
    }

    /// Where photos of a collection were taken, to choose from.
    static List<Choice> areas(Likeness likeness, CollectionId collection, Texts texts) {
        return likeness.browse().areas(collection).stream()
                .map(area -> new Choice(
                        area.region().text(), texts.of("search.area", texts.place(area.centre()), area.photos())))
                .toList();
    }

    private static List<ProbeFace> faces(Collection collection, UUID id, Probe probe) {
        return IntStream.rangeClosed(1, probe.faces().size())
                .mapToObj(n -> new ProbeFace(n, "/c/" + collection.id() + "/search/probes/" + id + "/" + n))
                .toList();
    }

    private List<ProbeFace> faces(Collection collection, UUID id) {
        return faces(collection, id, searches.probe(Callers.required(), collection, id));
    }

    /// Reads a photo to search with. One that cannot be used is answered with the form, to try another.
    @PostMapping("/c/{collection}/search/probes")
    @Allowed(Right.SEARCH)
    View probe(
            HttpServletRequest request,
            HttpServletResponse response,
            @PathVariable UUID collection,
            @RequestParam MultipartFile photo)
            throws IOException {
        Collection found = likeness.collection(new CollectionId(collection));
        try (var bytes = photo.getInputStream()) {
            UUID id = searches.read(Callers.required(), found, bytes);
            return new RedirectView("/c/" + collection + "/search?probe=" + id);
        } catch (LikenessException e) {
            if (e.kind() != LikenessException.Kind.BAD_INPUT) {
                throw e;
            }
            response.setStatus(Failures.status(e.kind()).value());
            return form(request, found, Optional.empty(), 0, Optional.empty(), Failures.words(e, pages.texts(request)));
        }
    }

    /// The face of a probe, for whoever sent it.
    @GetMapping(path = "/c/{collection}/search/probes/{probe}/{number}", produces = MediaType.IMAGE_PNG_VALUE)
    @Allowed(Right.SEARCH)
    @ResponseBody
    byte[] face(@PathVariable UUID collection, @PathVariable UUID probe, @PathVariable int number) {
        Collection found = likeness.collection(new CollectionId(collection));
        Probe kept = searches.probe(Callers.required(), found, probe);
        if (number < 1 || number > kept.faces().size()) {
            throw new LikenessException(LikenessException.Kind.NOT_FOUND, "the photo has no such face\nChoose another.")
                    .called("face.none");
        }
        return kept.faces().get(number - 1).crop().png();
    }

    /// The candidates, as a part of the page.
    @PostMapping("/c/{collection}/search")
    @Allowed(Right.SEARCH)
    View search(
            HttpServletRequest request,
            @PathVariable UUID collection,
            @RequestParam Optional<UUID> probe,
            @RequestParam(defaultValue = "1") int number,
            @RequestParam Optional<UUID> face,
            @RequestParam Optional<UUID> source,
            @RequestParam Optional<String> since,
            @RequestParam Optional<String> until,
            @RequestParam Optional<String> region,
            @RequestParam(defaultValue = "USUAL") Strictness rate) {
        Collection found = likeness.collection(new CollectionId(collection));
        SearchAnswer answer = searches.search(
                Callers.required(),
                found,
                new Searches.Wanted(
                        probe,
                        number,
                        face,
                        source,
                        day(since),
                        day(until),
                        region.filter(text -> !text.isBlank()).map(Region::parse),
                        Optional.of(rate.of(likeness.settings().maxFalse())),
                        Searches.LIMIT));
        String picture = face.map(id -> "/api/v1/collections/" + collection + "/faces/" + id + "/portrait")
                .orElse("/c/" + collection + "/search/probes/"
                        + probe.map(UUID::toString).orElse("") + "/" + number);
        return answer(request, found, SearchView.of(answer, picture, pages.texts(request), said(found, answer)));
    }

    private Map<FaceId, List<SearchView.Said>> said(Collection collection, SearchAnswer answer) {
        return names.said(
                collection.id(),
                answer.photos().stream()
                        .flatMap(photo -> photo.candidates().stream())
                        .map(candidate -> candidate.face().id())
                        .toList());
    }

    private View answer(HttpServletRequest request, Collection collection, SearchView view) {
        return pages.page(
                request,
                collection,
                "search-answer.jte",
                "search.title",
                "search",
                Map.of(
                        "view",
                        view,
                        "archive",
                        collection.profile() == Profile.ARCHIVE,
                        "people",
                        view.person().isPresent() || view.candidates().isEmpty()
                                ? List.of()
                                : names.choices(collection)));
    }

    /// The candidates for a person who agreed to be found, as a part of the page.
    @PostMapping("/c/{collection}/search/person")
    @Allowed(Right.SEARCH)
    View search(
            HttpServletRequest request,
            HttpServletResponse response,
            @PathVariable UUID collection,
            @RequestParam String whom,
            @RequestParam(defaultValue = "USUAL") Strictness rate) {
        Collection found = likeness.collection(new CollectionId(collection));
        Texts texts = pages.texts(request);
        FindablePeople.Whom wanted = FindablePeople.Whom.parse(whom);
        requireHere(found, wanted.person());
        try {
            SearchAnswer answer = searches.search(
                    Callers.required(),
                    wanted.person(),
                    wanted.audience(),
                    Optional.of(rate.of(likeness.settings().maxFalse())));
            return answer(
                    request,
                    found,
                    SearchView.of(answer, "", texts, Map.of())
                            .of(wanted.person(), likeness.find().decisions().notThem(wanted.person())));
        } catch (LikenessException e) {
            Optional<String> reason = e.kind() == LikenessException.Kind.REFUSED
                    ? people.refusal(found.id(), wanted, texts)
                    : Optional.empty();
            response.setStatus(Failures.status(e.kind()).value());
            return pages.page(
                    request,
                    found,
                    "search-refused.jte",
                    "search.title",
                    "search",
                    Map.of("reason", reason.orElseThrow(() -> e)));
        }
    }

    private void requireHere(Collection collection, PersonId person) {
        if (!likeness.find().collectionOf(person).id().equals(collection.id())) {
            throw new LikenessException(
                            LikenessException.Kind.NOT_FOUND,
                            "there is no such person in this collection\nSee its people.")
                    .called("person.none");
        }
    }

    /// Adds somebody to name, and gives the choice of names with them chosen.
    @PostMapping("/c/{collection}/search/people")
    @Allowed(Right.MANAGE_PEOPLE)
    View add(HttpServletRequest request, @PathVariable UUID collection, @RequestParam String name) {
        Collection found = likeness.collection(new CollectionId(collection));
        Person person = likeness.as(MemberDesk.actor(Callers.required().member()))
                .people()
                .add(
                        found.id(),
                        new Details(Optional.of(name.strip()), Optional.empty(), Optional.empty()),
                        Optional.empty());
        return pages.page(
                request,
                found,
                "search-names.jte",
                "search.title",
                "search",
                Map.of("people", names.choices(found), "chosen", person.id().toString()));
    }

    private static Optional<java.time.LocalDate> day(Optional<String> text) {
        return text.filter(given -> !given.isBlank()).map(given -> {
            try {
                return java.time.LocalDate.parse(given);
            } catch (java.time.DateTimeException e) {
                throw new LikenessException(
                                LikenessException.Kind.BAD_INPUT, "a day must be written as 2026-12-31\nCorrect it.", e)
                        .called("day.form");
            }
        });
    }

    private void requireSearchOf(Collection collection, SearchId search) {
        if (!likeness.find().decisions().search(search).attempt().collection().equals(collection.id())) {
            throw new LikenessException(
                            LikenessException.Kind.NOT_FOUND,
                            "there is no such search in this collection\nSearch again.")
                    .called("search.none");
        }
    }

    /// Says whether a candidate is the person that was searched for.
    @PostMapping("/c/{collection}/searches/{search}/decisions")
    @Allowed(Right.DECIDE)
    View decide(
            HttpServletRequest request,
            @PathVariable UUID collection,
            @PathVariable UUID search,
            @RequestParam int rank,
            @RequestParam FaceDecision.Verdict verdict,
            @RequestParam Optional<UUID> person) {
        Collection found = likeness.collection(new CollectionId(collection));
        requireSearchOf(found, new SearchId(search));
        boolean named = likeness.find()
                .decisions()
                .search(new SearchId(search))
                .attempt()
                .person()
                .isEmpty();
        DecisionDesk.Decided decided = likeness.find()
                .decisions()
                .decide(
                        new SearchId(search),
                        rank,
                        person.map(PersonId::new),
                        verdict,
                        MemberDesk.actor(Callers.required().member()));
        return pages.page(
                request,
                found,
                "search-decide.jte",
                "search.title",
                "search",
                Map.of(
                        "search",
                        search.toString(),
                        "rank",
                        rank,
                        "person",
                        named && verdict == FaceDecision.Verdict.OPEN
                                ? ""
                                : person.map(UUID::toString).orElse(""),
                        "naming",
                        named,
                        "verdict",
                        verdict,
                        "waits",
                        verdict == FaceDecision.Verdict.IS && !decided.confirmed()));
    }

    /// Lets a face be suggested for a person again of which somebody said that it is not them.
    @PostMapping("/c/{collection}/search/person/taken-back")
    @Allowed(Right.DECIDE)
    View takeBack(
            HttpServletRequest request,
            @PathVariable UUID collection,
            @RequestParam UUID person,
            @RequestParam UUID face) {
        Collection found = likeness.collection(new CollectionId(collection));
        PersonId theirs = new PersonId(person);
        requireHere(found, theirs);
        likeness.find()
                .decisions()
                .takeBack(
                        theirs,
                        new FaceId(face),
                        MemberDesk.actor(Callers.required().member()));
        return pages.page(request, found, "search-taken-back.jte", "search.title", "search", Map.of());
    }
}
