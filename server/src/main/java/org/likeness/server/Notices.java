package org.likeness.server;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;

/// A sentence shown once on the next page, after a form was sent and the browser redirected. It travels as the key of a
/// text in a cookie, so no session memory is needed and nothing but our own texts can be shown.
final class Notices {
    private static final String COOKIE = "likeness-notice";

    private Notices() {}

    static void show(HttpServletResponse response, String key) {
        Cookie cookie = new Cookie(COOKIE, key);
        cookie.setPath("/");
        cookie.setHttpOnly(true);
        cookie.setMaxAge(30);
        cookie.setAttribute("SameSite", "Strict");
        response.addCookie(cookie);
    }

    /// The key to show; the page's answer clears it, see [#clear].
    static Optional<String> take(HttpServletRequest request) {
        return Stream.ofNullable(request.getCookies())
                .flatMap(Arrays::stream)
                .filter(cookie -> cookie.getName().equals(COOKIE))
                .map(Cookie::getValue)
                .filter(key -> key.matches("notice\\.[a-z0-9.-]{1,60}"))
                .findFirst();
    }

    static void clear(HttpServletResponse response) {
        Cookie cookie = new Cookie(COOKIE, "");
        cookie.setPath("/");
        cookie.setMaxAge(0);
        response.addCookie(cookie);
    }
}
