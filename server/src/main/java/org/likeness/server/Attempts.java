package org.likeness.server;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.likeness.core.member.MemberId;
import org.likeness.core.member.Secret;
import org.springframework.stereotype.Component;

/// Slows down guessing: after some failures under a key, the next try must wait, twice as long each time, up to a
/// quarter of an hour. An hour after the last wait the failures are forgotten. In memory and bounded; a restart
/// forgets, which costs an attacker more than it gives. Thread-safe.
@Component
final class Attempts {
    private static final int REMEMBERED = 10_000;
    private static final Duration LONGEST = Duration.ofMinutes(15);
    private static final Duration FORGOTTEN = Duration.ofHours(1);

    private final Clock clock;
    private final Map<Key, Failed> failed = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Failed> eldest) {
            return size() > REMEMBERED;
        }
    };

    /// What failures are counted under.
    ///
    /// @param digest of what it stands for, which a stranger may have chosen: names, and as long as they like
    /// @param free how many failures cost nothing
    /// @param shared whether others may fail under it too, so that one who succeeds takes back their own try only
    record Key(String digest, int free, boolean shared) {
        /// One name from one network: a few mistakes.
        static Key nameFrom(HttpServletRequest request, String name) {
            return new Key(digest("name", typed(name), Network.of(request)), 5, false);
        }

        /// One name, wherever it is typed. It takes far more, or any stranger could keep a member out.
        static Key name(String name) {
            return new Key(digest("name", typed(name)), 100, false);
        }

        /// Whatever is tried from one network, which may be a whole school.
        static Key network(HttpServletRequest request) {
            return new Key(digest("network", Network.of(request)), 20, true);
        }

        /// Codes of receipts from one network.
        static Key codes(HttpServletRequest request) {
            return new Key(digest("codes", Network.of(request)), 5, true);
        }

        /// The password of a member who is signed in.
        static Key password(MemberId member) {
            return new Key(digest("password", member.toString()), 5, false);
        }

        private static String typed(String name) {
            return name.strip().toLowerCase(Locale.ROOT);
        }

        private static String digest(String... words) {
            return Secret.digest(String.join("\0", words));
        }
    }

    private record Failed(int times, Instant until) {}

    Attempts() {
        this(Clock.systemUTC());
    }

    Attempts(Clock clock) {
        this.clock = clock;
    }

    /// Whether a try is answered at all now.
    synchronized boolean mayTry(Key... keys) {
        Instant now = clock.instant();
        for (Key key : keys) {
            Failed past = failed.get(key);
            if (past != null && past.until().isAfter(now)) {
                return false;
            }
        }
        return true;
    }

    /// Whether a try is answered at all now, which counts it as failed until it has succeeded: for what takes time to
    /// check, or many at once would all be let through.
    synchronized boolean begin(Key... keys) {
        if (!mayTry(keys)) {
            return false;
        }
        failed(keys);
        return true;
    }

    synchronized void failed(Key... keys) {
        Instant now = clock.instant();
        for (Key key : keys) {
            failed.merge(key, new Failed(1, now), (past, one) -> {
                if (past.until().plus(FORGOTTEN).isBefore(now)) {
                    return one;
                }
                int times = past.times() + 1;
                int over = times - key.free();
                long seconds = over <= 0 ? 0 : Math.min(LONGEST.toSeconds(), 1L << Math.min(over, 20));
                return new Failed(times, now.plusSeconds(seconds));
            });
        }
    }

    /// What was begun under these keys came to a good end.
    synchronized void succeeded(Key... keys) {
        Instant now = clock.instant();
        for (Key key : keys) {
            failed.computeIfPresent(
                    key, (_, past) -> key.shared() && past.times() > 1 ? new Failed(past.times() - 1, now) : null);
        }
    }
}
