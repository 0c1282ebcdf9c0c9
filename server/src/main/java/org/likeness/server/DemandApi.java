package org.likeness.server;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.likeness.core.collection.CollectionId;
import org.likeness.core.demand.Demand;
import org.likeness.core.demand.DemandId;
import org.likeness.core.demand.ErasurePlan;
import org.likeness.core.demand.Means;
import org.likeness.core.demand.Scope;
import org.likeness.core.member.Right;
import org.likeness.core.photo.PhotoId;
import org.likeness.library.BrowseDesk;
import org.likeness.library.Likeness;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/// What people demanded, how long there is to answer, and the proof that it was done.
@RestController
@RequestMapping("/api/v1/collections/{collection}/demands")
class DemandApi extends DemandController {
    DemandApi(Likeness likeness) {
        super(likeness);
    }

    /// A demand.
    ///
    /// @param scope what kind of thing it is about
    /// @param target the id of that thing
    /// @param dueAt when the answer is owed
    record DemandView(
            UUID id,
            Demand.Kind kind,
            Scope scope,
            UUID target,
            Demand.State state,
            Instant receivedAt,
            Instant dueAt,
            Optional<Instant> closedAt) {
        static DemandView of(Demand demand) {
            return new DemandView(
                    demand.id().value(),
                    demand.kind(),
                    demand.target().scope(),
                    demand.target().id(),
                    demand.state(),
                    demand.receivedAt(),
                    demand.dueAt(),
                    demand.closedAt());
        }
    }

    /// Some demands, the newest first; `next` is the `after` to go on from, missing at the end.
    record DemandPage(List<DemandView> demands, Optional<UUID> next) {}

    /// What would go from one store, and how.
    record PlanLine(String store, Means means, long count) {}

    /// What an erasure would delete.
    ///
    /// @param collections how many it goes from: all that hold the same content
    /// @param residuals what stays and why, in words
    /// @param linkedOriginals how many files lie elsewhere and are not deleted
    record PlanView(List<PlanLine> lines, long collections, List<String> residuals, int linkedOriginals) {
        static PlanView of(ErasurePlan plan) {
            return new PlanView(
                    plan.lines().stream()
                            .map(line -> new PlanLine(line.store(), line.means(), line.count()))
                            .toList(),
                    plan.reach().stream()
                            .map(ErasurePlan.Reach::collection)
                            .distinct()
                            .count(),
                    plan.residuals().stream().map(Object::toString).toList(),
                    plan.linked().size());
        }
    }

    /// A demand to take: to erase or to restrict.
    record NewDemand(Demand.Kind kind, Scope scope, UUID target) {}

    /// A place in a photo, in fractions of its width and height from its left and top edge.
    record Spot(double x, double y) {}

    /// A face to leave out for good: somebody pointed at it, and need not say why.
    ///
    /// @param number of the face among those that are shown, 1 for the largest
    /// @param face by its id instead
    /// @param at a place instead, also where no face was found; none of the three where there is only one face
    record NewObjection(UUID photo, Optional<Integer> number, Optional<UUID> face, Optional<Spot> at) {}

    /// Lists the demands about a collection.
    @GetMapping
    @Allowed(Right.SEE_DEMANDS)
    DemandPage demands(
            @PathVariable UUID collection,
            @RequestParam Optional<UUID> after,
            @RequestParam(defaultValue = "100") int limit) {
        CollectionId id = collection(collection).id();
        List<Demand> all = likeness().demands().demands().stream()
                .filter(demand -> demand.collection().equals(id))
                .toList();
        Keyset<UUID, Demand> page = Keyset.of(all, demand -> demand.id().value(), after, limit);
        return new DemandPage(page.some().stream().map(DemandView::of).toList(), page.next());
    }

    /// Shows a demand.
    @GetMapping("/{demand}")
    @Allowed(Right.SEE_DEMANDS)
    DemandView demand(@PathVariable UUID collection, @PathVariable UUID demand) {
        return DemandView.of(known(collection, new DemandId(demand)));
    }

    /// Says what an erasure would delete; nothing is changed.
    @GetMapping("/plan")
    @Allowed(Right.HANDLE_DEMANDS)
    PlanView erasurePlan(@PathVariable UUID collection, @RequestParam Scope scope, @RequestParam UUID target) {
        return PlanView.of(likeness().eraser().plan(target(collection, scope, target), new CollectionId(collection)));
    }

    /// Takes a demand and carries it out.
    @PostMapping
    @Allowed(Right.HANDLE_DEMANDS)
    @ResponseStatus(HttpStatus.CREATED)
    DemandView takeDemand(@PathVariable UUID collection, @RequestBody NewDemand wanted) {
        return demand(
                collection,
                take(wanted.kind(), target(collection, wanted.scope(), wanted.target()))
                        .value());
    }

    /// Leaves a face out for good because somebody pointed at it.
    @PostMapping("/objections")
    @Allowed(Right.HANDLE_DEMANDS)
    @ResponseStatus(HttpStatus.CREATED)
    DemandView object(@PathVariable UUID collection, @RequestBody NewObjection wanted) {
        BrowseDesk.Seen seen = likeness().browse().photo(new CollectionId(collection), new PhotoId(wanted.photo()));
        DemandId made = object(
                seen,
                pointed(
                        seen,
                        wanted.number(),
                        wanted.face(),
                        wanted.at().map(Spot::x),
                        wanted.at().map(Spot::y)));
        return demand(collection, made.value());
    }

    /// Goes on with an erasure that could not be finished.
    @PostMapping("/{demand}/resume")
    @Allowed(Right.HANDLE_DEMANDS)
    DemandView resumeDemand(@PathVariable UUID collection, @PathVariable UUID demand) {
        theirs().eraser().execute(known(collection, new DemandId(demand)).id());
        return demand(collection, demand);
    }

    /// Ends a restriction.
    @PostMapping("/{demand}/lift")
    @Allowed(Right.HANDLE_DEMANDS)
    DemandView liftDemand(@PathVariable UUID collection, @PathVariable UUID demand) {
        theirs().demands().lift(known(collection, new DemandId(demand)).target());
        return demand(collection, demand);
    }

    /// Lists the receipts and attestations of a demand.
    @GetMapping("/{demand}/receipts")
    @Allowed(Right.SEE_DEMANDS)
    List<ReceiptLine> demandReceipts(@PathVariable UUID collection, @PathVariable UUID demand) {
        return statements(collection, demand).stream().map(ReceiptLine::of).toList();
    }

    /// Hands out a receipt or attestation: it verifies offline, with `Verify.java` alone.
    @GetMapping(path = "/{demand}/receipts/{statement}", produces = "application/json")
    @Allowed(Right.SEE_DEMANDS)
    String demandReceipt(@PathVariable UUID collection, @PathVariable UUID demand, @PathVariable UUID statement) {
        return receipt(statements(collection, demand), statement);
    }
}
