package org.likeness.core.signal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.likeness.core.LikenessException;

class SignalsTest {
    private static final List<Signal> SOME = List.of(
            Signals.seen(SignalKind.PLUS_DATA_MINING, "DMI-ALLOWED"),
            Signals.seen(SignalKind.PLUS_DATA_MINING, "DMI-PROHIBITED"),
            Signals.seen(SignalKind.PLUS_DATA_MINING, "DMI-PROHIBITED-AIMLTRAINING"),
            Signals.seen(SignalKind.TRAINING_MINING, "ai_inference=allowed"),
            Signals.seen(SignalKind.TRAINING_MINING, "ai_inference=notAllowed"),
            Signals.seen(SignalKind.TDM_RESERVATION, "0"),
            Signals.seen(SignalKind.TDM_RESERVATION, "1"),
            Signals.seen(SignalKind.MINOR_DISCLOSURE, "AG-A16"),
            Signals.seen(SignalKind.CC_LICENSE, "https://creativecommons.org/licenses/by/4.0/"),
            Signals.seen(SignalKind.SIGNALS_UNKNOWN, "xmp"));

    static LongStream seeds() { // -Dseed=N replays one case
        Long only = Long.getLong("seed");
        return only == null ? LongStream.range(0, 200) : LongStream.of(only);
    }

    @ParameterizedTest(name = "seed={0}")
    @MethodSource("seeds")
    void r07_another_signal_never_takes_an_effect_away(long seed) {
        Random random = new Random(seed);
        List<Signal> signals = new ArrayList<>(SOME);
        Collections.shuffle(signals, random);
        List<Signal> fewer = signals.subList(0, random.nextInt(signals.size()));
        EnumSet<Effect> union = EnumSet.noneOf(Effect.class);
        signals.forEach(signal -> union.add(signal.effect()));
        union.remove(Effect.RECORDED);
        assertThat(Signals.decide(signals).effects())
                .containsAll(Signals.decide(fewer).effects());
        assertThat(Signals.decide(signals).effects()).isEqualTo(union);
        assertThat(Signals.decide(signals).quarantines()).isTrue();
    }

    @Test
    void r07_absence_has_no_effect_and_there_is_no_effect_that_allows() {
        assertThat(Signals.decide(List.of()).effects()).isEmpty();
        assertThat(Effect.values())
                .containsExactly(Effect.QUARANTINE, Effect.MINOR, Effect.NO_EVALUATION, Effect.RECORDED);
    }

    @ParameterizedTest
    @EnumSource(
            value = SignalKind.class,
            names = {"PLUS_DATA_MINING", "TRAINING_MINING", "SIGNALS_UNKNOWN", "NEAR_MATCH"})
    void r07_a_value_nobody_knows_counts_as_a_refusal(SignalKind kind) {
        for (String value : List.of("x", "/", "=", "=allowed ", "a=b=c", "DMI", "\u00fc", "http://")) {
            assertThat(Signals.seen(kind, value).effect()).as(value).isEqualTo(Effect.QUARANTINE);
        }
    }

    @Test
    void a_near_match_of_a_blocked_photo_waits_for_a_person() {
        assertThat(Signals.decide(List.of(Signals.seen(SignalKind.NEAR_MATCH, "distance 4")))
                        .quarantines())
                .isTrue();
    }

    @Test
    void values_are_cut_and_cleaned_and_never_printed() {
        Signal longOne = Signals.seen(SignalKind.COPYRIGHT, " a\u0000b\n" + "\ud83d\ude00".repeat(400));
        assertThat(longOne.value())
                .hasSizeLessThanOrEqualTo(Signal.VALUE_LENGTH_MAX)
                .startsWith("a b ");
        assertThat(Character.isHighSurrogate(
                        longOne.value().charAt(longOne.value().length() - 1)))
                .isFalse();
        assertThat(Signals.seen(SignalKind.CREATOR, "Ada Nowak").toString()).doesNotContain("Nowak");
    }

    @Test
    void whoever_decides_has_a_name() {
        assertThat(Signal.decider(" Kim ")).isEqualTo("Kim");
        for (String nobody : List.of("", "  ", "a\u0007", "x".repeat(201))) {
            assertThatThrownBy(() -> Signal.decider(nobody))
                    .isInstanceOf(LikenessException.class)
                    .hasMessageContaining("--by");
        }
    }
}
