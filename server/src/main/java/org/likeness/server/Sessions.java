package org.likeness.server;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import org.likeness.core.member.MemberId;
import org.likeness.core.member.Session;
import org.likeness.core.rights.MemberDesk;
import org.likeness.core.rights.SignInDesk;
import org.likeness.core.rights.SignInDesk.Arrival;
import org.likeness.library.Likeness;
import org.springframework.stereotype.Component;

/// Carries sessions between the records and the browser's cookie. The cookie holds a random secret; the records hold
/// its
/// digest, so that a copy of the records lets nobody in. Thread-safe.
@Component
final class Sessions {
    private final Likeness likeness;
    private final ServerOptions options;

    Sessions(Likeness likeness, ServerOptions options) {
        this.likeness = likeness;
        this.options = options;
    }

    private String cookieName() {
        return options.secure() ? "__Host-likeness" : "likeness";
    }

    /// Whoever is signed in with this browser.
    Optional<Caller> byCookie(HttpServletRequest request) {
        return secret(request).flatMap(likeness.signIn()::bySession).map(Sessions::caller);
    }

    /// The member a token stands for, with what the token leaves them.
    Optional<Caller> byToken(String token) {
        return likeness.signIn().byToken(token).map(Sessions::caller);
    }

    private Optional<String> secret(HttpServletRequest request) {
        return Stream.ofNullable(request.getCookies())
                .flatMap(Arrays::stream)
                .filter(cookie -> cookie.getName().equals(cookieName()))
                .map(Cookie::getValue)
                .findFirst();
    }

    private static Caller caller(Arrival arrival) {
        return new Caller(
                arrival.access(), arrival.member().name(), arrival.session().map(Session::id));
    }

    /// Signs a member in with this browser. An older session of the browser ends, so that none can be planted.
    void begin(MemberId member, HttpServletRequest request, HttpServletResponse response) {
        byCookie(request).ifPresent(this::end);
        SignInDesk.Begun begun = likeness.signIn().begin(member, Devices.name(request.getHeader("User-Agent")));
        setCookie(response, begun.secret().text(), (int) Session.LONGEST.toSeconds());
    }

    /// Ends the session of this browser, if there is one.
    void end(HttpServletRequest request, HttpServletResponse response) {
        byCookie(request).ifPresent(this::end);
        setCookie(response, "", 0);
    }

    private void end(Caller caller) {
        caller.session()
                .ifPresent(session ->
                        likeness.as(MemberDesk.actor(caller.member())).signIn().end(caller.member(), session));
    }

    private void setCookie(HttpServletResponse response, String secret, int maxAgeSeconds) {
        Cookie cookie = new Cookie(cookieName(), secret);
        cookie.setPath("/");
        cookie.setHttpOnly(true);
        cookie.setSecure(options.secure());
        cookie.setMaxAge(maxAgeSeconds);
        cookie.setAttribute("SameSite", "Lax"); // a link from a mail must find the member signed in
        response.addCookie(cookie);
    }
}
