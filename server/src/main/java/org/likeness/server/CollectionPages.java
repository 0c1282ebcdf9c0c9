package org.likeness.server;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.likeness.core.collection.Collection;
import org.likeness.core.collection.Profile;
import org.likeness.core.member.Right;
import org.likeness.core.rights.MemberDesk;
import org.likeness.library.ImportQueue;
import org.likeness.library.Likeness;
import org.likeness.library.Summary;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.View;
import org.springframework.web.servlet.view.RedirectView;

/// The collections somebody may see: where everybody arrives.
@Controller
class CollectionPages {
    private final Likeness likeness;
    private final Pages pages;
    private final FirstOwner firstOwner;
    private final ImportQueue imports;

    CollectionPages(Likeness likeness, Pages pages, FirstOwner firstOwner, ImportQueue imports) {
        this.likeness = likeness;
        this.pages = pages;
        this.firstOwner = firstOwner;
        this.imports = imports;
    }

    @GetMapping("/")
    @Open(because = "leads strangers to sign in, and the first owner to the welcome page")
    View home(HttpServletRequest request) {
        Optional<Caller> caller = Callers.current();
        if (caller.isEmpty()) {
            return new RedirectView(firstOwner.isMissing() ? "/welcome" : "/sign-in");
        }
        if (caller.get().half()) {
            return new RedirectView(SecondFactorPages.PATH);
        }
        return page(request, caller.get(), Form.blank());
    }

    private View page(HttpServletRequest request, Caller caller, Form form) {
        List<CollectionCard> cards = likeness.collections().stream()
                .filter(each -> caller.may(Right.SEE_COLLECTION, Optional.of(each.id())))
                .map(each -> card(caller, each))
                .toList();
        Map<String, Object> model = new HashMap<>();
        model.put("cards", cards);
        model.put("form", form);
        tour(caller, cards).ifPresent(tour -> model.put("tour", tour));
        return pages.page(request, "collections.jte", "collections.title", "collections", model);
    }

    /// For who can take all steps, until they have, or put them away.
    private Optional<Tour> tour(Caller caller, List<CollectionCard> cards) {
        if (!caller.may(Right.CREATE_COLLECTION, Optional.empty())) {
            return Optional.empty();
        }
        MemberDesk.Tour theirs = likeness.members().tour(caller.member());
        if (theirs.over()) {
            return Optional.empty();
        }
        Tour tour = Tour.of(caller, cards, theirs);
        if (tour.isDone()) {
            likeness.members().endTour(caller.member());
            return Optional.empty();
        }
        return Optional.of(tour);
    }

    private CollectionCard card(Caller caller, Collection collection) {
        Summary summary = likeness.summary(collection);
        boolean photos = caller.may(Right.SEE_PHOTOS, Optional.of(collection.id()));
        return new CollectionCard(
                collection,
                summary.photos(),
                summary.faces(),
                photos
                        ? likeness.browse()
                                .cover(collection.id())
                                .map(photo ->
                                        "/api/v1/collections/" + collection.id() + "/photos/" + photo + "/thumbnail")
                        : Optional.empty(),
                imports.running(collection.id()));
    }

    @PostMapping("/collections")
    @Allowed(Right.CREATE_COLLECTION)
    View create(
            HttpServletRequest request,
            HttpServletResponse response,
            @RequestParam Optional<Profile> profile,
            @RequestParam MultiValueMap<String, String> sent) {
        Caller caller = Callers.required();
        Form form = Form.sent(sent).requiring(pages.texts(request), "name", "profile");
        List<Collection> made = new ArrayList<>();
        Form tried = form.tried(
                pages.texts(request),
                Map.of(),
                "name",
                () -> made.add(likeness.as(MemberDesk.actor(caller.member()))
                        .createCollection(form.value("name"), profile.orElseThrow())));
        if (tried.isWrong()) {
            response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
            return page(request, caller, tried);
        }
        return new RedirectView("/c/" + made.getFirst().id() + "/photos");
    }
}
