package org.likeness.library;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.likeness.core.collection.Collection;
import org.likeness.core.collection.Profile;
import org.likeness.core.photo.Storage;
import org.likeness.core.template.Metric;
import org.likeness.core.template.ModelId;
import org.likeness.core.template.Template;
import org.likeness.testkit.TestPhotos;

/// What turning templates by a key is worth, held to what `docs/reference/vault.md` claims, and to what
/// it admits.
class AttackTest {
    private static final ModelId MODEL = new ModelId("made-up", "1", "none");
    private static final double LINKABLE_MAX = 0.05;

    @TempDir
    private Path temp;

    /// Unit vectors around a centre for each person: the easiest case for an attack, and no length to
    /// link by.
    private static List<List<Template>> madeUp(int people, int photos) {
        Random random = new Random(7);
        List<List<Template>> all = new ArrayList<>();
        for (int person = 0; person < people; person++) {
            double[] centre = gaussian(random, 1);
            List<Template> own = new ArrayList<>();
            for (int photo = 0; photo < photos; photo++) {
                double[] noise = gaussian(random, 0.5);
                double[] sum = IntStream.range(0, centre.length)
                        .mapToDouble(i -> centre[i] + noise[i])
                        .toArray();
                double length = Math.sqrt(IntStream.range(0, sum.length)
                        .mapToDouble(i -> sum[i] * sum[i])
                        .sum());
                float[] unit = new float[sum.length];
                for (int i = 0; i < unit.length; i++) {
                    unit[i] = (float) (sum[i] / length);
                }
                own.add(new Template(MODEL, unit));
            }
            all.add(own);
        }
        return all;
    }

    private static double[] gaussian(Random random, double spread) {
        return random.doubles(128).map(_ -> random.nextGaussian() * spread).toArray();
    }

    @Test
    void r49_templates_of_two_keys_do_not_link_and_what_breaks_them_is_said() {
        AttackTable table = AttackTable.of(madeUp(30, 4), Metric.COSINE, 0, AttackTable.SEED);
        assertThat(table.value("linking by score", "other photo, no protection"))
                .isGreaterThan(0.9);
        assertThat(table.value("linking by score", "other photo, two keys")).isLessThan(LINKABLE_MAX);
        assertThat(table.value("linking by score", "same photo, two keys")).isLessThan(LINKABLE_MAX);
        assertThat(table.value("linking by score", "same photo, before and after re-keying"))
                .isLessThan(LINKABLE_MAX);
        assertThat(table.value("accuracy", "turned, and turned again")).isLessThan(1e-5);
        // what it is not: somebody with pairs, with the same photos, or with the key, gets through
        assertThat(table.value("known pairs", "the key itself is known")).isGreaterThan(0.9);
        assertThat(table.value("same photos in two collections", "sorted inner products, no key"))
                .isGreaterThan(0.9);
    }

    @Test
    void r49_real_templates_of_two_collections_do_not_link_by_angle() throws Exception {
        List<Path> photos = TestPhotos.demo(temp.resolve("photos"));
        try (Likeness likeness = Likeness.open(temp.resolve("data"))) {
            Collection family = likeness.createCollection("family", Profile.HOUSEHOLD);
            likeness.importPhotos(family, photos, Storage.COPY, Optional.empty(), Optional.empty(), (_, _) -> {});
            AttackTable table = likeness.vault().attack(family);
            // Of 21 faces the measure is coarse: by chance alone it was 0.051 once. The bound itself is held to by
            // the made-up templates above and, measured on real ones, in docs/reference/vault.md.
            assertThat(table.value("linking by angle", "same photo, two keys")).isLessThan(2 * LINKABLE_MAX);
            // the default pack's vectors have lengths of their own, which turning keeps: admitted, and watched
            assertThat(table.value("linking by score", "same photo, two keys")).isLessThan(0.3);
        }
    }
}
