package org.likeness.server;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import java.util.Optional;
import org.likeness.core.member.Member;
import org.likeness.core.member.MemberId;
import org.likeness.core.member.Way;
import org.likeness.library.Likeness;
import org.springframework.http.HttpStatus;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.View;
import org.springframework.web.servlet.view.RedirectView;

/// Where somebody who was invited chooses a password.
@Controller
class InvitationPages {
    private final Likeness likeness;
    private final Pages pages;
    private final Sessions sessions;
    private final PasswordEncoder passwords;

    InvitationPages(Likeness likeness, Pages pages, Sessions sessions, PasswordEncoder passwords) {
        this.likeness = likeness;
        this.pages = pages;
        this.sessions = sessions;
        this.passwords = passwords;
    }

    @GetMapping("/invitation/{code}")
    @Open(because = "needs the code of an invitation")
    View form(HttpServletRequest request, HttpServletResponse response, @PathVariable String code) {
        Optional<Member> invited = likeness.members().invited(code);
        if (invited.isEmpty()) {
            response.setStatus(HttpStatus.NOT_FOUND.value());
        }
        return form(request, code, invited.map(Member::name).orElse(""), invited.isEmpty() ? "invitation.invalid" : "");
    }

    @PostMapping("/invitation/{code}")
    @Open(because = "needs the code of an invitation")
    View accept(
            HttpServletRequest request,
            HttpServletResponse response,
            @PathVariable String code,
            @RequestParam String password) {
        Optional<Member> invited = likeness.members().invited(code);
        if (invited.isEmpty()) {
            return form(request, response, code);
        }
        Optional<String> weakness =
                PasswordRules.weakness(password, invited.get().name());
        if (weakness.isPresent()) {
            response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
            return form(request, code, invited.get().name(), weakness.get());
        }
        MemberId member = likeness.members().accept(code, passwords.encode(password));
        sessions.begin(member, Way.INVITATION, request, response);
        return new RedirectView("/");
    }

    private View form(HttpServletRequest request, String code, String name, String problem) {
        return pages.page(
                request,
                "invitation.jte",
                "invitation.title",
                "invitation",
                Map.of("code", code, "name", name, "problem", problem));
    }
}
