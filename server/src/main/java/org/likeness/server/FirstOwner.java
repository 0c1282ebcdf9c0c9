package org.likeness.server;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import org.likeness.library.Likeness;
import org.springframework.stereotype.Component;

/// Keeps the door for the first owner: a code that only whoever started the server sees, so that a stranger who finds
/// the address first does not become the owner. Thread-safe.
@Component
final class FirstOwner {
    private static final int CODE_BYTES = 18;

    private final Likeness likeness;
    private final String code;

    FirstOwner(Likeness likeness) {
        this.likeness = likeness;
        byte[] random = new byte[CODE_BYTES];
        new SecureRandom().nextBytes(random);
        this.code = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    }

    /// Whether nobody owns this installation yet.
    boolean isMissing() {
        return likeness.members().isEmpty();
    }

    /// The code, while it opens anything.
    Optional<String> code() {
        return isMissing() ? Optional.of(code) : Optional.empty();
    }

    boolean opens(String given) {
        return isMissing()
                && MessageDigest.isEqual(given.getBytes(StandardCharsets.UTF_8), code.getBytes(StandardCharsets.UTF_8));
    }
}
