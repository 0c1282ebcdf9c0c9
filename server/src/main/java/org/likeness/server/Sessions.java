package org.likeness.server;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;
import org.likeness.core.member.MemberId;
import org.likeness.core.member.Secret;
import org.likeness.core.member.Session;
import org.likeness.core.member.Way;
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
    private final BrowserCookie cookie;
    private final SecurityLog security;

    Sessions(Likeness likeness, Cookies cookies, SecurityLog security) {
        this.likeness = likeness;
        this.cookie = cookies.session();
        this.security = security;
    }

    /// Whoever is signed in with this browser.
    Optional<Caller> byCookie(HttpServletRequest request) {
        Optional<String> secret = cookie.read(request);
        requireForm(Secret.SESSION, secret, request);
        return secret.flatMap(likeness.signIn()::bySession).map(Sessions::caller);
    }

    /// The member a token stands for, with what the token leaves them.
    Optional<Caller> byToken(String token, HttpServletRequest request) {
        requireForm(Secret.TOKEN, Optional.of(token), request);
        return likeness.signIn().byToken(token).map(Sessions::caller);
    }

    /// Notes what nobody was ever given. A secret that is over is none of these.
    private void requireForm(String kind, Optional<String> secret, HttpServletRequest request) {
        if (secret.filter(text -> !Secret.isWellFormed(kind, text)).isPresent()) {
            security.note(SecurityLog.Event.FORGED_SECRET, request);
        }
    }

    private static Caller caller(Arrival arrival) {
        return new Caller(
                arrival.access(),
                arrival.member().name(),
                arrival.session().map(Session::id),
                arrival.session().map(Session::way),
                arrival.half());
    }

    /// Signs a member in with this browser. An older session of the browser ends, so that none can be planted.
    void begin(MemberId member, Way way, HttpServletRequest request, HttpServletResponse response) {
        byCookie(request).ifPresent(this::end);
        SignInDesk.Begun begun = likeness.signIn().begin(member, way, Devices.name(request.getHeader("User-Agent")));
        cookie.set(response, begun.secret().text(), Session.LONGEST);
        security.signedIn(member, way, request);
    }

    /// Ends the session of this browser, if there is one.
    void end(HttpServletRequest request, HttpServletResponse response) {
        byCookie(request).ifPresent(caller -> {
            end(caller);
            security.signedOut(caller.member(), request);
        });
        cookie.clear(response);
    }

    private void end(Caller caller) {
        caller.session()
                .ifPresent(session ->
                        likeness.as(MemberDesk.actor(caller.member())).signIn().end(caller.member(), session));
    }
}
