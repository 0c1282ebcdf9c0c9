package org.likeness.server;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.likeness.core.LikenessException;
import org.likeness.core.audit.Statement;
import org.likeness.core.collection.Collection;
import org.likeness.core.consent.Choice;
import org.likeness.core.consent.Method;
import org.likeness.core.consent.Notice;
import org.likeness.core.member.Right;
import org.likeness.core.person.Details;
import org.likeness.core.person.Person;
import org.likeness.core.person.PersonId;
import org.likeness.core.rights.ConsentDesk;
import org.likeness.core.rights.PeopleDesk;
import org.likeness.core.search.Probe;
import org.likeness.library.Likeness;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.View;
import org.springframework.web.servlet.view.RedirectView;

/// People who may be found, what they answered, and the photos they are found by. Every page that
/// shows names is
/// recorded, with how many it showed.
@Controller
class PeoplePages extends CollectionController {
    private final Pages pages;
    private final Searches searches;
    private final AccessAnswers answers;

    PeoplePages(Likeness likeness, Pages pages, Searches searches, AccessAnswers answers) {
        super(likeness);
        this.pages = pages;
        this.searches = searches;
        this.answers = answers;
    }

    private PersonView view(Person person) {
        PeopleDesk.Known known = likeness().people().known(person.id());
        Optional<Details> details = known.details();
        return new PersonView(
                person,
                details.flatMap(Details::name).orElse(""),
                details.flatMap(Details::contact).orElse(""),
                likeness().consents().answers(person.id()),
                known.guardians(),
                likeness().find().references().references(person.id()).size());
    }

    @GetMapping("/c/{collection}/people")
    @Allowed(Right.SEE_PEOPLE)
    View people(HttpServletRequest request, @PathVariable UUID collection) {
        Collection found = collection(collection);
        List<PersonView> people = likeness().people().people(found.id()).stream()
                .filter(person -> person.state() != Person.State.FORGOTTEN)
                .map(this::view)
                .toList();
        if (!people.isEmpty()) {
            theirs().people().shown(found.id(), people.size());
        }
        return pages.page(request, found, "people.jte", "people.title", "people", Map.of("people", people));
    }

    @PostMapping("/c/{collection}/people")
    @Allowed(Right.MANAGE_PEOPLE)
    View add(
            @PathVariable UUID collection,
            @RequestParam Optional<String> name,
            @RequestParam Optional<String> contact,
            @RequestParam Optional<String> majority) {
        Person person = theirs().people()
                .add(
                        collection(collection).id(),
                        new Details(filled(name), filled(contact), Optional.empty()),
                        day(majority));
        return new RedirectView("/c/" + collection + "/people/" + person.id());
    }

    @GetMapping("/c/{collection}/people/{person}")
    @Allowed(Right.SEE_PEOPLE)
    View person(HttpServletRequest request, @PathVariable UUID collection, @PathVariable UUID person) {
        return page(request, collection(collection), person, "");
    }

    private View page(HttpServletRequest request, Collection found, UUID person, String code) {
        Person known = known(found.id().value(), person);
        theirs().people().shown(found.id(), 1);
        Map<String, Object> model = new HashMap<>();
        model.put("person", view(known));
        model.put("references", likeness().find().references().references(known.id()));
        model.put("statements", likeness().demands().statementsAbout(known.id().value()));
        model.put("code", code);
        model.put("languages", languages(found));
        return pages.page(request, found, "person.jte", "people.one", "people", model);
    }

    /// The languages of the notice in force; none where there is no notice.
    private List<String> languages(Collection found) {
        List<Notice> notices = likeness().notices().notices(found.id());
        return notices.isEmpty()
                ? List.of()
                : notices.getLast().texts().stream().map(Notice.Text::language).toList();
    }

    /// What somebody answered: each choice by itself.
    @PostMapping("/c/{collection}/people/{person}/answers")
    @Allowed(Right.RECORD_CONSENT)
    View answer(
            HttpServletRequest request,
            @PathVariable UUID collection,
            @PathVariable UUID person,
            @RequestParam Method method,
            @RequestParam Optional<String> myself,
            @RequestParam Optional<String> staff,
            @RequestParam Optional<String> group,
            @RequestParam Optional<String> ofGroup,
            @RequestParam Optional<UUID> guardian,
            @RequestParam Optional<String> language,
            @RequestParam Optional<String> until) {
        Collection found = collection(collection);
        PersonId id = known(collection, person).id();
        Map<Choice, Boolean> yes = new LinkedHashMap<>();
        filled(myself).ifPresent(answer -> yes.put(Choice.MYSELF, answer.equals("yes")));
        filled(staff).ifPresent(answer -> yes.put(Choice.STAFF, answer.equals("yes")));
        filled(group)
                .ifPresent(
                        name -> filled(ofGroup).ifPresent(answer -> yes.put(Choice.group(name), answer.equals("yes"))));
        ConsentDesk.Recorded recorded = theirs().consents()
                .record(new ConsentDesk.Answers(
                        id,
                        guardian.map(each -> guardianOf(id, each)),
                        yes,
                        method,
                        Optional.empty(),
                        filled(language),
                        endOf(until)));
        return page(
                request, found, person, recorded.code().map(code -> code.text()).orElse(""));
    }

    /// Somebody who decides for a minor.
    @PostMapping("/c/{collection}/people/{person}/guardians")
    @Allowed(Right.MANAGE_PEOPLE)
    View addGuardian(
            HttpServletResponse response,
            @PathVariable UUID collection,
            @PathVariable UUID person,
            @RequestParam Optional<String> name,
            @RequestParam Optional<String> contact) {
        theirs().people()
                .addGuardian(
                        known(collection, person).id(), new Details(filled(name), filled(contact), Optional.empty()));
        Notices.show(response, "notice.saved");
        return new RedirectView("/c/" + collection + "/people/" + person);
    }

    /// A guardian was told that the person is asked; until then nobody's yes counts.
    @PostMapping("/c/{collection}/people/{person}/guardians/{guardian}/notification")
    @Allowed(Right.MANAGE_PEOPLE)
    View guardianNotified(
            HttpServletResponse response,
            @PathVariable UUID collection,
            @PathVariable UUID person,
            @PathVariable UUID guardian) {
        theirs().people().notified(guardianOf(known(collection, person).id(), guardian));
        Notices.show(response, "notice.saved");
        return new RedirectView("/c/" + collection + "/people/" + person);
    }

    @PostMapping("/c/{collection}/people/{person}/withdrawal")
    @Allowed(Right.RECORD_CONSENT)
    View withdraw(
            HttpServletResponse response,
            @PathVariable UUID collection,
            @PathVariable UUID person,
            @RequestParam Method method) {
        theirs().consents().withdraw(known(collection, person).id(), Optional.empty(), method);
        Notices.show(response, "notice.withdrawn");
        return new RedirectView("/c/" + collection + "/people/" + person);
    }

    /// Everything that is held on somebody who asked, to hand over.
    @PostMapping("/c/{collection}/people/{person}/access")
    @Allowed(Right.HANDLE_DEMANDS)
    void access(HttpServletResponse response, @PathVariable UUID collection, @PathVariable UUID person)
            throws IOException {
        answers.send(theirs(), known(collection, person).id(), response);
    }

    /// A photo the person is found by. Only the face's template is kept, sealed, and only while
    /// they agree.
    @PostMapping("/c/{collection}/people/{person}/references")
    @Allowed(Right.MANAGE_PEOPLE)
    View reference(
            HttpServletResponse response,
            @PathVariable UUID collection,
            @PathVariable UUID person,
            @RequestParam MultipartFile photo)
            throws IOException {
        Collection found = collection(collection);
        PersonId id = known(collection, person).id();
        Probe probe;
        try (var bytes = photo.getInputStream()) {
            probe = searches.probe(Callers.required(), found, searches.read(Callers.required(), found, bytes));
        }
        if (probe.faces().size() > 1) {
            throw new LikenessException(
                    LikenessException.Kind.BAD_INPUT,
                    "the photo shows " + probe.faces().size() + " faces\nUse one that shows the person alone.");
        }
        theirs().find().references().add(id, probe, 1);
        Notices.show(response, "notice.reference-added");
        return new RedirectView("/c/" + collection + "/people/" + person);
    }

    @PostMapping("/c/{collection}/people/{person}/state")
    @Allowed(Right.MANAGE_PEOPLE)
    View suspend(
            HttpServletResponse response,
            @PathVariable UUID collection,
            @PathVariable UUID person,
            @RequestParam boolean suspended) {
        PersonId id = known(collection, person).id();
        if (suspended) {
            theirs().people().suspend(id);
        } else {
            theirs().people().resume(id);
        }
        Notices.show(response, "notice.saved");
        return new RedirectView("/c/" + collection + "/people/" + person);
    }

    @GetMapping("/c/{collection}/people/{person}/receipts/{statement}")
    @Allowed(Right.SEE_PEOPLE)
    ResponseEntity<byte[]> receipt(
            @PathVariable UUID collection, @PathVariable UUID person, @PathVariable UUID statement) {
        List<Statement> all = likeness()
                .demands()
                .statementsAbout(known(collection, person).id().value());
        return DemandPages.download("receipt-" + statement + ".json", receipt(all, statement));
    }
}
