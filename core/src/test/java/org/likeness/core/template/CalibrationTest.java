package org.likeness.core.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.likeness.core.LikenessException;
import org.likeness.core.collection.CollectionId;

class CalibrationTest {
    private static final Calibration CALIBRATION = new Calibration(
            "made up",
            10,
            100_000,
            List.of(
                    new Calibration.Point(0.43, 1e-2),
                    new Calibration.Point(0.49, 1e-3),
                    new Calibration.Point(0.52, 1e-4)));

    static LongStream seeds() {
        Long only = Long.getLong("seed");
        return only == null ? new SplittableRandom().longs(200) : LongStream.of(only);
    }

    @Test
    void says_what_was_measured_at_the_measured_points() {
        for (Calibration.Point point : CALIBRATION.points()) {
            assertThat(CALIBRATION.falseMatchRate(point.score())).isCloseTo(point.fmr(), within(point.fmr() * 1e-9));
            assertThat(CALIBRATION.scoreAt(point.fmr())).isCloseTo(point.score(), within(1e-9));
        }
    }

    @ParameterizedTest(name = "seed={0}")
    @MethodSource("seeds")
    void a_higher_score_is_never_less_rare(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double a = random.nextDouble(-1, 1);
        double b = random.nextDouble(a, 1.0000001);
        assertThat(CALIBRATION.falseMatchRate(b)).isLessThanOrEqualTo(CALIBRATION.falseMatchRate(a));
        assertThat(CALIBRATION.falseMatchRate(a)).isBetween(0.0, 1.0);
    }

    @ParameterizedTest(name = "seed={0}")
    @MethodSource("seeds")
    void score_and_rate_invert_each_other(long seed) {
        double fmr = Math.pow(10, new SplittableRandom(seed).nextDouble(-9, -0.1));
        assertThat(CALIBRATION.falseMatchRate(CALIBRATION.scoreAt(fmr))).isCloseTo(fmr, within(fmr * 1e-6));
    }

    @Test
    void knows_how_far_it_was_measured() {
        assertThat(CALIBRATION.floor()).isEqualTo(3e-5);
        ModelSpec model = new ModelSpec(new ModelId("a", "1", "b"), Metric.EUCLIDEAN, 4, CALIBRATION);
        assertThat(Threshold.of(model, new Rate(0.01), 100).measured()).isTrue();
        assertThat(Threshold.of(model, new Rate(0.001), 1000).measured()).isFalse();
    }

    @Test
    void refuses_points_that_contradict_each_other() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Calibration(
                        "x", 1, 1, List.of(new Calibration.Point(0.4, 0.01), new Calibration.Point(0.5, 0.02))))
                .withMessageContaining("must fall");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Calibration("x", 1, 1, List.of(new Calibration.Point(0.4, 0.01))));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Calibration(
                        "x", 1, 1, List.of(new Calibration.Point(0.4, Double.NaN), new Calibration.Point(0.5, 0.01))));
    }

    @ParameterizedTest(name = "seed={0}")
    @MethodSource("seeds")
    void a_larger_collection_or_a_stricter_rate_asks_for_a_higher_score(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        ModelSpec model = new ModelSpec(new ModelId("a", "1", "b"), Metric.EUCLIDEAN, 4, CALIBRATION);
        int faces = random.nextInt(1, 1_000_000);
        double rate = random.nextDouble(1e-6, 0.5);
        double score = Threshold.of(model, new Rate(rate), faces).scoreMin();
        assertThat(Threshold.of(model, new Rate(rate), faces + 1 + random.nextInt(1000))
                        .scoreMin())
                .isGreaterThanOrEqualTo(score);
        assertThat(Threshold.of(model, new Rate(rate / 2), faces).scoreMin()).isGreaterThan(score);
    }

    @Test
    void the_rate_of_a_search_is_the_rate_asked_for() {
        ModelSpec model = new ModelSpec(new ModelId("a", "1", "b"), Metric.EUCLIDEAN, 4, CALIBRATION);
        Threshold threshold = Threshold.of(model, new Rate(0.1), 5000);
        assertThat(1 - Math.pow(1 - threshold.fmr(), 5000)).isCloseTo(0.1, within(1e-9));
    }

    @Test
    void rates_are_read_and_said_as_people_do() {
        assertThat(Rate.parse("1/1000")).isEqualTo(new Rate(0.001));
        assertThat(Rate.parse("0.25").value()).isEqualTo(0.25);
        assertThat(Rate.inWords(1 / 20_345.0)).isEqualTo("1 in 20,000");
        assertThat(Rate.inWords(0.5)).isEqualTo("1 in 2");
        for (String bad : List.of("", "0", "1", "-1", "2", "1/0", "0/1", "abc", "1/", "NaN", "1/1000/2")) {
            org.assertj.core.api.Assertions.assertThatThrownBy(() -> Rate.parse(bad))
                    .as(bad)
                    .isInstanceOf(LikenessException.class)
                    .hasMessageContaining("rate must be");
        }
    }

    @Test
    void r18_templates_of_different_models_or_alignments_are_never_compared() {
        float[] vector = {1, 2, 3, 4};
        Template one = new Template(new ModelId("a", "1", "x"), vector);
        for (ModelId other :
                List.of(new ModelId("b", "1", "x"), new ModelId("a", "2", "x"), new ModelId("a", "1", "y"))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> one.score(new Template(other, vector), Metric.EUCLIDEAN))
                    .withMessageContaining("must not be compared");
        }
        assertThat(one.score(new Template(one.model(), vector), Metric.EUCLIDEAN))
                .isEqualTo(1.0);
    }

    @Test
    void r12_templates_of_different_collections_or_key_versions_are_never_compared() {
        float[] vector = {1, 2, 3, 4};
        ModelId model = new ModelId("a", "1", "x");
        CollectionId collection = CollectionId.next();
        Template one = new Template(model, new Space.Keyed(collection, 1), vector);
        for (Space other :
                List.of(Space.RAW, new Space.Keyed(collection, 2), new Space.Keyed(CollectionId.next(), 1))) {
            Template elsewhere = new Template(model, other, vector);
            assertThat(one).isNotEqualTo(elsewhere);
            for (Metric metric : Metric.values()) {
                assertThatIllegalArgumentException()
                        .isThrownBy(() -> one.score(elsewhere, metric))
                        .withMessageContaining("must not be compared");
                assertThatIllegalArgumentException().isThrownBy(() -> elsewhere.score(one, metric));
            }
        }
        Template same = new Template(model, new Space.Keyed(collection, 1), vector);
        assertThat(one).isEqualTo(same);
        assertThat(one.score(same, Metric.EUCLIDEAN)).isEqualTo(1.0);
    }

    @Test
    void a_template_is_finite_not_zero_and_never_printed() {
        ModelId model = new ModelId("a", "1", "x");
        for (float[] bad : List.of(
                new float[] {0, 0},
                new float[] {Float.NaN, 1},
                new float[] {Float.POSITIVE_INFINITY, 1},
                new float[0])) {
            assertThatIllegalArgumentException().isThrownBy(() -> new Template(model, bad));
        }
        assertThat(new Template(model, new float[] {0.123f, 0.456f}).toString())
                .doesNotContain("123")
                .doesNotContain("456");
    }
}
