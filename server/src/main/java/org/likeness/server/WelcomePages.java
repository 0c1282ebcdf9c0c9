package org.likeness.server;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import java.util.Optional;
import org.likeness.core.member.MemberId;
import org.likeness.core.member.Way;
import org.likeness.library.Likeness;
import org.springframework.http.HttpStatus;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.View;
import org.springframework.web.servlet.view.RedirectView;

/// The first start: the owner's account.
@Controller
class WelcomePages {
    private final Likeness likeness;
    private final Pages pages;
    private final FirstOwner firstOwner;
    private final Sessions sessions;
    private final PasswordEncoder passwords;

    WelcomePages(Likeness likeness, Pages pages, FirstOwner firstOwner, Sessions sessions, PasswordEncoder passwords) {
        this.likeness = likeness;
        this.pages = pages;
        this.firstOwner = firstOwner;
        this.sessions = sessions;
        this.passwords = passwords;
    }

    @GetMapping("/welcome")
    @Open(because = "there is no account yet; after that it only leads to sign in")
    View form(HttpServletRequest request, @RequestParam(defaultValue = "") String code) {
        return firstOwner.isMissing() ? form(request, code, "", "") : new RedirectView("/sign-in");
    }

    @PostMapping("/welcome")
    @Open(because = "needs the code that was printed at the start")
    View create(
            HttpServletRequest request,
            HttpServletResponse response,
            @RequestParam(defaultValue = "") String code,
            @RequestParam String name,
            @RequestParam String password) {
        if (!firstOwner.opens(code)) {
            response.setStatus(HttpStatus.FORBIDDEN.value());
            return form(request, code, name, "welcome.code");
        }
        Optional<String> weakness = PasswordRules.weakness(password, name);
        if (weakness.isPresent()) {
            response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
            return form(request, code, name, weakness.get());
        }
        MemberId owner = likeness.members().firstOwner(name, passwords.encode(password));
        sessions.begin(owner, Way.PASSWORD, request, response);
        return new RedirectView("/");
    }

    private View form(HttpServletRequest request, String code, String name, String problem) {
        return pages.page(
                request,
                "welcome.jte",
                "welcome.title",
                "welcome",
                Map.of("code", code, "name", name, "problem", problem));
    }
}
