package org.likeness.server;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.likeness.core.LikenessException;
import org.likeness.core.audit.Statement;
import org.likeness.core.audit.StatementId;
import org.likeness.core.collection.Collection;
import org.likeness.core.demand.Demand;
import org.likeness.core.demand.DemandId;
import org.likeness.core.demand.ErasurePlan;
import org.likeness.core.demand.Scope;
import org.likeness.core.demand.Target;
import org.likeness.core.member.Right;
import org.likeness.core.rights.DemandDesk;
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
class DemandPages extends CollectionController {
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

    private Target target(Collection collection, Scope scope, UUID id) {
        Target target = new Target(scope, id);
        if (!likeness().demands().collection(target).equals(collection.id())) {
            throw notHere(scope.word());
        }
        return target;
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
        ErasurePlan plan = likeness().eraser().plan(target(found, scope, id), found.id());
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
        Collection found = collection(collection);
        Target target = target(found, scope, id);
        DemandId made = switch (kind) {
            case ERASE -> {
                DemandDesk.Received received = theirs().demands().erase(target);
                theirs().eraser().execute(received.demand().id());
                yield received.demand().id();
            }
            case RESTRICT -> theirs().demands().restrict(target).demand().id();
            case OBJECT, ACCESS, STOP ->
                throw new LikenessException(
                        LikenessException.Kind.BAD_INPUT,
                        "this demand is not taken here\nErase or restrict; the other demands have their own way.");
        };
        Notices.show(response, "notice.demand-done");
        return new RedirectView("/c/" + collection + "/demands/" + made);
    }

    private Demand known(Collection collection, UUID id) {
        Demand demand = likeness().demands().demand(new DemandId(id));
        if (!demand.collection().equals(collection.id())) {
            throw notHere("demand");
        }
        return demand;
    }

    @GetMapping("/c/{collection}/demands/{demand}")
    @Allowed(Right.SEE_DEMANDS)
    View demand(HttpServletRequest request, @PathVariable UUID collection, @PathVariable UUID demand) {
        Collection found = collection(collection);
        Demand known = known(found, demand);
        List<Statement> statements = likeness().demands().statements(known.id());
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
                        statements));
    }

    /// Goes on with an erasure that could not be finished.
    @PostMapping("/c/{collection}/demands/{demand}/resume")
    @Allowed(Right.HANDLE_DEMANDS)
    View resume(HttpServletResponse response, @PathVariable UUID collection, @PathVariable UUID demand) {
        theirs().eraser().execute(known(collection(collection), demand).id());
        Notices.show(response, "notice.demand-done");
        return new RedirectView("/c/" + collection + "/demands/" + demand);
    }

    /// Ends a restriction.
    @PostMapping("/c/{collection}/demands/{demand}/lift")
    @Allowed(Right.HANDLE_DEMANDS)
    View lift(HttpServletResponse response, @PathVariable UUID collection, @PathVariable UUID demand) {
        theirs().demands().lift(known(collection(collection), demand).target());
        Notices.show(response, "notice.saved");
        return new RedirectView("/c/" + collection + "/demands/" + demand);
    }

    /// A statement with the proof that it is in the log: verifies offline, with `Verify.java` alone.
    @GetMapping("/c/{collection}/demands/{demand}/receipts/{statement}")
    @Allowed(Right.SEE_DEMANDS)
    ResponseEntity<byte[]> receipt(
            @PathVariable UUID collection, @PathVariable UUID demand, @PathVariable UUID statement) {
        Demand known = known(collection(collection), demand);
        StatementId id = new StatementId(statement);
        boolean theirs = likeness().demands().statements(known.id()).stream()
                .anyMatch(each -> each.id().equals(id));
        if (!theirs) {
            throw notHere("receipt");
        }
        return download(
                "receipt-" + statement + ".json",
                likeness().receipt(id, Map.of()).json());
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
