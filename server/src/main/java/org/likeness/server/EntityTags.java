package org.likeness.server;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.InputStream;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.ShallowEtagHeaderFilter;

/// Gives what the API answers to GET an ETag of its bytes, and answers 304 to whoever has them already
/// (RFC 9110 section 8.8.3). No cache may keep them, `no-store` says, but a program that holds an answer
/// can ask whether it still stands. Original files are not held back to be hashed.
@Component
final class EntityTags extends ShallowEtagHeaderFilter {
    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return !SecurityConfiguration.api().matches(request)
                || !request.getMethod().equals("GET")
                || request.getRequestURI().endsWith("/original");
    }

    @Override
    protected boolean isEligibleForEtag(
            HttpServletRequest request, HttpServletResponse response, int status, InputStream body) {
        return status == HttpServletResponse.SC_OK;
    }
}
