package org.likeness.server;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/// Says to a script that sent a form where to go next, instead of sending its request there: the page with the form
/// stays until it is known that all went well, and so does what was typed. See `data-kept` in `page.js`.
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 2)
final class KeptForms extends OncePerRequestFilter {
    static final String SENT = "Likeness-Form";
    static final String NEXT = "Likeness-Next";

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        chain.doFilter(request, request.getHeader(SENT) == null ? response : new Staying(response));
    }

    private static final class Staying extends HttpServletResponseWrapper {
        Staying(HttpServletResponse response) {
            super(response);
        }

        @Override
        public void sendRedirect(String location) {
            setStatus(HttpStatus.NO_CONTENT.value());
            setHeader(NEXT, location);
        }

        @Override
        public void sendRedirect(String location, boolean clearBuffer) {
            sendRedirect(location);
        }

        @Override
        public void sendRedirect(String location, int sc) {
            sendRedirect(location);
        }

        @Override
        public void sendRedirect(String location, int sc, boolean clearBuffer) {
            sendRedirect(location);
        }
    }
}
