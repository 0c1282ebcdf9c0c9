package org.likeness.server;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
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
import org.likeness.core.consent.Audience;
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
    private final Names names;

    SearchPages(Likeness likeness, Pages pages, Searches searches, Names names) {
        this.likeness = likeness;
        this.pages = pages;
        this.searches = searches;
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
        Collection found = likeness.collection(new CollectionId(collection));
        Map<String, Object> model = new HashMap<>();
        List<ProbeFace> faces = probe.map(id -> faces(found, id)).orElse(List.of());
        int chosen = faces.size() == 1 ? 1 : number;
        model.put("collection", found);
        model.put("event", found.profile() == Profile.EVENT);
        model.put("probe", probe.map(UUID::toString).orElse(""));
        model.put("faces", faces);
        model.put("number", chosen);
        model.put("face", face.map(UUID::toString).orElse(""));
        model.put(
                "picture",
                face.map(id -> "/api/v1/collections/" + collection + "/faces/" + id + "/crop")
                        .or(() -> probe.filter(_ -> chosen > 0)
                                .map(id -> "/c/" + collection + "/search/probes/" + id + "/" + chosen))
                        .orElse(""));
        model.put(
                "sources",
                Callers.required().may(Right.SEE_SOURCES, Optional.of(found.id()))
                        ? likeness.sources().list(found.id()).stream()
                                .map(held -> new Choice(
                                        held.source().id().toString(),
                                        held.source().name()))
                                .toList()
                        : List.of());
        model.put("areas", areas(likeness, found.id(), pages.texts(request)));
        model.put("people", found.profile() == Profile.EVENT ? names.choices(found) : List.of());
        return pages.page(request, found, "search.jte", "search.title", "search", model);
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

    @PostMapping("/c/{collection}/search/probes")
    @Allowed(Right.SEARCH)
    View probe(@PathVariable UUID collection, @RequestParam MultipartFile photo) throws IOException {
        Collection found = likeness.collection(new CollectionId(collection));
        UUID id;
        try (var bytes = photo.getInputStream()) {
            id = searches.read(Callers.required(), found, bytes);
        }
        return new RedirectView("/c/" + collection + "/search?probe=" + id);
    }

    /// The face of a probe, for whoever sent it.
    @GetMapping(path = "/c/{collection}/search/probes/{probe}/{number}", produces = MediaType.IMAGE_PNG_VALUE)
    @Allowed(Right.SEARCH)
    @ResponseBody
    byte[] face(@PathVariable UUID collection, @PathVariable UUID probe, @PathVariable int number) {
        Collection found = likeness.collection(new CollectionId(collection));
        Probe kept = searches.probe(Callers.required(), found, probe);
        if (number < 1 || number > kept.faces().size()) {
            throw new LikenessException(
                    LikenessException.Kind.NOT_FOUND, "the photo has no such face\nChoose another.");
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
            @RequestParam Optional<UUID> person) {
        Collection found = likeness.collection(new CollectionId(collection));
        Caller caller = Callers.required();
        SearchAnswer answer;
        String picture = "";
        if (found.profile() == Profile.EVENT && person.isPresent()) {
            answer = searches.search(caller, new PersonId(person.get()), new Audience.Staff());
        } else {
            answer = searches.search(
                    caller,
                    found,
                    new Searches.Wanted(
                            probe,
                            number,
                            face,
                            source,
                            day(since),
                            day(until),
                            region.filter(text -> !text.isBlank()).map(Region::parse),
                            Optional.empty(),
                            Searches.LIMIT));
            picture = face.map(id -> "/api/v1/collections/" + collection + "/faces/" + id + "/portrait")
                    .orElse("/c/" + collection + "/search/probes/"
                            + probe.map(UUID::toString).orElse("") + "/" + number);
        }
        List<FaceId> faces = answer.photos().stream()
                .flatMap(photo -> photo.candidates().stream())
                .map(candidate -> candidate.face().id())
                .toList();
        return pages.page(
                request,
                found,
                "search-answer.jte",
                "search.title",
                "search",
                Map.of(
                        "view",
                        SearchView.of(
                                answer,
                                picture,
                                pages.texts(request),
                                person.map(UUID::toString),
                                names.said(found.id(), faces)),
                        "archive",
                        found.profile() == Profile.ARCHIVE,
                        "people",
                        person.isPresent() || faces.isEmpty() ? List.of() : names.choices(found)));
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
                        LikenessException.Kind.BAD_INPUT, "a day must be written as 2026-12-31\nCorrect it.", e);
            }
        });
    }

    private void requireSearchOf(Collection collection, SearchId search) {
        if (!likeness.find().decisions().search(search).attempt().collection().equals(collection.id())) {
            throw new LikenessException(
                    LikenessException.Kind.NOT_FOUND, "there is no such search in this collection\nSearch again.");
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
                "search-decided.jte",
                "search.title",
                "search",
                Map.of("verdict", verdict.name(), "waits", verdict == FaceDecision.Verdict.IS && !decided.confirmed()));
    }
}
