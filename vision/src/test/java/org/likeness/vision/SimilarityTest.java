package org.likeness.vision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.likeness.core.photo.Point;

class SimilarityTest {
    static LongStream seeds() { // -Dseed=N replays one case
        Long only = Long.getLong("seed");
        return only == null ? new SplittableRandom(5).longs(200) : LongStream.of(only);
    }

    @ParameterizedTest(name = "seed={0}")
    @MethodSource("seeds")
    void fit_finds_the_similarity_that_was_applied(long seed) {
        var random = new SplittableRandom(seed);
        Similarity true1 = random(random);
        List<Point> from = points(random, random.nextInt(2, 40));

        Similarity fitted = Similarity.fit(from, from.stream().map(true1::apply).toList());

        assertThat(fitted.a()).isCloseTo(true1.a(), within(1e-6));
        assertThat(fitted.b()).isCloseTo(true1.b(), within(1e-6));
        assertThat(fitted.tx()).isCloseTo(true1.tx(), within(1e-4));
        assertThat(fitted.ty()).isCloseTo(true1.ty(), within(1e-4));
    }

    @ParameterizedTest(name = "seed={0}")
    @MethodSource("seeds")
    void fit_is_the_best_of_its_neighbours(long seed) {
        var random = new SplittableRandom(seed);
        List<Point> from = points(random, 33);
        List<Point> to = points(random, 33);
        Similarity best = Similarity.fit(from, to);
        double error = error(best, from, to);

        for (int i = 0; i < 20; i++) {
            var other = new Similarity(
                    best.a() + random.nextDouble(-0.01, 0.01),
                    best.b() + random.nextDouble(-0.01, 0.01),
                    best.tx() + random.nextDouble(-1, 1),
                    best.ty() + random.nextDouble(-1, 1));
            assertThat(error(other, from, to)).isGreaterThanOrEqualTo(error);
        }
    }

    @ParameterizedTest(name = "seed={0}")
    @MethodSource("seeds")
    void inverse_undoes_and_then_chains(long seed) {
        var random = new SplittableRandom(seed);
        Similarity first = random(random);
        Similarity second = random(random);
        Point p = points(random, 1).getFirst();

        Point back = first.then(first.inverse()).apply(p);
        assertThat(back.x()).isCloseTo(p.x(), within(1e-6));
        assertThat(back.y()).isCloseTo(p.y(), within(1e-6));
        Point chained = first.then(second).apply(p);
        Point stepwise = second.apply(first.apply(p));
        assertThat(chained.x()).isCloseTo(stepwise.x(), within(1e-6));
        assertThat(chained.y()).isCloseTo(stepwise.y(), within(1e-6));
    }

    @Test
    void refuses_points_that_say_nothing() {
        var same = List.of(new Point(3, 3), new Point(3, 3));

        assertThatThrownBy(() -> Similarity.fit(same, points(new SplittableRandom(1), 2)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Similarity.fit(points(new SplittableRandom(1), 2), same))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static Similarity random(SplittableRandom random) {
        double angle = random.nextDouble(-Math.PI, Math.PI);
        double scale = random.nextDouble(0.1, 10);
        return new Similarity(
                scale * Math.cos(angle),
                scale * Math.sin(angle),
                random.nextDouble(-99, 99),
                random.nextDouble(-99, 99));
    }

    private static List<Point> points(SplittableRandom random, int n) {
        return IntStream.range(0, n)
                .mapToObj(i -> new Point(random.nextDouble(-100, 100), random.nextDouble(-100, 100)))
                .toList();
    }

    private static double error(Similarity similarity, List<Point> from, List<Point> to) {
        double sum = 0;
        for (int i = 0; i < from.size(); i++) {
            Point p = similarity.apply(from.get(i));
            sum += Math.pow(p.x() - to.get(i).x(), 2)
                    + Math.pow(p.y() - to.get(i).y(), 2);
        }
        return sum;
    }
}
