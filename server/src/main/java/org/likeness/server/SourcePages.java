package org.likeness.server;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.likeness.core.collection.Collection;
import org.likeness.core.member.Right;
import org.likeness.core.rights.SourceDesk;
import org.likeness.core.source.Capacity;
import org.likeness.core.source.SourceContact;
import org.likeness.core.source.SourceState;
import org.likeness.core.source.Use;
import org.likeness.library.Likeness;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.View;
import org.springframework.web.servlet.view.RedirectView;

/// Where a collection's photos come from, and on whose permission.
@Controller
class SourcePages extends CollectionController {
    private static final Form PROPOSED = Form.proposing("uses", Use.STORE.name(), Use.FACE_SEARCH.name());

    private static final Map<String, String> INPUTS =
            Map.of("grant.term", "until", "day.form", "until", "day.year", "until", "source.known", "name");

    private final Pages pages;
    private final Clock clock = Clock.systemUTC();

    SourcePages(Likeness likeness, Pages pages) {
        super(likeness);
        this.pages = pages;
    }

    @GetMapping("/c/{collection}/sources")
    @Allowed(Right.SEE_SOURCES)
    View sources(HttpServletRequest request, @PathVariable UUID collection) {
        return page(request, collection(collection), PROPOSED, PROPOSED, "");
    }

    /// @param grantOf the source whose grant is to be corrected; empty: none
    private View page(HttpServletRequest request, Collection found, Form source, Form grant, String grantOf) {
        Map<String, Object> model = new HashMap<>();
        model.put("sources", likeness().sources().list(found.id()));
        model.put("now", clock.instant());
        model.put("mayManage", Callers.required().may(Right.MANAGE_SOURCES, Optional.of(found.id())));
        model.put("sourceForm", source);
        model.put("grantForm", grant);
        model.put("proposed", PROPOSED);
        model.put("grantOf", grantOf);
        return pages.page(request, found, "sources.jte", "sources.title", "sources", model);
    }

    /// A source and its first grant.
    @PostMapping("/c/{collection}/sources")
    @Allowed(Right.MANAGE_SOURCES)
    View add(
            HttpServletRequest request,
            HttpServletResponse response,
            @PathVariable UUID collection,
            @RequestParam Capacity capacity,
            @RequestParam(defaultValue = "") Set<Use> uses,
            @RequestParam MultiValueMap<String, String> sent) {
        Collection found = collection(collection);
        Texts texts = pages.texts(request);
        Form form = Form.sent(sent).requiring(texts, "name", "grantedBy", "uses");
        SourceContact contact = new SourceContact(form.filled("owner"), form.filled("contact"));
        Form tried = form.tried(
                texts,
                INPUTS,
                "name",
                () -> theirs().sources().add(found.id(), form.value("name"), contact, terms(form, capacity, uses)));
        if (tried.isWrong()) {
            response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
            return page(request, found, tried, PROPOSED, "");
        }
        Notices.show(response, "notice.saved");
        return new RedirectView("/c/" + collection + "/sources");
    }

    private static SourceDesk.Terms terms(Form form, Capacity capacity, Set<Use> uses) {
        return new SourceDesk.Terms(
                form.value("grantedBy"), capacity, uses, endOf(form.filled("until")), Optional.empty());
    }

    /// A further grant of a source that is there.
    @PostMapping("/c/{collection}/sources/{source}/grants")
    @Allowed(Right.MANAGE_SOURCES)
    View give(
            HttpServletRequest request,
            HttpServletResponse response,
            @PathVariable UUID collection,
            @PathVariable UUID source,
            @RequestParam Capacity capacity,
            @RequestParam(defaultValue = "") Set<Use> uses,
            @RequestParam MultiValueMap<String, String> sent) {
        Texts texts = pages.texts(request);
        SourceDesk.Held held = heldSource(collection, source);
        Form form = Form.sent(sent).requiring(texts, "grantedBy", "uses");
        if (held.source().state() != SourceState.CLEARED) { // stopped since: the page has no form for it any more
            theirs().sources().give(held.source(), terms(form, capacity, uses));
        }
        Form tried = form.tried(
                texts, INPUTS, "grantedBy", () -> theirs().sources().give(held.source(), terms(form, capacity, uses)));
        if (tried.isWrong()) {
            response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
            return page(request, collection(collection), PROPOSED, tried, source.toString());
        }
        Notices.show(response, "notice.saved");
        return new RedirectView("/c/" + collection + "/sources");
    }

    @PostMapping("/c/{collection}/sources/{source}/grants/{grant}/end")
    @Allowed(Right.MANAGE_SOURCES)
    View end(
            HttpServletResponse response,
            @PathVariable UUID collection,
            @PathVariable UUID source,
            @PathVariable UUID grant) {
        theirs().sources().end(grant(collection, source, grant));
        Notices.show(response, "notice.grant-ended");
        return new RedirectView("/c/" + collection + "/sources");
    }

    /// The source said stop. What is held of it is deleted by the next purge, which runs at once.
    @PostMapping("/c/{collection}/sources/{source}/stop")
    @Allowed(Right.MANAGE_SOURCES)
    View stop(HttpServletResponse response, @PathVariable UUID collection, @PathVariable UUID source) {
        stopNow(collection, source);
        Notices.show(response, "notice.source-stopped");
        return new RedirectView("/c/" + collection + "/sources");
    }
}
