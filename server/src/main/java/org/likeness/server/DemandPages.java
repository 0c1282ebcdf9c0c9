package org.likeness.server;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.likeness.core.collection.Collection;
import org.likeness.core.collection.CollectionId;
import org.likeness.core.demand.Demand;
import org.likeness.core.demand.DemandId;
import org.likeness.core.demand.ErasurePlan;
import org.likeness.core.demand.Scope;
import org.likeness.core.demand.Target;
import org.likeness.core.member.Right;
import org.likeness.core.person.PersonId;
import org.likeness.core.photo.Box;
import org.likeness.core.photo.PhotoId;
import org.likeness.core.rights.DemandDesk;
import org.likeness.library.BrowseDesk;
import org.likeness.library.Likeness;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
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
        Subjects subjects = subjects(request, found);
        List<DemandLine> lines = likeness().demands().demands().stream()
                .filter(demand -> demand.collection().equals(found.id()))
                .map(demand -> line(demand, subjects))
                .toList();
        named(found, lines.stream().map(DemandLine::subject).toList());
        return pages.page(request, found, "demands.jte", "demands.title", "demands", Map.of("lines", lines));
    }

    private Subjects subjects(HttpServletRequest request, Collection collection) {
        return new Subjects(likeness(), collection, Callers.required(), pages.texts(request));
    }

    private DemandLine line(Demand demand, Subjects subjects) {
        return new DemandLine(
                demand, Duration.between(clock.instant(), demand.dueAt()).toDays(), subjects.of(demand.target()));
    }

    /// Names that a page shows are recorded.
    private void named(Collection collection, List<Subject> subjects) {
        int names = (int) subjects.stream().filter(Subject::named).count();
        if (names > 0) {
            theirs().people().shown(collection.id(), names);
        }
    }

    /// What an erasure would delete; nothing is changed.
    @GetMapping("/c/{collection}/demands/new")
    @Allowed(Right.HANDLE_DEMANDS)
    View plan(
            HttpServletRequest request,
            @PathVariable UUID collection,
            @RequestParam Scope scope,
            @RequestParam UUID id) {
        return plan(request, collection(collection), target(collection, scope, id), Form.blank());
    }

    private View plan(HttpServletRequest request, Collection found, Target target, Form form) {
        Subjects subjects = subjects(request, found);
        Subject subject = subjects.of(target);
        named(found, List.of(subject));
        return pages.page(
                request,
                found,
                "demand-new.jte",
                "demands.new",
                "demands",
                Map.of("page", plan(found, target, subject, subjects), "form", form));
    }

    private PlanPage plan(Collection collection, Target target, Subject subject, Subjects subjects) {
        ErasurePlan plan = likeness().eraser().plan(target, collection.id());
        Set<CollectionId> elsewhere = plan.elsewhere(collection.id());
        List<String> names = likeness().collections().stream()
                .filter(each -> elsewhere.contains(each.id()))
                .filter(each -> Callers.required().may(Right.SEE_COLLECTION, Optional.of(each.id())))
                .map(Collection::name)
                .toList();
        List<DemandDesk.Said> said =
                target.scope() == Scope.PERSON ? likeness().demands().said(new PersonId(target.id())) : List.of();
        return new PlanPage(
                plan,
                subject,
                names,
                elsewhere.size() - names.size(),
                said.stream()
                        .map(each -> new PlanPage.Face(each.face().toString(), subjects.portrait(each.face())))
                        .toList(),
                subject.address().orElse("/c/" + collection.id() + "/demands"));
    }

    /// Takes the demand and carries it out; with a person, also the faces that were said to be theirs, or the photos
    /// these are in. To erase a collection takes its name.
    @PostMapping("/c/{collection}/demands")
    @Allowed(Right.HANDLE_DEMANDS)
    View demand(
            HttpServletRequest request,
            HttpServletResponse response,
            @PathVariable UUID collection,
            @RequestParam Scope scope,
            @RequestParam UUID id,
            @RequestParam Demand.Kind kind,
            @RequestParam(defaultValue = "") Set<UUID> faces,
            @RequestParam(defaultValue = "false") boolean whole,
            @RequestParam(defaultValue = "") String name) {
        Target target = target(collection, scope, id);
        if (scope == Scope.COLLECTION
                && !name.strip().equals(collection(collection).name())) {
            response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
            Form form = Form.proposing("name", name);
            return plan(
                    request,
                    collection(collection),
                    target,
                    form.saying("name", pages.texts(request).of("plan.name.wrong")));
        }
        boolean more = kind == Demand.Kind.ERASE && scope == Scope.PERSON && !faces.isEmpty();
        DemandId made = more ? takeWith(new PersonId(id), faces, whole) : take(kind, target);
        Notices.show(response, more ? "notice.demands-done" : "notice.demand-done");
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
        DemandLine line = line(known(collection, new DemandId(demand)), subjects(request, found));
        named(found, List.of(line.subject()));
        return pages.page(
                request,
                found,
                "demand.jte",
                "demands.one",
                "demands",
                Map.of("line", line, "statements", statements(collection, demand)));
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
