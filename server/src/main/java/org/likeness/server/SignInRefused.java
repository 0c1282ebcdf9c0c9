package org.likeness.server;

import org.springframework.http.HttpStatus;

/// Somebody could not show who they are; [Failures] says so in the text of this key.
final class SignInRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final HttpStatus status;
    private final String key;

    SignInRefused(HttpStatus status, String key) {
        super(key);
        this.status = status;
        this.key = key;
    }

    HttpStatus status() {
        return status;
    }

    String key() {
        return key;
    }
}
