package org.likeness.server;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.likeness.core.collection.Collection;
import org.likeness.core.member.Right;
import org.likeness.core.person.Details;
import org.likeness.core.person.Person;
import org.likeness.library.Likeness;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.View;
import org.springframework.web.servlet.view.RedirectView;

/// The people of a collection who may be found, and how one is added. Every page that shows names is
/// recorded, with how many it showed.
@Controller
class PeoplePages extends CollectionController {
    private final Pages pages;

    PeoplePages(Likeness likeness, Pages pages) {
        super(likeness);
        this.pages = pages;
    }

    @GetMapping("/c/{collection}/people")
    @Allowed(Right.SEE_PEOPLE)
    View people(HttpServletRequest request, @PathVariable UUID collection) {
        Collection found = collection(collection);
        List<PersonView> people = likeness().people().people(found.id()).stream()
                .filter(person -> person.state() != Person.State.FORGOTTEN)
                .map(person -> PersonView.of(likeness(), person))
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
}
