package org.likeness.server;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.likeness.core.collection.Collection;
import org.likeness.core.member.Right;
import org.likeness.core.rights.SourceDesk;
import org.likeness.core.source.Capacity;
import org.likeness.core.source.SourceContact;
import org.likeness.core.source.Use;
import org.likeness.library.Likeness;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.View;
import org.springframework.web.servlet.view.RedirectView;

/// Where a collection's photos come from, and on whose permission.
@Controller
class SourcePages extends CollectionController {
    private final Pages pages;
    private final Clock clock = Clock.systemUTC();

    SourcePages(Likeness likeness, Pages pages) {
        super(likeness);
        this.pages = pages;
    }

    @GetMapping("/c/{collection}/sources")
    @Allowed(Right.SEE_SOURCES)
    View sources(HttpServletRequest request, @PathVariable UUID collection) {
        Collection found = collection(collection);
        return pages.page(
                request,
                found,
                "sources.jte",
                "sources.title",
                "sources",
                Map.of(
                        "sources",
                        likeness().sources().list(found.id()),
                        "now",
                        clock.instant(),
                        "mayManage",
                        Callers.required().may(Right.MANAGE_SOURCES, Optional.of(found.id()))));
    }

    /// A source and its first grant, or a further grant of one that is there.
    @PostMapping("/c/{collection}/sources")
    @Allowed(Right.MANAGE_SOURCES)
    View add(
            HttpServletResponse response,
            @PathVariable UUID collection,
            @RequestParam String name,
            @RequestParam Optional<String> owner,
            @RequestParam Optional<String> contact,
            @RequestParam String grantedBy,
            @RequestParam Capacity capacity,
            @RequestParam(defaultValue = "") List<Use> uses,
            @RequestParam Optional<String> until) {
        Collection found = collection(collection);
        SourceDesk.Terms terms =
                new SourceDesk.Terms(grantedBy.strip(), capacity, chosen(uses), endOf(until), Optional.empty());
        theirs().sources().add(found.id(), name.strip(), new SourceContact(filled(owner), filled(contact)), terms);
        Notices.show(response, "notice.saved");
        return new RedirectView("/c/" + collection + "/sources");
    }

    private static Set<Use> chosen(List<Use> uses) {
        Set<Use> chosen = EnumSet.noneOf(Use.class);
        chosen.addAll(uses);
        return chosen;
    }

    @PostMapping("/c/{collection}/sources/{source}/grants")
    @Allowed(Right.MANAGE_SOURCES)
    View give(
            HttpServletResponse response,
            @PathVariable UUID collection,
            @PathVariable UUID source,
            @RequestParam String grantedBy,
            @RequestParam Capacity capacity,
            @RequestParam(defaultValue = "") List<Use> uses,
            @RequestParam Optional<String> until) {
        theirs().sources()
                .give(
                        heldSource(collection, source).source(),
                        new SourceDesk.Terms(
                                grantedBy.strip(), capacity, chosen(uses), endOf(until), Optional.empty()));
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
