package org.likeness.server;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.servlet.View;

/// How the pages are used, in a few words.
@Controller
class HelpPages {
    private final Pages pages;

    HelpPages(Pages pages) {
        this.pages = pages;
    }

    @GetMapping("/help")
    @SignedIn
    View help(HttpServletRequest request) {
        return pages.page(request, "help.jte", "help.title", "help", Map.of());
    }
}
