package org.likeness.server;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.likeness.core.collection.Assessment;
import org.likeness.core.collection.BasisDraft;
import org.likeness.core.collection.Collection;
import org.likeness.core.collection.LawfulBasis;
import org.likeness.core.collection.Purpose;
import org.likeness.core.collection.Retention;
import org.likeness.core.collection.SpecialCondition;
import org.likeness.core.consent.Notice;
import org.likeness.core.member.Right;
import org.likeness.library.Likeness;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.View;
import org.springframework.web.servlet.view.RedirectView;

/// On what a collection rests, for how long, and what people are told.
@Controller
class SettingsPages extends CollectionController {
    private final Pages pages;

    SettingsPages(Likeness likeness, Pages pages) {
        super(likeness);
        this.pages = pages;
    }

    @GetMapping("/c/{collection}/settings")
    @Allowed(Right.MANAGE_COLLECTION)
    View settings(HttpServletRequest request, @PathVariable UUID collection) {
        Collection found = collection(collection);
        Map<String, Object> model = new HashMap<>();
        model.put("collection", found);
        model.put("summary", likeness().summary(found));
        model.put("bases", likeness().bases().versions(found).reversed());
        model.put("notices", likeness().notices().notices(found.id()).reversed());
        model.put("purposes", List.copyOf(found.profile().purposes()));
        model.put(
                "conditions",
                Arrays.stream(SpecialCondition.values())
                        .filter(each -> each.fits(found.profile()))
                        .toList());
        return pages.page(request, found, "settings.jte", "settings.title", "settings", model);
    }

    /// Publishes the next version of what people are told.
    @PostMapping("/c/{collection}/settings/notices")
    @Allowed(Right.MANAGE_COLLECTION)
    View publish(
            HttpServletResponse response,
            @PathVariable UUID collection,
            @RequestParam Optional<String> english,
            @RequestParam Optional<String> german,
            @RequestParam(defaultValue = "false") boolean material) {
        List<Notice.Text> texts = new ArrayList<>();
        filled(english).ifPresent(text -> texts.add(Notice.Text.of("en", text)));
        filled(german).ifPresent(text -> texts.add(Notice.Text.of("de", text)));
        theirs().notices().publish(collection(collection).id(), texts, material);
        Notices.show(response, "notice.published");
        return new RedirectView("/c/" + collection + "/settings");
    }

    /// Records on what the collection rests from now on.
    @PostMapping("/c/{collection}/settings/basis")
    @Allowed(Right.MANAGE_COLLECTION)
    View basis(
            HttpServletResponse response,
            @PathVariable UUID collection,
            @RequestParam Optional<String> controller,
            @RequestParam Optional<LawfulBasis> lawfulBasis,
            @RequestParam Optional<SpecialCondition> condition,
            @RequestParam(defaultValue = "") List<Purpose> purposes,
            @RequestParam Optional<String> photosKept,
            @RequestParam Optional<String> templatesKept,
            @RequestParam Optional<String> inactivity,
            @RequestParam Optional<Integer> notice,
            @RequestParam Optional<String> alternative,
            @RequestParam Optional<Assessment.Decision> dpia,
            @RequestParam Optional<String> dpiaReason) {
        Collection found = collection(collection);
        Set<Purpose> why = EnumSet.noneOf(Purpose.class);
        why.addAll(purposes);
        theirs().bases()
                .record(
                        found,
                        new BasisDraft(
                                filled(controller),
                                lawfulBasis,
                                condition,
                                why,
                                filled(photosKept).map(Retention::period),
                                filled(templatesKept).map(Retention::period),
                                filled(inactivity).map(Retention::period),
                                Optional.empty(),
                                notice,
                                filled(alternative),
                                filled(dpiaReason)
                                        .flatMap(reason -> dpia.map(decision -> new Assessment(decision, reason)))));
        theirs().fillTemplates(found, _ -> {});
        Notices.show(response, "notice.saved");
        return new RedirectView("/c/" + collection + "/settings");
    }
}
