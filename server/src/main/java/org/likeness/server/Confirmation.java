package org.likeness.server;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.likeness.core.member.MemberId;
import org.likeness.library.Likeness;
import org.springframework.http.HttpStatus;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Component;

/// Asks once more who somebody is before something changes how a member signs in, so that a browser
/// left open is not enough: by the present password or by a passkey. Guessing is slowed down. Thread-safe.
@Component
final class Confirmation {
    private final Likeness likeness;
    private final PasswordEncoder passwords;
    private final Attempts attempts;
    private final Passkeys passkeys;
    private final SecurityLog security;

    Confirmation(
            Likeness likeness, PasswordEncoder passwords, Attempts attempts, Passkeys passkeys, SecurityLog security) {
        this.likeness = likeness;
        this.passwords = passwords;
        this.attempts = attempts;
        this.passkeys = passkeys;
        this.security = security;
    }

    /// Whether the present password is right.
    boolean byPassword(HttpServletRequest request, Caller caller, String password) {
        Attempts.Key key = Attempts.Key.password(caller.member());
        boolean right = attempts.begin(key)
                && likeness.members()
                        .credentials(caller.name())
                        .map(known -> passwords.matches(password, known.password()))
                        .orElse(false);
        if (right) {
            attempts.succeeded(key);
        } else {
            security.note(SecurityLog.Event.CONFIRMATION_FAILED, request);
        }
        return right;
    }

    /// Whether a form shows that it is the caller who sends it.
    ///
    /// @param present the password; not looked at when there is an assertion
    /// @param assertion what a browser signed with a passkey, as JSON; empty: none
    boolean holds(
            HttpServletRequest request, HttpServletResponse response, Caller caller, String present, String assertion) {
        if (assertion.isEmpty()) {
            return byPassword(request, caller, present);
        }
        MemberId member = caller.member();
        boolean theirs = passkeys.used(request, response, assertion)
                .filter(member::equals)
                .isPresent();
        if (!theirs) {
            security.note(SecurityLog.Event.CONFIRMATION_FAILED, request);
        }
        return theirs;
    }

    /// As [#holds].
    ///
    /// @throws SignInRefused when it does not
    void require(
            HttpServletRequest request, HttpServletResponse response, Caller caller, String present, String assertion) {
        if (!holds(request, response, caller, present, assertion)) {
            throw new SignInRefused(HttpStatus.UNPROCESSABLE_CONTENT, "failure.present-password");
        }
    }
}
