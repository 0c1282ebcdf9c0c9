package org.likeness.server;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import java.util.UUID;
import org.likeness.core.demand.Demand;
import org.likeness.core.demand.DemandId;
import org.likeness.core.member.Right;
import org.likeness.library.Likeness;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.servlet.View;

/// What is left of a collection that was erased: the demand and its receipts.
@Controller
class ErasedPages extends CollectionController {
    private final Pages pages;

    ErasedPages(Likeness likeness, Pages pages) {
        super(likeness);
        this.pages = pages;
    }

    /// A demand whose collection is not there any more; while it is there, its own pages show the demand.
    private Demand known(UUID id) {
        Demand demand = likeness().demands().demand(new DemandId(id));
        if (likeness().collections().stream().anyMatch(each -> each.id().equals(demand.collection()))) {
            throw notHere("demand").called("demand.none");
        }
        return demand;
    }

    @GetMapping("/erased/{demand}")
    @Allowed(Right.HANDLE_DEMANDS)
    View erased(HttpServletRequest request, @PathVariable UUID demand) {
        Demand known = known(demand);
        return pages.page(
                request,
                "erased.jte",
                "demands.erased",
                "collections",
                Map.of("demand", known, "statements", likeness().demands().statements(known.id())));
    }

    @GetMapping("/erased/{demand}/receipts/{statement}")
    @Allowed(Right.HANDLE_DEMANDS)
    ResponseEntity<byte[]> receipt(@PathVariable UUID demand, @PathVariable UUID statement) {
        return DemandPages.download(
                "receipt-" + statement + ".json",
                receipt(likeness().demands().statements(known(demand).id()), statement));
    }
}
