package org.likeness.server;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.likeness.core.member.Right;
import org.likeness.library.Likeness;
import org.likeness.library.Summary;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.servlet.View;
import org.springframework.web.servlet.view.RedirectView;

/// The collections somebody may see: where everybody arrives.
@Controller
class CollectionPages {
    private final Likeness likeness;
    private final Pages pages;
    private final FirstOwner firstOwner;

    CollectionPages(Likeness likeness, Pages pages, FirstOwner firstOwner) {
        this.likeness = likeness;
        this.pages = pages;
        this.firstOwner = firstOwner;
    }

    @GetMapping("/")
    @Open(because = "leads strangers to sign in, and the first owner to the welcome page")
    View home(HttpServletRequest request) {
        Optional<Caller> caller = Callers.current();
        if (caller.isEmpty()) {
            return new RedirectView(firstOwner.isMissing() ? "/welcome" : "/sign-in");
        }
        List<Summary> cards = likeness.collections().stream()
                .filter(each -> caller.get().may(Right.SEE_COLLECTION, Optional.of(each.id())))
                .map(likeness::summary)
                .toList();
        return pages.page(request, "collections.jte", "collections.title", "collections", Map.of("cards", cards));
    }
}
