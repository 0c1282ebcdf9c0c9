package org.likeness.server;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.likeness.core.member.MemberId;
import org.springframework.stereotype.Component;

/// How often one member may search, and have photos read to search with: enough for anybody's work, too little to comb
/// through a collection. In memory; thread-safe.
@Component
final class SearchLimit {
    private static final int A_MINUTE = 30;
    private static final int A_DAY = 2_000;

    private final Clock clock;
    private final Map<Worked, Deque<Instant>> searches = new HashMap<>();

    /// What is counted, each by itself.
    enum Work {
        PROBE,
        SEARCH
    }

    private record Worked(MemberId member, Work work) {}

    SearchLimit() {
        this(Clock.systemUTC());
    }

    SearchLimit(Clock clock) {
        this.clock = clock;
    }

    /// Counts one.
    ///
    /// @throws TooMany when there were too many
    synchronized void count(MemberId member, Work work) {
        Instant now = clock.instant();
        Deque<Instant> theirs = searches.computeIfAbsent(new Worked(member, work), _ -> new ArrayDeque<>());
        while (!theirs.isEmpty() && theirs.getFirst().isBefore(now.minus(Duration.ofDays(1)))) {
            theirs.removeFirst();
        }
        Instant minute = now.minus(Duration.ofMinutes(1));
        long lately = theirs.stream().filter(at -> at.isAfter(minute)).count();
        if (lately >= A_MINUTE || theirs.size() >= A_DAY) {
            throw new TooMany();
        }
        theirs.addLast(now);
    }

    /// Answered with 429.
    static final class TooMany extends RuntimeException {
        private static final long serialVersionUID = 1L;

        TooMany() {
            super("a member searched too often", null, false, false);
        }
    }
}
