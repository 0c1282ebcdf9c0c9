package org.likeness.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.likeness.core.photo.FaceId;
import org.likeness.core.template.Metric;
import org.likeness.core.template.ModelSpec;
import org.likeness.core.template.Space;
import org.likeness.core.template.Template;
import org.likeness.core.template.TemplateIndex;

/// Runs twice, with and without the Vector API; see the pom.
final class ExactIndexTest {
    @Nested
    final class WithTheBestKernel extends TemplateIndexContract {
        @Override
        protected TemplateIndex open(ModelSpec model) {
            return ExactIndex.create(model);
        }
    }

    @Nested
    final class WithPlainLoops extends TemplateIndexContract {
        @Override
        protected TemplateIndex open(ModelSpec model) {
            return new ExactIndex(model, Space.RAW, 1000, new LoopKernel());
        }
    }

    @Test
    void refuses_more_dimensions_than_its_integers_can_sum() {
        assertThatThrownBy(() -> ExactIndex.create(Cases.model(Metric.COSINE, 65_537)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("65537");
    }

    @Test
    void refuses_a_negative_number_of_faces() {
        assertThatThrownBy(() -> ExactIndex.create(Cases.model(Metric.COSINE, 4), -1))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest(name = "seed={0}")
    @MethodSource("org.likeness.index.TemplateIndexContract#fewSeeds")
    void overwrites_what_is_removed_and_what_is_closed(long seed) {
        var cases = new Cases(seed);
        Map<FaceId, Template> faces = cases.faces(Cases.model(Metric.EUCLIDEAN, 70), 2000);
        var rows = new Rows(70, 0);
        faces.forEach((face, template) -> rows.put(face, template.values(), Codes.of(template.values())));
        Slab first = rows.slab(0);
        Slab last = rows.slab(rows.size() - 1);
        int lastAt = rows.at(rows.size() - 1);
        FaceId gone = rows.face(rows.size() - 1);
        assertThat(rows.remove(gone)).isTrue();
        for (int i = 0; i < 70; i++) {
            assertThat(last.values[lastAt * 70 + i]).isZero();
            assertThat(last.codes[lastAt * rows.stride() + i]).isZero();
        }
        rows.erase();
        assertThat(first.values).containsOnly(0f);
        assertThat(first.codes).containsOnly((byte) 0);
    }

    /// Speed, not correctness, hangs on this: bounds that never exclude anything would go unnoticed otherwise.
    @ParameterizedTest(name = "seed={0}")
    @MethodSource("org.likeness.index.TemplateIndexContract#fewSeeds")
    void the_bound_excludes_most_strangers(long seed) {
        for (Metric metric : Metric.values()) {
            var random = new SplittableRandom(seed);
            var slab = new Slab(1000, 128, 128);
            float[] vector = new float[128];
            for (int at = 0; at < 1000; at++) {
                slab.set(at, new UUID(0, at), gaussian(vector, random), Codes.of(vector));
            }
            float[] probe = gaussian(new float[128], random);
            Reach reach = Reach.of(metric, probe);
            int[] dots = new int[1000];
            new LoopKernel().dots(slab.codes, 128, 0, 1000, reach.probe.values, dots);
            double[] margins = new double[1000];
            reach.margins(slab, 0, 1000, dots, 0.5, margins);
            assertThat(Arrays.stream(margins).filter(margin -> !(margin < 0)))
                    .as("seed %d, %s", seed, metric)
                    .isEmpty();
        }
    }

    private static float[] gaussian(float[] into, SplittableRandom random) {
        for (int i = 0; i < into.length; i++) {
            into[i] = (float) (random.nextGaussian() / Math.sqrt(into.length));
        }
        return into;
    }
}
