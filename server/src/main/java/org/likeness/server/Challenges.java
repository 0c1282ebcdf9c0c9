package org.likeness.server;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/// Remembers what a browser was asked to sign: for a few minutes, for one answer, for that browser
/// alone. In memory and bounded, for everybody and for each who asks, so that nobody pushes out what others were
/// asked; after a restart people try again. Thread-safe.
@Component
final class Challenges {
    static final Duration LONGEST = Duration.ofMinutes(5);

    private static final int REMEMBERED = 100_000;
    private static final int EACH = 300;
    private static final int BYTES = 32;

    private final Clock clock;
    private final SecureRandom random = new SecureRandom();
    private final Map<String, Asked> asked = new LinkedHashMap<>();
    private final Map<String, Integer> times = new HashMap<>();

    private record Asked(String from, String challenge, Instant until) {}

    Challenges() {
        this(Clock.systemUTC());
    }

    Challenges(Clock clock) {
        this.clock = clock;
    }

    /// A new challenge, in base64url; one that was asked before under this key counts no more.
    ///
    /// @param from who makes us remember it: a network or a member
    synchronized String next(String from, String key) {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        String challenge = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        remove(key); // so that it moves to the end
        makeRoom(from);
        asked.put(key, new Asked(from, challenge, clock.instant().plus(LONGEST)));
        times.merge(from, 1, Integer::sum);
        return challenge;
    }

    private void makeRoom(String from) {
        if (times.getOrDefault(from, 0) >= EACH) {
            asked.entrySet().stream()
                    .filter(each -> each.getValue().from().equals(from))
                    .map(Map.Entry::getKey)
                    .findFirst()
                    .ifPresent(this::remove);
        }
        if (asked.size() >= REMEMBERED) {
            remove(asked.keySet().iterator().next());
        }
    }

    private Optional<Asked> remove(String key) {
        Optional<Asked> removed = Optional.ofNullable(asked.remove(key));
        removed.ifPresent(each -> times.computeIfPresent(each.from(), (_, count) -> count > 1 ? count - 1 : null));
        return removed;
    }

    /// What was asked under this key, once.
    synchronized Optional<String> take(String key) {
        return remove(key).filter(each -> each.until().isAfter(clock.instant())).map(Asked::challenge);
    }
}
