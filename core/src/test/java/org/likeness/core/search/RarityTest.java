package org.likeness.core.search;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RarityTest {
    @Test
    void says_how_rare_a_score_is_as_people_would() {
        assertThat(new Rarity(1 / 32_000.0, false).words()).isEqualTo("fewer than 1 in 32,000 strangers");
        assertThat(new Rarity(1 / 20_000.0, true).words()).isEqualTo("1 in 20,000 strangers");
        assertThat(new Rarity(0.4, true).words()).isEqualTo("1 in 2.5 strangers");
        assertThat(new Rarity(0.97, true).words()).isEqualTo("most strangers");
        assertThat(new Rarity(1, false).words()).contains("was not measured");
    }
}
