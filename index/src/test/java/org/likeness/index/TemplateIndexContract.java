package org.likeness.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.likeness.core.collection.CollectionId;
import org.likeness.core.photo.FaceId;
import org.likeness.core.template.FaceFilter;
import org.likeness.core.template.FaceFilter.All;
import org.likeness.core.template.FaceFilter.Only;
import org.likeness.core.template.Metric;
import org.likeness.core.template.ModelId;
import org.likeness.core.template.ModelSpec;
import org.likeness.core.template.Space;
import org.likeness.core.template.Template;
import org.likeness.core.template.TemplateIndex;
import org.likeness.core.template.TemplateIndex.Hit;

/// What every exact [TemplateIndex] must do, checked against a loop over a map. Subclasses say how to open one.
///
/// Cases are seeded; `-Dseed=N` replays one.
public abstract class TemplateIndexContract {
    private static final double ALL_SCORES = Double.NEGATIVE_INFINITY;

    /// Opens an empty index; the caller closes it.
    protected abstract TemplateIndex open(ModelSpec model);

    static LongStream seeds() {
        Long only = Long.getLong("seed");
        return only == null ? new SplittableRandom(1).longs(200) : LongStream.of(only);
    }

    static LongStream fewSeeds() {
        return Long.getLong("seed") == null ? seeds().limit(8) : seeds();
    }

    /// The oracle: all faces, reference scores, sorted.
    static List<Hit> scan(
            Map<FaceId, Template> faces, Metric metric, Template probe, double min, int limit, FaceFilter filter) {
        return faces.entrySet().stream()
                .filter(face -> switch (filter) {
                    case All() -> true;
                    case Only(var only) -> only.contains(face.getKey());
                })
                .map(face -> new Hit(
                        face.getKey(),
                        metric.score(probe.values(), face.getValue().values())))
                .filter(hit -> hit.score() >= min)
                .sorted(Comparator.comparingDouble((Hit hit) -> -hit.score())
                        .thenComparing(hit -> hit.face().value()))
                .limit(limit)
                .toList();
    }

    @ParameterizedTest(name = "seed={0}")
    @MethodSource("seeds")
    void agrees_with_a_naive_scan(long seed) {
        var cases = new Cases(seed);
        ModelSpec model = cases.model();
        Map<FaceId, Template> faces = cases.faces(model, cases.random.nextInt(1, 400));
        try (TemplateIndex index = open(model)) {
            faces.forEach(index::add);
            assertThat(index.size()).isEqualTo(faces.size());
            for (int i = 0; i < 12; i++) {
                Template probe = cases.probe(model, faces);
                double min = cases.scoreMin(model.metric(), probe, faces);
                int limit = cases.limit(faces.size());
                FaceFilter filter = cases.filter(faces.keySet());
                assertThat(index.search(probe, min, limit, filter))
                        .as("seed %d, search %d, %s, d=%d, limit %d", seed, i, model.metric(), model.dimension(), limit)
                        .isEqualTo(scan(faces, model.metric(), probe, min, limit, filter));
            }
        }
    }

    @ParameterizedTest(name = "seed={0}")
    @MethodSource("seeds")
    void follows_additions_replacements_and_removals_like_a_map(long seed) {
        var cases = new Cases(seed);
        ModelSpec model = cases.model(cases.random.nextInt(1, 24));
        List<FaceId> ids = cases.ids(60);
        Map<FaceId, Template> faces = new HashMap<>();
        try (TemplateIndex index = open(model)) {
            for (int i = 0; i < 300; i++) {
                FaceId face = ids.get(cases.random.nextInt(ids.size()));
                if (cases.random.nextInt(i % 100 < 60 ? 4 : 2) > 0) {
                    Template template = cases.probe(model, faces);
                    faces.put(face, template);
                    index.add(face, template);
                } else {
                    assertThat(index.remove(face))
                            .as("seed %d, step %d", seed, i)
                            .isEqualTo(faces.remove(face) != null);
                }
                assertThat(index.size()).isEqualTo(faces.size());
                if (i % 7 == 0) {
                    Template probe = cases.probe(model, faces);
                    FaceFilter filter = cases.filter(faces.keySet());
                    assertThat(index.search(probe, ALL_SCORES, 100, filter))
                            .as("seed %d, step %d", seed, i)
                            .isEqualTo(scan(faces, model.metric(), probe, ALL_SCORES, 100, filter));
                }
            }
        }
    }

    /// All sets of up to four of the corner vectors in two dimensions, every probe, cutoff, limit and filter.
    @ParameterizedTest
    @EnumSource(Metric.class)
    void agrees_in_every_small_case(Metric metric) {
        float[][] corners = {{1, 0}, {0, 1}, {-1, 0}, {0.6f, 0.8f}};
        ModelSpec model = Cases.model(metric, 2);
        List<FaceId> ids = new Cases(3).ids(corners.length);
        for (int chosen = 0; chosen < 256; chosen++) { // two bits a face: which corner
            Map<FaceId, Template> faces = new HashMap<>();
            try (TemplateIndex index = open(model)) {
                for (int i = 0; i < 4; i++) {
                    faces.put(ids.get(i), new Template(model.id(), corners[(chosen >> (2 * i)) & 3]));
                }
                faces.forEach(index::add);
                for (float[] corner : corners) {
                    Template probe = new Template(model.id(), corner);
                    for (double min : new double[] {-2, -1, -0.5, 0, 0.6, 1, 1.5}) {
                        for (int limit = 1; limit <= 5; limit++) {
                            assertThat(index.search(probe, min, limit, new All()))
                                    .isEqualTo(scan(faces, metric, probe, min, limit, new All()));
                        }
                    }
                    for (int kept = 0; kept < 16; kept++) {
                        Set<FaceId> only = new HashSet<>();
                        for (int i = 0; i < 4; i++) {
                            if ((kept >> i & 1) == 1) {
                                only.add(ids.get(i));
                            }
                        }
                        assertThat(index.search(probe, -2, 3, new Only(only)))
                                .isEqualTo(scan(faces, metric, probe, -2, 3, new Only(only)));
                    }
                }
            }
        }
    }

    /// A search beside writers sees each face that stays, and of one being replaced the old or the new template.
    @ParameterizedTest(name = "seed={0}")
    @MethodSource("fewSeeds")
    void searches_see_whole_templates_while_others_change(long seed) throws Exception {
        var cases = new Cases(seed);
        ModelSpec model = Cases.model(Metric.EUCLIDEAN, 64);
        List<FaceId> ids = cases.ids(3000);
        Template one = Cases.filled(model, 1f);
        Template two = Cases.filled(model, 2f);
        try (TemplateIndex index = open(model);
                var threads = Executors.newFixedThreadPool(3)) {
            ids.subList(0, 1000).forEach(face -> index.add(face, one)); // these stay
            var done = new AtomicBoolean();
            Callable<Boolean> reader = () -> {
                while (!done.get()) {
                    List<Hit> hits = index.search(one, ALL_SCORES, 5000, new All());
                    assertThat(hits.stream().map(Hit::face))
                            .doesNotHaveDuplicates()
                            .containsAll(ids.subList(0, 1000));
                    assertThat(hits.stream().map(Hit::score).distinct()).isSubsetOf(1.0, -7.0);
                }
                return true;
            };
            List<Future<Boolean>> readers = List.of(threads.submit(reader), threads.submit(reader));
            for (int i = 0; i < 2_000; i++) {
                FaceId face = ids.get(cases.random.nextInt(1000, 3000));
                switch (cases.random.nextInt(3)) {
                    case 0 -> index.add(face, one);
                    case 1 -> index.add(face, two);
                    default -> index.remove(face);
                }
            }
            done.set(true);
            for (Future<Boolean> each : readers) {
                assertThat(each.get()).isTrue();
            }
        }
    }

    @Test
    void an_addition_and_a_removal_are_seen_by_the_next_search() {
        List<FaceId> ids = new Cases(5).ids(3000);
        ModelSpec model = Cases.model(Metric.EUCLIDEAN, 16);
        try (TemplateIndex index = open(model)) {
            for (int i = 0; i < ids.size(); i++) {
                FaceId face = ids.get(i);
                Template template = Cases.filled(model, i + 1); // 4 away from the ones before and after it
                index.add(face, template);
                assertThat(index.search(template, 1, 1, new Only(Set.of(face)))).hasSize(1);
                assertThat(index.search(template, 0, 9, new All())).containsExactly(new Hit(face, 1));
                if (i % 2 == 0) {
                    assertThat(index.remove(face)).isTrue();
                    assertThat(index.search(template, 0, 9, new All())).isEmpty();
                }
            }
            assertThat(index.size()).isEqualTo(1500);
        }
    }

    @Test
    void an_empty_index_and_an_empty_filter_return_nothing() {
        var cases = new Cases(7);
        ModelSpec model = Cases.model(Metric.EUCLIDEAN, 8);
        Template template = cases.probe(model, Map.of());
        FaceId face = cases.ids(1).getFirst();
        try (TemplateIndex index = open(model)) {
            assertThat(index.search(template, ALL_SCORES, Integer.MAX_VALUE, new All()))
                    .isEmpty();
            assertThat(index.search(template, ALL_SCORES, 1, new Only(Set.of(face))))
                    .isEmpty();
            assertThat(index.remove(face)).isFalse();
            index.add(face, template);
            assertThat(index.search(template, ALL_SCORES, 1, new Only(Set.of())))
                    .isEmpty();
            assertThat(index.search(template, ALL_SCORES, Integer.MAX_VALUE, new All()))
                    .hasSize(1);
            assertThat(index.search(template, Double.POSITIVE_INFINITY, 1, new All()))
                    .isEmpty();
        }
    }

    @Test
    void r18_refuses_another_model_space_or_dimension_and_senseless_numbers() {
        var cases = new Cases(9);
        ModelSpec model = Cases.model(Metric.COSINE, 4);
        FaceId face = cases.ids(1).getFirst();
        Template right = new Template(model.id(), new float[] {1, 0, 0, 0});
        Template longer = new Template(model.id(), new float[] {1, 0, 0, 0, 0});
        Template other = new Template(new ModelId("other", "1", "a"), new float[] {1, 0, 0, 0});
        Template elsewhere = new Template(
                model.id(), new Space.Keyed(new CollectionId(new UUID(1, 2)), 1), new float[] {1, 0, 0, 0});
        try (TemplateIndex index = open(model)) {
            for (Template wrong : List.of(longer, other, elsewhere)) {
                assertThatThrownBy(() -> index.add(face, wrong))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining("template must be of");
                assertThatThrownBy(() -> index.search(wrong, 0, 1, new All()))
                        .isInstanceOf(IllegalArgumentException.class);
            }
            assertThat(index.size()).isZero();
            assertThatThrownBy(() -> index.search(right, 0, 0, new All())).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> index.search(right, Double.NaN, 1, new All()))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void keeps_its_own_copy_and_leaves_the_template_as_it_was() {
        ModelSpec model = Cases.model(Metric.COSINE, 2);
        float[] values = {1, 0};
        Template template = new Template(model.id(), values);
        try (TemplateIndex index = open(model)) {
            index.add(new FaceId(new UUID(1, 1)), template);
            index.search(template, -1, 1, new All());
            values[0] = 0;
            assertThat(template.values()).containsExactly(1f, 0f);
            assertThat(index.search(template, 1, 1, new All())).hasSize(1);
        }
    }

    @Test
    void prints_no_vector() {
        ModelSpec model = Cases.model(Metric.EUCLIDEAN, 2);
        try (TemplateIndex index = open(model)) {
            index.add(new FaceId(new UUID(1, 1)), new Template(model.id(), new float[] {0.123f, 7.5f}));
            assertThat(index.toString()).doesNotContain("123", "7.5");
        }
    }

    @Test
    void a_closed_index_answers_nothing_and_closes_again_quietly() {
        ModelSpec model = Cases.model(Metric.EUCLIDEAN, 2);
        Template template = new Template(model.id(), new float[] {1, 2});
        TemplateIndex index = open(model);
        index.add(new FaceId(new UUID(1, 1)), template);
        index.close();
        index.close();
        List<Runnable> calls = new ArrayList<>();
        calls.add(() -> index.search(template, ALL_SCORES, 1, new All()));
        calls.add(() -> index.add(new FaceId(new UUID(1, 1)), template));
        calls.add(() -> index.remove(new FaceId(new UUID(1, 1))));
        for (Runnable call : calls) {
            assertThatThrownBy(call::run).isInstanceOf(IllegalStateException.class);
        }
    }
}
