package org.likeness.server;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.likeness.core.consent.Reference;
import org.likeness.core.consent.ReferenceId;
import org.likeness.core.member.Right;
import org.likeness.library.Likeness;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/// The faces somebody who agreed is found by. Only that there is one is told, never its template.
@RestController
@RequestMapping("/api/v1/collections/{collection}/people/{person}/references")
class ReferenceApi extends CollectionController {
    private final Searches searches;

    ReferenceApi(Likeness likeness, Searches searches) {
        super(likeness);
        this.searches = searches;
    }

    /// A face somebody is found by.
    ///
    /// @param model the model pack it was made with
    record ReferenceView(UUID id, String model, Instant createdAt, Instant expiresAt) {
        static ReferenceView of(Reference reference) {
            return new ReferenceView(
                    reference.id().value(), reference.model().toString(), reference.createdAt(), reference.expiresAt());
        }
    }

    /// The probe whose face becomes a reference.
    ///
    /// @param number of the face, 1 for the largest
    record NewReference(UUID probe, Optional<Integer> number) {}

    /// Lists the faces somebody is found by.
    @GetMapping
    @Allowed(Right.SEE_PEOPLE)
    List<ReferenceView> references(@PathVariable UUID collection, @PathVariable UUID person) {
        return likeness()
                .find()
                .references()
                .references(known(collection, person).id())
                .stream()
                .map(ReferenceView::of)
                .toList();
    }

    /// Adds a face somebody is found by. The photo is not kept.
    @PostMapping
    @Allowed(Right.MANAGE_PEOPLE)
    @ResponseStatus(HttpStatus.CREATED)
    ReferenceView addReference(
            @PathVariable UUID collection, @PathVariable UUID person, @RequestBody NewReference wanted) {
        return ReferenceView.of(theirs().find()
                .references()
                .add(
                        known(collection, person).id(),
                        searches.probe(Callers.required(), collection(collection), wanted.probe()),
                        wanted.number().orElse(1)));
    }

    /// Deletes a face somebody was found by.
    @DeleteMapping("/{reference}")
    @Allowed(Right.MANAGE_PEOPLE)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void removeReference(@PathVariable UUID collection, @PathVariable UUID person, @PathVariable UUID reference) {
        ReferenceId id = likeness()
                .find()
                .references()
                .references(known(collection, person).id())
                .stream()
                .map(Reference::id)
                .filter(each -> each.value().equals(reference))
                .findFirst()
                .orElseThrow(() -> notHere("reference").called("reference.gone"));
        theirs().find().references().remove(id);
    }
}
