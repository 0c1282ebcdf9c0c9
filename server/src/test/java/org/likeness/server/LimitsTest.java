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
                limit.count(member, SearchLimit.Work.SEARCH);
                searched++;
            }
            if (searched % 30 == 0) {
                assertThatExceptionOfType(SearchLimit.TooMany.class)
                        .isThrownBy(() -> limit.count(member, SearchLimit.Work.SEARCH));
                limit.count(MemberId.next(), SearchLimit.Work.SEARCH); // each has their own
            }
            clock.forward(Duration.ofSeconds(61));
        }
        assertThatExceptionOfType(SearchLimit.TooMany.class)
                .isThrownBy(() -> limit.count(member, SearchLimit.Work.SEARCH));
        clock.forward(Duration.ofDays(1));
        limit.count(member, SearchLimit.Work.SEARCH);
    }

    @Test
    void each_wrong_try_after_the_fifth_makes_the_next_wait_longer_but_never_for_good() {
        Attempts attempts = new Attempts(clock);
        Attempts.Key ines = new Attempts.Key("name ines", 5, false);
        Attempts.Key ben = new Attempts.Key("name ben", 5, false);
        Attempts.Key here = new Attempts.Key("here", 5, true);
        Attempts.Key elsewhere = new Attempts.Key("elsewhere", 5, true);
        for (int times = 0; times < 6; times++) {
            assertThat(attempts.begin(ines, here)).isTrue();
        }
        assertThat(attempts.begin(ines, elsewhere)).isFalse();
        assertThat(attempts.begin(ben, here)).isFalse();
        assertThat(attempts.begin(ben, elsewhere)).isTrue();
        clock.forward(Duration.ofSeconds(2));
        assertThat(attempts.mayTry(ines, here)).isTrue();
        for (int times = 0; times < 100; times++) {
            attempts.failed(ines);
        }
        clock.forward(Duration.ofMinutes(14));
        assertThat(attempts.mayTry(ines)).isFalse();
        clock.forward(Duration.ofMinutes(1));
        assertThat(attempts.begin(ines)).isTrue();
        attempts.succeeded(ines);
        attempts.failed(ines);
        assertThat(attempts.mayTry(ines)).isTrue();
    }

    @Test
    void who_succeeds_takes_back_their_own_try_only_and_an_hour_later_all_is_forgotten() {
        Attempts attempts = new Attempts(clock);
        Attempts.Key here = new Attempts.Key("here", 5, true);
        for (int times = 0; times < 5; times++) {
            attempts.failed(here);
            attempts.begin(here);
            attempts.succeeded(here);
        }
        attempts.failed(here);
        assertThat(attempts.mayTry(here)).isFalse();
        clock.forward(Duration.ofMinutes(61));
        attempts.failed(here);
        assertThat(attempts.mayTry(here)).isTrue();
    }

    @Test
    void a_network_is_what_one_visitor_cannot_change_at_will() {
        assertThat(Network.of("2001:db8:1:2:3:4:5:6")).isEqualTo(Network.of("2001:db8:1:2::1"));
        assertThat(Network.of("2001:db8:1:2::1")).isNotEqualTo(Network.of("2001:db8:1:3::1"));
        assertThat(Network.of("fe80::1%eth0")).isEqualTo(Network.of("fe80::2"));
        assertThat(Network.of("192.0.2.1")).isNotEqualTo(Network.of("192.0.2.2"));
        assertThat(Network.of("::ffff:192.0.2.1")).isEqualTo(Network.of("192.0.2.1"));
        assertThat(Network.of("unknown")).isEqualTo("unknown");
    }

    @Test
    void a_stranger_pushes_out_nothing_that_others_were_asked() {
        Challenges challenges = new Challenges(clock);
        String asked = challenges.next("a member", "theirs");
        for (int times = 0; times < 1_000; times++) {
            challenges.next("a stranger", "key " + times);
        }
        assertThat(challenges.take("theirs")).contains(asked);
        assertThat(challenges.take("key 999")).isPresent();
        assertThat(challenges.take("key 0")).as("their own eldest").isEmpty();
    }

    @Test
    void photos_to_search_with_are_counted_too_and_by_themselves() {
        SearchLimit limit = new SearchLimit(clock);
        MemberId member = MemberId.next();
        for (int times = 0; times < 30; times++) {
            limit.count(member, SearchLimit.Work.PROBE);
        }
        assertThatExceptionOfType(SearchLimit.TooMany.class)
                .isThrownBy(() -> limit.count(member, SearchLimit.Work.PROBE));
        limit.count(member, SearchLimit.Work.SEARCH);
    }
}
