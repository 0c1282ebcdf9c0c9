package org.likeness.server;

import org.likeness.library.Likeness;
import org.springframework.security.web.csrf.CookieCsrfTokenRepository;
import org.springframework.stereotype.Component;

/// Makes the cookies that defend a browser. Browsers send a cookie to every port of a host, so each
/// name ends with the installation's mark: two servers on one machine do not sign each other out.
/// Immutable.
@Component
final class Cookies {
    private static final String SESSION = "likeness";

    private final String mark;
    private final ServerOptions options;

    Cookies(Likeness likeness, ServerOptions options) {
        this.mark = likeness.signIn().mark();
        this.options = options;
    }

    private String name(String word) {
        return (options.secure() ? "__Host-" : "") + word + "-" + mark;
    }

    /// The cookie of a session. Lax: a link from a mail must find the member signed in.
    BrowserCookie session() {
        return new BrowserCookie(name(SESSION), "Lax", options.secure());
    }

    /// A cookie that a browser also sends when it comes from another site.
    BrowserCookie lax(String word) {
        return new BrowserCookie(name(SESSION + "-" + word), "Lax", options.secure());
    }

    /// A cookie that a browser sends from pages of ours only.
    BrowserCookie strict(String word) {
        return new BrowserCookie(name(SESSION + "-" + word), "Strict", options.secure());
    }

    /// The token against forged requests.
    CookieCsrfTokenRepository csrfTokens() {
        CookieCsrfTokenRepository tokens = new CookieCsrfTokenRepository();
        tokens.setCookieName(name(SESSION + "-csrf"));
        tokens.setCookiePath("/");
        tokens.setCookieCustomizer(
                cookie -> cookie.httpOnly(true).secure(options.secure()).sameSite("Strict"));
        return tokens;
    }
}
