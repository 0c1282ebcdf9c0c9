package org.likeness.server;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import org.likeness.core.member.Right;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.servlet.View;

/// Models, storage and health of the installation.
@Controller
class InstallationPages {
    private final InstallationApi installation;
    private final Pages pages;

    InstallationPages(InstallationApi installation, Pages pages) {
        this.installation = installation;
        this.pages = pages;
    }

    @GetMapping("/installation")
    @Allowed(Right.SEE_HEALTH)
    View installation(HttpServletRequest request) {
        return pages.page(
                request,
                "installation.jte",
                "installation.title",
                "installation",
                Map.of("now", installation.installation()));
    }
}
