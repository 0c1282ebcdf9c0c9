package org.likeness.server;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.csrf.CsrfException;
import org.springframework.stereotype.Component;

/// What someone hears who is not let in: a person is sent to sign in, a program gets 401 or 403. A collection that the
/// caller may not see is answered like one that does not exist.
@Component
final class Refusals implements AuthenticationEntryPoint, AccessDeniedHandler {
    private final Failures failures;
    private final SecurityLog security;

    Refusals(Failures failures, SecurityLog security) {
        this.failures = failures;
        this.security = security;
    }

    @Override
    public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException refused)
            throws IOException, ServletException {
        if (!isPage(request)) {
            response.setHeader("WWW-Authenticate", "Bearer realm=\"likeness\"");
            failures.answer(request, response, HttpStatus.UNAUTHORIZED, "failure.sign-in");
            return;
        }
        response.sendRedirect("/sign-in?next=" + asked(request));
    }

    private static boolean isPage(HttpServletRequest request) {
        return request.getMethod().equals("GET")
                && !SecurityConfiguration.api().matches(request)
                && request.getHeader("HX-Request") == null;
    }

    private static String asked(HttpServletRequest request) {
        String query = request.getQueryString() == null ? "" : "?" + request.getQueryString();
        return URLEncoder.encode(request.getRequestURI() + query, StandardCharsets.UTF_8);
    }

    @Override
    public void handle(HttpServletRequest request, HttpServletResponse response, AccessDeniedException refused)
            throws IOException, ServletException {
        Optional<Caller> caller = Callers.current();
        if (refused instanceof CsrfException) {
            security.note(SecurityLog.Event.FORGED_REQUEST, request);
            failures.answer(request, response, HttpStatus.FORBIDDEN, "failure.csrf");
        } else if (caller.isEmpty()) {
            commence(
                    request,
                    response,
                    new org.springframework.security.authentication.InsufficientAuthenticationException(
                            "not signed in", refused));
        } else if (caller.get().half()) {
            if (isPage(request)) {
                response.sendRedirect(SecondFactorPages.PATH + "?next=" + asked(request));
            } else {
                failures.answer(request, response, HttpStatus.FORBIDDEN, "failure.second-factor");
            }
        } else {
            security.note(SecurityLog.Event.REFUSED, request);
            failures.answer(request, response, HttpStatus.FORBIDDEN, "failure.not-allowed");
        }
    }
}
