package org.likeness.server;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URI;
import java.time.Duration;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.View;

/// The language of the pages, where it should not be the browser's.
@Controller
class LanguagePages {
    @PostMapping("/language")
    @Open(because = "changes only the words of the reader's own pages")
    View choose(HttpServletRequest request, HttpServletResponse response, @RequestParam String language) {
        boolean known =
                Texts.LANGUAGES.stream().anyMatch(each -> each.getLanguage().equals(language));
        if (known) {
            Cookie cookie = new Cookie(Pages.LANGUAGE_COOKIE, language);
            cookie.setPath("/");
            cookie.setHttpOnly(true);
            cookie.setMaxAge((int) Duration.ofDays(365).toSeconds());
            cookie.setAttribute("SameSite", "Lax");
            response.addCookie(cookie);
        }
        String from = request.getHeader("Referer");
        return SignInPages.to(from == null ? "/" : path(from));
    }

    private static String path(String from) {
        try {
            String path = URI.create(from).getRawPath();
            return path == null || path.isEmpty() ? "/" : path;
        } catch (IllegalArgumentException _) {
            return "/";
        }
    }
}
