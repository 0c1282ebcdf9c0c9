package org.likeness.index;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import org.likeness.core.photo.FaceId;
import org.likeness.core.template.Calibration;
import org.likeness.core.template.FaceFilter;
import org.likeness.core.template.Metric;
import org.likeness.core.template.ModelId;
import org.likeness.core.template.ModelSpec;
import org.likeness.core.template.Template;

/// Seeded templates, probes and filters of the awkward kinds: clusters, duplicates, ties, huge, tiny and mixed lengths.
final class Cases {
    final SplittableRandom random;
    private final Shape shape;

    private enum Shape {
        CLUSTERED,
        FEW_LEVELS,
        WILD_LENGTHS,
        HUGE,
        TINY,
        DENORMAL
    }

    Cases(long seed) {
        random = new SplittableRandom(seed);
        List<Shape> shapes = List.of(Shape.values());
        shape = shapes.get(random.nextInt(shapes.size()));
    }

    static ModelSpec model(Metric metric, int dimension) {
        var calibration = new Calibration(
                "synthetic", 2, 100, List.of(new Calibration.Point(0, 0.5), new Calibration.Point(1, 0.1)));
        return new ModelSpec(new ModelId("synthetic", "1", "none"), metric, dimension, calibration);
    }

    ModelSpec model() {
        int[] usual = {1, 2, 63, 64, 65, 128, 512};
        return model(random.nextInt(3) == 0 ? usual[random.nextInt(usual.length)] : random.nextInt(1, 513));
    }

    ModelSpec model(int dimension) {
        return model(random.nextBoolean() ? Metric.COSINE : Metric.EUCLIDEAN, dimension);
    }

    List<FaceId> ids(int count) {
        List<FaceId> ids = new ArrayList<>();
        for (int i = 0; i < count; i++) { // both halves decide the order, with both signs
            ids.add(new FaceId(new UUID(random.nextInt(-3, 3), random.nextLong())));
        }
        return ids;
    }

    Map<FaceId, Template> faces(ModelSpec model, int count) {
        Map<FaceId, Template> faces = new HashMap<>();
        for (FaceId face : ids(count)) {
            faces.put(face, probe(model, faces));
        }
        return faces;
    }

    static Template filled(ModelSpec model, float value) {
        float[] values = new float[model.dimension()];
        Arrays.fill(values, value);
        return new Template(model.id(), values);
    }

    /// A new template: sometimes a copy of an earlier one, often near one, else anywhere.
    Template probe(ModelSpec model, Map<FaceId, Template> faces) {
        int kind = random.nextInt(10);
        if (!faces.isEmpty() && kind < 6) {
            Template known = faces.values().stream()
                    .skip(random.nextInt(Math.min(faces.size(), 20)))
                    .findFirst()
                    .orElseThrow();
            return kind == 0 ? known : near(model, known.values());
        }
        return near(model, new float[model.dimension()]);
    }

    private Template near(ModelSpec model, float[] centre) {
        float[] values = centre.clone();
        double spread = 1 / Math.sqrt(values.length) * (random.nextBoolean() ? 0.4 : 1);
        for (int i = 0; i < values.length; i++) {
            values[i] += (float)
                    switch (shape) {
                        case CLUSTERED -> random.nextGaussian() * spread;
                        case FEW_LEVELS -> random.nextInt(-1, 2);
                        case WILD_LENGTHS -> random.nextGaussian() * Math.pow(10, random.nextInt(-12, 8));
                        case HUGE -> (random.nextDouble() - 0.5) * Float.MAX_VALUE;
                        case TINY -> random.nextGaussian() * 1e-30;
                        case DENORMAL -> random.nextInt(-3, 4) * (double) Float.MIN_VALUE;
                    };
            values[i] = Math.clamp(values[i], -Float.MAX_VALUE, Float.MAX_VALUE);
        }
        boolean unit = model.metric() == Metric.COSINE && shape != Shape.FEW_LEVELS && random.nextInt(20) > 0;
        return new Template(model.id(), notZero(unit ? toUnit(values) : values));
    }

    private static float[] toUnit(float[] values) {
        double squares = 0;
        for (float value : values) {
            squares += (double) value * value;
        }
        float[] unit = new float[values.length];
        for (int i = 0; i < unit.length; i++) {
            unit[i] = (float) (values[i] / Math.sqrt(Math.max(squares, 1e-300)));
        }
        return unit;
    }

    private static float[] notZero(float[] values) {
        for (float value : values) {
            if (value != 0) {
                return values;
            }
        }
        values[0] = Float.MIN_VALUE;
        return values;
    }

    /// Often exactly the score of some face, which must then be in.
    double scoreMin(Metric metric, Template probe, Map<FaceId, Template> faces) {
        Template some = faces.values().stream()
                .skip(random.nextInt(faces.size()))
                .findFirst()
                .orElseThrow();
        double score = metric.score(probe.values(), some.values());
        return switch (random.nextInt(6)) {
            case 0 -> Double.NEGATIVE_INFINITY;
            case 1 -> score;
            case 2 -> Math.nextUp(score);
            case 3 -> Math.nextDown(score);
            case 4 -> -1;
            default -> random.nextDouble(-1.5, 1.2);
        };
    }

    int limit(int faces) {
        int[] edges = {1, 2, 10, faces, faces + 1, Integer.MAX_VALUE};
        return edges[random.nextInt(edges.length)];
    }

    FaceFilter filter(Set<FaceId> faces) {
        int kind = random.nextInt(5);
        if (kind < 2) {
            return new FaceFilter.All();
        }
        int kept = kind == 2 ? 2 : kind == 3 ? 50 : 95; // per cent
        Set<FaceId> only = new HashSet<>(ids(3)); // unknown ones
        for (FaceId face : faces) {
            if (random.nextInt(100) < kept) {
                only.add(face);
            }
        }
        return new FaceFilter.Only(only);
    }
}
