package org.likeness.server;

import org.likeness.library.Likeness;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Component;

/// Asks once more for the password before something changes how a member signs in, so that a browser
/// left open is not enough. Guessing is slowed down. Thread-safe.
@Component
final class PresentPassword {
    private final Likeness likeness;
    private final PasswordEncoder passwords;
    private final Attempts attempts;

    PresentPassword(Likeness likeness, PasswordEncoder passwords, Attempts attempts) {
        this.likeness = likeness;
        this.passwords = passwords;
        this.attempts = attempts;
    }

    boolean matches(Caller caller, String password) {
        String key = "password " + caller.member();
        boolean right = attempts.mayTry(key)
                && likeness.members()
                        .credentials(caller.name())
                        .map(known -> passwords.matches(password, known.password()))
                        .orElse(false);
        if (right) {
            attempts.succeeded(key);
        } else {
            attempts.failed(key);
        }
        return right;
    }
}
