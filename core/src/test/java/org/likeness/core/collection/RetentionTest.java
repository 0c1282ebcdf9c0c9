package org.likeness.core.collection;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RetentionTest {
    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"1d", "90d", "1m", "18m", "1y", "2y", "P1Y1M1D"})
    void the_last_photo_that_is_over_is_over_and_the_next_is_not(String text) {
        Period period = Retention.period(text);
        Retention retention = new Retention(period, Period.ofDays(1), Period.ofDays(1), Optional.empty());
        Instant now = Instant.parse("2027-12-25T10:00:00.500Z");
        for (int i = 0; i < 800; i++) { // every end of a month, and a leap day
            Instant last = retention.lastOver(now);
            assertThat(last.atOffset(ZoneOffset.UTC).plus(period).toInstant()).isBeforeOrEqualTo(now);
            assertThat(last.plusMillis(1).atOffset(ZoneOffset.UTC).plus(period).toInstant())
                    .isAfter(now);
            now = now.plus(Duration.ofHours(23));
        }
    }
}
