package org.likeness.server;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.likeness.core.collection.Collection;
import org.likeness.core.collection.CollectionId;
import org.likeness.core.demand.Demand;
import org.likeness.core.demand.DemandId;
import org.likeness.core.demand.ErasurePlan;
import org.likeness.core.demand.Scope;
import org.likeness.core.member.Right;
import org.likeness.core.photo.Box;
import org.likeness.core.photo.PhotoId;
import org.likeness.library.BrowseDesk;
import org.likeness.library.Likeness;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.View;
import org.springframework.web.servlet.view.RedirectView;

/// What people demanded, how long there is to answer, and the proof that it was done.
@Controller
class DemandPages extends DemandController {
    private final Pages pages;
    private final Clock clock = Clock.systemUTC();

    DemandPages(Likeness likeness, Pages pages) {
        super(likeness);
        this.pages = pages;
    }

    @GetMapping("/c/{collection}/demands")
    @Allowed(Right.SEE_DEMANDS)
    View demands(HttpServletRequest request, @PathVariable UUID collection) {
        Collection found = collection(collection);
        List<DemandLine> lines = likeness().demands().demands().stream()
                .filter(demand -> demand.collection().equals(found.id()))
                .map(demand -> new DemandLine(
                        demand,
                        Duration.between(clock.instant(), demand.dueAt()).toDays()))
                .toList()
                .reversed();
        return pages.page(request, found, "demands.jte", "demands.title", "demands", Map.of("lines", lines));
    }

    /// What an erasure would delete; nothing is changed.
    @GetMapping("/c/{collection}/demands/new")
    @Allowed(Right.HANDLE_DEMANDS)
    View plan(
            HttpServletRequest request,
            @PathVariable UUID collection,
            @RequestParam Scope scope,
            @RequestParam UUID id) {
        Collection found = collection(collection);
        ErasurePlan plan = likeness().eraser().plan(target(collection, scope, id), found.id());
        return pages.page(
                request,
                found,
                "demand-new.jte",
                "demands.new",
                "demands",
                Map.of("plan", plan, "word", scope.word().toUpperCase(Locale.ROOT)));
    }

    /// Takes the demand and carries it out.
    @PostMapping("/c/{collection}/demands")
    @Allowed(Right.HANDLE_DEMANDS)
    View demand(
            HttpServletResponse response,
            @PathVariable UUID collection,
            @RequestParam Scope scope,
            @RequestParam UUID id,
            @RequestParam Demand.Kind kind) {
        DemandId made = take(kind, target(collection, scope, id));
        Notices.show(response, "notice.demand-done");
        return new RedirectView(pageOf(made));
    }

    /// Where a demand is shown: with its collection, or by itself once that is gone, to who may see it without.
    private String pageOf(DemandId id) {
        CollectionId of = likeness().demands().demand(id).collection();
        if (likeness().collections().stream().anyMatch(each -> each.id().equals(of))) {
            return "/c/" + of + "/demands/" + id;
        }
        return Callers.required().may(Right.HANDLE_DEMANDS, Optional.empty()) ? "/erased/" + id : "/";
    }

    /// What an objection would block; nothing is changed.
    @GetMapping("/c/{collection}/demands/objection")
    @Allowed(Right.HANDLE_DEMANDS)
    View objection(
            HttpServletRequest request,
            @PathVariable UUID collection,
            @RequestParam UUID photo,
            @RequestParam Optional<UUID> face,
            @RequestParam Optional<Double> x,
            @RequestParam Optional<Double> y) {
        Collection found = collection(collection);
        BrowseDesk.Seen seen = likeness().browse().photo(found.id(), new PhotoId(photo));
        Box region = likeness().demands().region(seen.photo().id(), pointed(seen, Optional.empty(), face, x, y));
        return pages.page(
                request,
                found,
                "objection.jte",
                "objection.title",
                "demands",
                Map.of("view", ObjectionView.of(seen.photo(), face.map(UUID::toString), x, y, region)));
    }

    /// Takes an objection and carries it out.
    @PostMapping("/c/{collection}/demands/objections")
    @Allowed(Right.HANDLE_DEMANDS)
    View object(
            HttpServletResponse response,
            @PathVariable UUID collection,
            @RequestParam UUID photo,
            @RequestParam Optional<UUID> face,
            @RequestParam Optional<Double> x,
            @RequestParam Optional<Double> y) {
        BrowseDesk.Seen seen = likeness().browse().photo(new CollectionId(collection), new PhotoId(photo));
        DemandId made = object(seen, pointed(seen, Optional.empty(), face, x, y));
        Notices.show(response, "notice.demand-done");
        return new RedirectView("/c/" + collection + "/demands/" + made);
    }

    @GetMapping("/c/{collection}/demands/{demand}")
    @Allowed(Right.SEE_DEMANDS)
    View demand(HttpServletRequest request, @PathVariable UUID collection, @PathVariable UUID demand) {
        Collection found = collection(collection);
        Demand known = known(collection, new DemandId(demand));
        return pages.page(
                request,
                found,
                "demand.jte",
                "demands.one",
                "demands",
                Map.of(
                        "line",
                        new DemandLine(
                                known,
                                Duration.between(clock.instant(), known.dueAt()).toDays()),
                        "statements",
                        statements(collection, demand)));
    }

    /// Goes on with an erasure that could not be finished.
    @PostMapping("/c/{collection}/demands/{demand}/resume")
    @Allowed(Right.HANDLE_DEMANDS)
    View resume(HttpServletResponse response, @PathVariable UUID collection, @PathVariable UUID demand) {
        theirs().eraser().execute(known(collection, new DemandId(demand)).id());
        Notices.show(response, "notice.demand-done");
        return new RedirectView(pageOf(new DemandId(demand)));
    }

    /// Ends a restriction.
    @PostMapping("/c/{collection}/demands/{demand}/lift")
    @Allowed(Right.HANDLE_DEMANDS)
    View lift(HttpServletResponse response, @PathVariable UUID collection, @PathVariable UUID demand) {
        theirs().demands().lift(known(collection, new DemandId(demand)).target());
        Notices.show(response, "notice.saved");
        return new RedirectView("/c/" + collection + "/demands/" + demand);
    }

    /// A statement with the proof that it is in the log: verifies offline, with `Verify.java` alone.
    @GetMapping("/c/{collection}/demands/{demand}/receipts/{statement}")
    @Allowed(Right.SEE_DEMANDS)
    ResponseEntity<byte[]> receipt(
            @PathVariable UUID collection, @PathVariable UUID demand, @PathVariable UUID statement) {
        return download("receipt-" + statement + ".json", receipt(statements(collection, demand), statement));
    }

    static ResponseEntity<byte[]> download(String name, String text) {
        return ResponseEntity.ok()
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment()
                                .filename(name, StandardCharsets.UTF_8)
                                .build()
                                .toString())
                .contentType(MediaType.APPLICATION_OCTET_STREAM)
                .body(text.getBytes(StandardCharsets.UTF_8));
    }
}
