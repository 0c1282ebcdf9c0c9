package org.likeness.server;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.likeness.core.audit.LogReport;
import org.likeness.core.collection.Collection;
import org.likeness.core.member.Right;
import org.likeness.library.AuditLog;
import org.likeness.library.Likeness;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.View;

/// The log: what was done, by whom, and whether anybody changed it since.
@Controller
class AuditPages extends CollectionController {
    private static final int PAGE = 100;

    private final Pages pages;

    AuditPages(Likeness likeness, Pages pages) {
        super(likeness);
        this.pages = pages;
    }

    @GetMapping("/c/{collection}/audit")
    @Allowed(Right.SEE_AUDIT)
    View audit(
            HttpServletRequest request, @PathVariable UUID collection, @RequestParam(defaultValue = "0") long before) {
        Collection found = collection(collection);
        AuditLog.Page page =
                likeness().log().before(found.id(), before > 0 ? Optional.of(before) : Optional.empty(), PAGE);
        return pages.page(
                request,
                found,
                "audit.jte",
                "audit.title",
                "audit",
                Map.of(
                        "lines",
                        page.lines(),
                        "size",
                        likeness().log().size(),
                        "next",
                        page.next().orElse(0L),
                        "actors",
                        Actors.seenBy(
                                Callers.required(),
                                pages.texts(request),
                                likeness().members())));
    }

    /// Hashes every entry again and compares with all that was signed.
    @PostMapping("/c/{collection}/audit/verification")
    @Allowed(Right.SEE_AUDIT)
    View verify(HttpServletRequest request, @PathVariable UUID collection) {
        LogReport report = likeness().log().verify(List.of());
        return pages.page(
                request,
                collection(collection),
                "audit-verified.jte",
                "audit.title",
                "audit",
                Map.of("report", report));
    }

    /// The log's head, signed: whoever keeps it can show later that nothing before it was changed.
    @GetMapping("/c/{collection}/audit/checkpoint")
    @Allowed(Right.SEE_AUDIT)
    ResponseEntity<byte[]> checkpoint(@PathVariable UUID collection) {
        return DemandPages.download(
                "checkpoint.txt", likeness().log().checkpoint().note());
    }
}
