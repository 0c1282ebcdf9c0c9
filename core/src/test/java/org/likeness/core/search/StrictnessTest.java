package org.likeness.core.search;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.likeness.core.template.Rate;

class StrictnessTest {
    @ParameterizedTest
    @ValueSource(doubles = {1e-9, 0.001, 0.05, 0.3, 0.9})
    void each_step_is_a_rate_and_none_is_stricter_than_the_one_before(double usual) {
        Rate rate = new Rate(usual);
        assertThat(Strictness.USUAL.of(rate)).isEqualTo(rate);
        assertThat(Strictness.STRICTER.of(rate).value()).isLessThan(usual);
        assertThat(Strictness.LOOSER.of(rate).value()).isGreaterThanOrEqualTo(usual);
    }
}
