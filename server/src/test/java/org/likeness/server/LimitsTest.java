package org.likeness.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.likeness.core.member.MemberId;

/// How often somebody may search, and try a password.
class LimitsTest {
    private final Hand clock = new Hand();

    /// A clock that is set by hand.
    private static final class Hand extends Clock {
        private Instant now = Instant.parse("2026-03-01T12:00:00Z");

        void forward(Duration time) {
            now = now.plus(time);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    @Test
    void a_member_searches_thirty_times_a_minute_and_two_thousand_times_a_day() {
        SearchLimit limit = new SearchLimit(clock);
        MemberId member = MemberId.next();
        int searched = 0;
        while (searched < 2_000) {
            for (int times = 0; times < 30 && searched < 2_000; times++) {
                limit.count(member);
                searched++;
            }
            if (searched % 30 == 0) {
                assertThatExceptionOfType(SearchLimit.TooMany.class).isThrownBy(() -> limit.count(member));
                limit.count(MemberId.next()); // each has their own
            }
            clock.forward(Duration.ofSeconds(61));
        }
        assertThatExceptionOfType(SearchLimit.TooMany.class).isThrownBy(() -> limit.count(member));
        clock.forward(Duration.ofDays(1));
        limit.count(member);
    }

    @Test
    void each_wrong_try_after_the_fifth_makes_the_next_wait_longer_but_never_for_good() {
        Attempts attempts = new Attempts(clock);
        for (int times = 0; times < 5; times++) {
            assertThat(attempts.mayTry("name ines", "from here")).isTrue();
            attempts.failed("name ines", "from here");
        }
        attempts.failed("name ines", "from here");
        assertThat(attempts.mayTry("name ines", "from elsewhere")).isFalse();
        assertThat(attempts.mayTry("name ben", "from here")).isFalse();
        assertThat(attempts.mayTry("name ben", "from elsewhere")).isTrue();
        clock.forward(Duration.ofSeconds(2));
        assertThat(attempts.mayTry("name ines", "from here")).isTrue();
        for (int times = 0; times < 100; times++) {
            attempts.failed("name ines");
        }
        clock.forward(Duration.ofMinutes(14));
        assertThat(attempts.mayTry("name ines")).isFalse();
        clock.forward(Duration.ofMinutes(1));
        assertThat(attempts.mayTry("name ines")).isTrue();
        attempts.succeeded("name ines");
        attempts.failed("name ines");
        assertThat(attempts.mayTry("name ines")).isTrue();
    }
}
