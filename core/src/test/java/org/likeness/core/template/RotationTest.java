package org.likeness.core.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.likeness.core.collection.CollectionId;

class RotationTest {
    private static final ModelId MODEL = new ModelId("any", "1", "x");

    static LongStream seeds() {
        Long only = Long.getLong("seed");
        return only == null ? new SplittableRandom(1).longs(40) : LongStream.of(only);
    }

    private static byte[] seed(SplittableRandom random) {
        byte[] seed = new byte[Rotation.SEED_BYTES];
        random.nextBytes(seed);
        return seed;
    }

    private static float[] vector(SplittableRandom random, int dimension, boolean unit) {
        float[] values = new float[dimension];
        double square = 0;
        for (int i = 0; i < dimension; i++) {
            values[i] = (float) random.nextDouble(-1, 1);
            square += values[i] * values[i];
        }
        for (int i = 0; unit && i < dimension; i++) {
            values[i] = (float) (values[i] / Math.sqrt(square));
        }
        return values;
    }

    @ParameterizedTest(name = "seed={0}")
    @MethodSource("seeds")
    void scores_stay_what_they_were_by_every_metric(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int dimension = 1 + random.nextInt(200);
        Rotation rotation = Rotation.of(seed(random), dimension);
        Space space = new Space.Keyed(CollectionId.next(), 1);
        for (Metric metric : Metric.values()) {
            float[] a = vector(random, dimension, metric == Metric.COSINE);
            float[] b = vector(random, dimension, metric == Metric.COSINE);
            double before = new Template(MODEL, a).score(new Template(MODEL, b), metric);
            double after = new Template(MODEL, space, rotation.turn(a))
                    .score(new Template(MODEL, space, rotation.turn(b)), metric);
            assertThat(after).isCloseTo(before, within(3e-6));
        }
        float[] there = vector(random, dimension, false);
        float[] back = rotation.back(rotation.turn(there));
        for (int i = 0; i < dimension; i++) {
            assertThat(back[i]).isCloseTo(there[i], within(2e-6f));
        }
    }

    @Test
    void scores_stay_in_the_largest_dimension_of_a_known_pack() {
        SplittableRandom random = new SplittableRandom(5);
        Rotation rotation = Rotation.of(seed(random), 512);
        float[] a = vector(random, 512, true);
        float[] b = vector(random, 512, true);
        assertThat(Metric.COSINE.score(rotation.turn(a), rotation.turn(b)))
                .isCloseTo(Metric.COSINE.score(a, b), within(1e-6));
    }

    /// Bits that must be the same on every machine and in every version, or kept templates are lost.
    @Test
    void a_seed_always_gives_the_same_matrix() {
        byte[] seed = new byte[Rotation.SEED_BYTES];
        for (int i = 0; i < seed.length; i++) {
            seed[i] = (byte) i;
        }
        float[] turned = Rotation.of(seed, 5).turn(new float[] {1, 2, 3, 4, 5});
        assertThat(turned).containsExactly(PINNED);
        assertThat(Rotation.of(seed, 5).turn(new float[] {1, 2, 3, 4, 5})).containsExactly(turned);
        seed[31] ^= 1;
        assertThat(Rotation.of(seed, 5).turn(new float[] {1, 2, 3, 4, 5})).isNotEqualTo(turned);
    }

    /// Computed by a program of its own, with OpenSSL's AES.
    private static final float[] PINNED = {3.8453605f, 4.212887f, 2.2989123f, -2.8111942f, -3.0458126f};

    /// Turned by a key nobody has, one vector says as little of another as any two directions do.
    @Test
    void a_turned_vector_points_anywhere() {
        SplittableRandom random = new SplittableRandom(7);
        float[] vector = vector(random, 128, true);
        double sum = 0;
        double squares = 0;
        int times = 200;
        for (int i = 0; i < times; i++) {
            double cosine =
                    Metric.COSINE.score(vector, Rotation.of(seed(random), 128).turn(vector));
            sum += cosine;
            squares += cosine * cosine;
        }
        assertThat(sum / times).isCloseTo(0, within(0.03)); // its deviation is 1/√(128 × 200) = 0.006
        assertThat(squares / times * 128).isCloseTo(1, within(0.4)); // expected 1, deviation 0.1
    }

    @Test
    void refuses_what_does_not_fit_and_says_nothing_of_itself() {
        byte[] seed = new byte[Rotation.SEED_BYTES];
        assertThatIllegalArgumentException().isThrownBy(() -> Rotation.of(new byte[31], 4));
        assertThatIllegalArgumentException().isThrownBy(() -> Rotation.of(seed, 0));
        Rotation rotation = Rotation.of(seed, 4);
        assertThatIllegalArgumentException().isThrownBy(() -> rotation.turn(new float[3]));
        assertThatIllegalArgumentException().isThrownBy(() -> rotation.back(new float[5]));
        assertThat(rotation).hasToString("Rotation[4, redacted]");
    }
}
