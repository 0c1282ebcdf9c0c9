package org.likeness.server;

import java.util.Optional;
import org.springframework.security.core.context.SecurityContextHolder;

/// Finds who sent the request at hand.
final class Callers {
    private Callers() {}

    static Optional<Caller> current() {
        return Optional.ofNullable(SecurityContextHolder.getContext().getAuthentication())
                .map(authentication -> authentication.getPrincipal())
                .filter(Caller.class::isInstance)
                .map(Caller.class::cast);
    }

    /// Whoever calls an endpoint that is not open.
    static Caller required() {
        return current()
                .orElseThrow(() -> new IllegalStateException("the access rules let nobody in without a caller"));
    }
}
