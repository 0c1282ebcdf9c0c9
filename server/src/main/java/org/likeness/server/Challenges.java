package org.likeness.server;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/// Remembers what a browser was asked to sign: for a few minutes, for one answer, for that browser
/// alone. In memory and bounded; after a restart people try again. Thread-safe.
@Component
final class Challenges {
    static final Duration LONGEST = Duration.ofMinutes(5);

    private static final int REMEMBERED = 10_000;
    private static final int BYTES = 32;

    private final Clock clock;
    private final SecureRandom random = new SecureRandom();
    private final Map<String, Asked> asked = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Asked> eldest) {
            return size() > REMEMBERED;
        }
    };

    private record Asked(String challenge, Instant until) {}

    Challenges() {
        this(Clock.systemUTC());
    }

    Challenges(Clock clock) {
        this.clock = clock;
    }

    /// A new challenge, in base64url; one that was asked before under this key counts no more.
    synchronized String next(String key) {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        String challenge = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        asked.remove(key); // so that it moves to the end
        asked.put(key, new Asked(challenge, clock.instant().plus(LONGEST)));
        return challenge;
    }

    /// What was asked under this key, once.
    synchronized Optional<String> take(String key) {
        return Optional.ofNullable(asked.remove(key))
                .filter(each -> each.until().isAfter(clock.instant()))
                .map(Asked::challenge);
    }
}
