package org.likeness.server;

import java.util.List;
import org.springframework.security.authentication.AbstractAuthenticationToken;

/// Spring Security's view of a caller. It grants nothing: [AccessRules] asks core.
final class CallerAuthentication extends AbstractAuthenticationToken {
    private static final long serialVersionUID = 1L;

    private final transient Caller caller;

    CallerAuthentication(Caller caller) {
        super(List.of());
        this.caller = caller;
        setAuthenticated(true);
    }

    @Override
    public String getCredentials() {
        return "";
    }

    @Override
    public Caller getPrincipal() {
        return caller;
    }

    /// A pseudonym; it may be logged.
    @Override
    public String getName() {
        return caller.member().value().toString();
    }
}
