package org.likeness.server;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URI;
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

/// Signing in with a password, and out.
@Controller
class SignInPages {
    /// What a password is compared with where there is no such member, so that the time of an answer tells nothing.
    private final String nobody;

    private final Likeness likeness;
    private final Pages pages;
    private final Sessions sessions;
    private final Attempts attempts;
    private final PasswordEncoder passwords;
    private final Passkeys passkeys;
    private final OpenId openId;
    private final SecurityLog security;
    private final ServerOptions options;

    SignInPages(
            Likeness likeness,
            Pages pages,
            Sessions sessions,
            Attempts attempts,
            PasswordEncoder passwords,
            Passkeys passkeys,
            OpenId openId,
            SecurityLog security,
            ServerOptions options) {
        this.likeness = likeness;
        this.pages = pages;
        this.sessions = sessions;
        this.attempts = attempts;
        this.passwords = passwords;
        this.passkeys = passkeys;
        this.openId = openId;
        this.security = security;
        this.options = options;
        this.nobody = passwords.encode("nobody has this password");
    }

    @GetMapping("/sign-in")
    @Open(because = "the way in")
    View form(
            HttpServletRequest request,
            @RequestParam(defaultValue = "/") String next,
            @RequestParam Optional<String> left) {
        if (Callers.current().isPresent()) {
            return to(next);
        }
        return form(request, next, "", "", left.isPresent() ? signOut(request) : "");
    }

    /// Where somebody ends their session at the provider too.
    private String signOut(HttpServletRequest request) {
        return openId.signOut(options.address(request.getLocalPort()).resolve("/sign-in"))
                .map(URI::toString)
                .orElse("");
    }

    @PostMapping("/sign-in")
    @Open(because = "the way in")
    View signIn(
            HttpServletRequest request,
            HttpServletResponse response,
            @RequestParam String name,
            @RequestParam String password,
            @RequestParam(defaultValue = "/") String next) {
        Attempts.Key[] keys = {
            Attempts.Key.nameFrom(request, name), Attempts.Key.name(name), Attempts.Key.network(request)
        };
        if (!attempts.begin(keys)) {
            security.note(SecurityLog.Event.THROTTLED, request);
            response.setStatus(HttpStatus.TOO_MANY_REQUESTS.value());
            response.setHeader("Retry-After", Failures.RETRY_SECONDS);
            return form(request, next, name, "sign-in.wait", "");
        }
        var found = likeness.members().credentials(name);
        boolean right =
                passwords.matches(password, found.map(each -> each.password()).orElse(nobody));
        Optional<MemberId> member = found.map(each -> each.member());
        if (!right || member.isEmpty()) {
            security.failed(member, Way.PASSWORD, request);
            response.setStatus(HttpStatus.UNAUTHORIZED.value());
            return form(request, next, name, "sign-in.problem", "");
        }
        attempts.succeeded(keys);
        sessions.begin(member.get(), Way.PASSWORD, request, response);
        return to(next);
    }

    @PostMapping("/sign-out")
    @SignedIn(half = true)
    View signOut(HttpServletRequest request, HttpServletResponse response) {
        boolean byProvider = Callers.required().way().filter(Way::isByProvider).isPresent();
        sessions.end(request, response);
        if (byProvider) {
            openId.meet();
        }
        return new RedirectView(byProvider ? "/sign-in?left" : "/sign-in");
    }

    private View form(HttpServletRequest request, String next, String name, String problem, String signOut) {
        return pages.page(
                request,
                "sign-in.jte",
                "sign-in.title",
                "sign-in",
                Map.of(
                        "next",
                        next,
                        "name",
                        name,
                        "problem",
                        problem,
                        "host",
                        passkeys.host(request),
                        "signOut",
                        signOut,
                        "issuer",
                        openId.issuer().map(OpenIdPages::host).orElse("")));
    }

    /// Only to a page of ours: `//elsewhere` and `https:` are other hosts.
    static String ours(String next) {
        boolean ours = next.matches("/(?![/\\\\]).*") && next.chars().noneMatch(Character::isISOControl);
        return ours ? next : "/";
    }

    static RedirectView to(String next) {
        RedirectView there = new RedirectView(ours(next));
        there.setExpandUriTemplateVariables(false); // braces in it are somebody's search, not ours to fill
        return there;
    }
}
