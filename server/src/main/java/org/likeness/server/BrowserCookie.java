package org.likeness.server;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;

/// A cookie that no script reads and no other host sets. Immutable.
///
/// @param sameSite `Strict`, or `Lax` where a browser comes from another site
/// @param secure whether it goes by TLS only
record BrowserCookie(String name, String sameSite, boolean secure) {
    Optional<String> read(HttpServletRequest request) {
        return Stream.ofNullable(request.getCookies())
                .flatMap(Arrays::stream)
                .filter(cookie -> cookie.getName().equals(name))
                .map(Cookie::getValue)
                .findFirst();
    }

    void set(HttpServletResponse response, String value, Duration maxAge) {
        Cookie cookie = new Cookie(name, value);
        cookie.setPath("/");
        cookie.setHttpOnly(true);
        cookie.setSecure(secure);
        cookie.setMaxAge((int) maxAge.toSeconds());
        cookie.setAttribute("SameSite", sameSite);
        response.addCookie(cookie);
    }

    void clear(HttpServletResponse response) {
        set(response, "", Duration.ZERO);
    }
}
