package org.likeness.server;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/// Finds out who sent a request, by session cookie or by token, anew for every request: whoever was shut out a moment
/// ago is out. A header that names a token counts alone; a wrong one is nobody, never the cookie's member.
@Component
final class CallerFilter extends OncePerRequestFilter {
    static final String BEARER = "Bearer ";

    private final Sessions sessions;

    CallerFilter(Sessions sessions) {
        this.sessions = sessions;
    }

    @Override
    protected boolean shouldNotFilterAsyncDispatch() {
        return false;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (!request.getRequestURI().startsWith("/static/")) {
            Optional<Caller> caller = SecurityConfiguration.isByToken(request)
                    ? sessions.byToken(request.getHeader("Authorization").substring(BEARER.length()), request)
                    : sessions.byCookie(request);
            caller.ifPresent(CallerFilter::enter);
        }
        try {
            chain.doFilter(request, response);
        } finally {
            SecurityContextHolder.clearContext();
        }
    }

    private static void enter(Caller caller) {
        SecurityContext context = SecurityContextHolder.createEmptyContext();
        context.setAuthentication(new CallerAuthentication(caller));
        SecurityContextHolder.setContext(context);
    }
}
