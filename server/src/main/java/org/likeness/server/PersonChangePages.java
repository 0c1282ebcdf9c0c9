package org.likeness.server;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.LocalDate;
import java.util.Optional;
import java.util.UUID;
import org.likeness.core.LikenessException;
import org.likeness.core.collection.Collection;
import org.likeness.core.consent.Reference;
import org.likeness.core.member.Right;
import org.likeness.core.person.Details;
import org.likeness.core.person.GuardianId;
import org.likeness.core.person.Person;
import org.likeness.core.person.PersonId;
import org.likeness.core.rights.PeopleDesk;
import org.likeness.core.search.Probe;
import org.likeness.library.Likeness;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.View;
import org.springframework.web.servlet.view.RedirectView;

/// Corrects what is known of a person: name, guardians, and the photos they are found by.
@Controller
class PersonChangePages extends CollectionController {
    private final Searches searches;

    PersonChangePages(Likeness likeness, Searches searches) {
        super(likeness);
        this.searches = searches;
    }

    /// Corrects who the person is. The language stays as it was.
    @PostMapping("/c/{collection}/people/{person}/details")
    @Allowed(Right.MANAGE_PEOPLE)
    View change(
            HttpServletResponse response,
            @PathVariable UUID collection,
            @PathVariable UUID person,
            @RequestParam Optional<String> name,
            @RequestParam Optional<String> contact,
            @RequestParam Optional<String> majority) {
        Person known = known(collection, person);
        Optional<LocalDate> majorityOn = day(majority);
        Optional<String> language =
                likeness().people().known(known.id()).details().flatMap(Details::language);
        theirs().people().change(known.id(), new Details(filled(name), filled(contact), language));
        if (!known.majorityOn().equals(majorityOn)) {
            theirs().people().change(known.id(), majorityOn);
        }
        Notices.show(response, "notice.saved");
        return PersonPages.to(collection, person);
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
        return PersonPages.to(collection, person);
    }

    /// Corrects who a guardian is. The language stays as it was.
    @PostMapping("/c/{collection}/people/{person}/guardians/{guardian}/details")
    @Allowed(Right.MANAGE_PEOPLE)
    View changeGuardian(
            HttpServletResponse response,
            @PathVariable UUID collection,
            @PathVariable UUID person,
            @PathVariable UUID guardian,
            @RequestParam Optional<String> name,
            @RequestParam Optional<String> contact) {
        PersonId id = known(collection, person).id();
        GuardianId known = guardianOf(id, guardian);
        Optional<String> language = likeness().people().known(id).guardians().stream()
                .filter(each -> each.guardian().id().equals(known))
                .findFirst()
                .flatMap(PeopleDesk.KnownGuardian::details)
                .flatMap(Details::language);
        theirs().people().changeGuardian(known, new Details(filled(name), filled(contact), language));
        Notices.show(response, "notice.saved");
        return PersonPages.to(collection, person);
    }

    /// Somebody who was recorded as a guardian is none.
    @PostMapping("/c/{collection}/people/{person}/guardians/{guardian}/removal")
    @Allowed(Right.MANAGE_PEOPLE)
    View removeGuardian(
            HttpServletResponse response,
            @PathVariable UUID collection,
            @PathVariable UUID person,
            @PathVariable UUID guardian) {
        theirs().people().removeGuardian(guardianOf(known(collection, person).id(), guardian));
        Notices.show(response, "notice.removed");
        return PersonPages.to(collection, person);
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
        return PersonPages.to(collection, person);
    }

    /// A photo the person is found by. Only the face's template is kept, sealed, and only while they
    /// agree. Where it shows several faces, theirs is chosen on the person's page.
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
        if (photo.isEmpty()) {
            throw new LikenessException(
                            LikenessException.Kind.BAD_INPUT, "there is no photo in what was sent\nChoose one.")
                    .called("reference.none");
        }
        UUID sent;
        try (var bytes = photo.getInputStream()) {
            sent = searches.read(Callers.required(), found, bytes);
        }
        Probe probe = searches.probe(Callers.required(), found, sent);
        if (probe.faces().size() > 1) {
            return new RedirectView("/c/" + collection + "/people/" + person + "?photo=" + sent + "#references");
        }
        return add(response, found, id, probe, 1);
    }

    /// The face that was chosen of a photo with several.
    @PostMapping("/c/{collection}/people/{person}/references/chosen")
    @Allowed(Right.MANAGE_PEOPLE)
    View chosen(
            HttpServletResponse response,
            @PathVariable UUID collection,
            @PathVariable UUID person,
            @RequestParam UUID photo,
            @RequestParam int number) {
        Collection found = collection(collection);
        PersonId id = known(collection, person).id();
        return add(response, found, id, searches.probe(Callers.required(), found, photo), number);
    }

    private View add(HttpServletResponse response, Collection found, PersonId person, Probe probe, int number) {
        theirs().find().references().add(person, probe, number);
        Notices.show(response, "notice.reference-added");
        return PersonPages.to(found.id().value(), person.value());
    }

    @PostMapping("/c/{collection}/people/{person}/references/{reference}/removal")
    @Allowed(Right.MANAGE_PEOPLE)
    View removeReference(
            HttpServletResponse response,
            @PathVariable UUID collection,
            @PathVariable UUID person,
            @PathVariable UUID reference) {
        Reference known = likeness()
                .find()
                .references()
                .references(known(collection, person).id())
                .stream()
                .filter(each -> each.id().value().equals(reference))
                .findFirst()
                .orElseThrow(() -> notHere("reference").called("reference.gone"));
        theirs().find().references().remove(known.id());
        Notices.show(response, "notice.removed");
        return PersonPages.to(collection, person);
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
        return PersonPages.to(collection, person);
    }
}
