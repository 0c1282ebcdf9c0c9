package org.likeness.server;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.stereotype.Component;

/// Slows down guessing: after five failures for a name or from an address, the next try must wait, twice as long each
/// time, up to a quarter of an hour. In memory and bounded; a restart forgets, which costs an attacker more than it
/// gives. Thread-safe.
@Component
final class Attempts {
    private static final int FREE = 5;
    private static final int REMEMBERED = 10_000;
    private static final Duration LONGEST = Duration.ofMinutes(15);

    private final Clock clock;
    private final Map<String, Failed> failed = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Failed> eldest) {
            return size() > REMEMBERED;
        }
    };

    private record Failed(int times, Instant until) {}

    Attempts() {
        this(Clock.systemUTC());
    }

    Attempts(Clock clock) {
        this.clock = clock;
    }

    /// Whether a try is answered at all now.
    synchronized boolean mayTry(String... keys) {
        Instant now = clock.instant();
        for (String key : keys) {
            Failed past = failed.get(key);
            if (past != null && past.until().isAfter(now)) {
                return false;
            }
        }
        return true;
    }

    synchronized void failed(String... keys) {
        Instant now = clock.instant();
        for (String key : keys) {
            failed.merge(key, new Failed(1, now), (past, one) -> {
                int times = past.times() + 1;
                long seconds = times <= FREE ? 0 : Math.min(LONGEST.toSeconds(), 1L << Math.min(times - FREE, 20));
                return new Failed(times, now.plusSeconds(seconds));
            });
        }
    }

    synchronized void succeeded(String... keys) {
        for (String key : keys) {
            failed.remove(key);
        }
    }
}
