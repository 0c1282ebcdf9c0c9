package org.likeness.server;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.likeness.core.member.Member;
import org.likeness.core.member.Way;
import org.likeness.library.Likeness;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.servlet.View;
import org.springframework.web.servlet.view.RedirectView;

/// Signing in through a provider of OpenID Connect. It makes no members: an owner links them.
@Controller
class OpenIdPages {
    private static final String BACK = "/sign-in/oidc/back";

    private final Likeness likeness;
    private final Pages pages;
    private final OpenId openId;
    private final Sessions sessions;
    private final Attempts attempts;
    private final BrowserCookie cookie;
    private final SecurityLog security;
    private final ServerOptions options;

    OpenIdPages(
            Likeness likeness,
            Pages pages,
            OpenId openId,
            Sessions sessions,
            Attempts attempts,
            Cookies cookies,
            SecurityLog security,
            ServerOptions options) {
        this.likeness = likeness;
        this.pages = pages;
        this.openId = openId;
        this.sessions = sessions;
        this.security = security;
        this.attempts = attempts;
        this.cookie = cookies.lax("oidc"); // the browser comes back from another site
        this.options = options;
    }

    /// How people know a provider.
    static String host(String issuer) {
        String host = URI.create(issuer).getHost();
        return host == null ? issuer : host;
    }

    private URI back(HttpServletRequest request) {
        return options.address(request.getLocalPort()).resolve(BACK);
    }

    @GetMapping("/sign-in/oidc")
    @Open(because = "the way in")
    View begin(HttpServletRequest request, HttpServletResponse response) {
        String browser = UUID.randomUUID().toString();
        String there = openId.begin(Network.of(request), browser, back(request)).toString();
        cookie.set(response, browser, Challenges.LONGEST);
        return new RedirectView(there);
    }

    @GetMapping(BACK)
    @Open(because = "the way in")
    View end(HttpServletRequest request, HttpServletResponse response) {
        Attempts.Key from = Attempts.Key.network(request);
        if (!attempts.mayTry(from)) {
            throw new SignInRefused(HttpStatus.TOO_MANY_REQUESTS, "failure.too-many");
        }
        String query = request.getQueryString() == null ? "" : request.getQueryString();
        Optional<String> browser = cookie.read(request);
        cookie.clear(response);
        if (browser.isEmpty()) {
            throw new SignInRefused(HttpStatus.UNAUTHORIZED, "failure.oidc");
        }
        Optional<OpenId.Identity> found = openId.subject(browser.get(), back(request), answer(request, query));
        if (found.isEmpty()) {
            attempts.failed(from);
            security.failed(Optional.empty(), Way.PROVIDER, request);
            throw new SignInRefused(HttpStatus.UNAUTHORIZED, "failure.oidc");
        }
        String subject = found.get().subject();
        Optional<Member> member = openId.issuer()
                .flatMap(issuer -> likeness.members().external(issuer, subject))
                .filter(each -> each.state() == Member.State.ACTIVE);
        if (member.isEmpty()) {
            security.failed(Optional.empty(), Way.PROVIDER, request);
            response.setStatus(HttpStatus.UNAUTHORIZED.value());
            return pages.page(request, "unlinked.jte", "sign-in.unlinked", "sign-in", Map.of("subject", subject));
        }
        Way way = found.get().factors() ? Way.PROVIDER_FACTORS : Way.PROVIDER;
        sessions.begin(member.get().id(), way, request, response);
        return new RedirectView("/");
    }

    private URI answer(HttpServletRequest request, String query) {
        try {
            return URI.create(back(request) + "?" + query);
        } catch (IllegalArgumentException _) {
            return back(request); // says nothing, so it is refused
        }
    }
}
