package org.likeness.server;

import org.likeness.library.Likeness;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.View;
import org.springframework.web.servlet.view.RedirectView;

/// Puts the first steps away.
@Controller
class TourPages {
    private final Likeness likeness;

    TourPages(Likeness likeness) {
        this.likeness = likeness;
    }

    @PostMapping("/tour/end")
    @SignedIn
    View end() {
        likeness.members().endTour(Callers.required().member());
        return new RedirectView("/");
    }
}
