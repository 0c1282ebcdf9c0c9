package org.likeness.bench;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import org.likeness.core.photo.FaceId;
import org.likeness.core.template.Calibration;
import org.likeness.core.template.Metric;
import org.likeness.core.template.ModelId;
import org.likeness.core.template.ModelSpec;
import org.likeness.core.template.Template;

/// Seeded vectors with the shape of face templates; no face was used. Immutable.
///
/// Identities on the unit sphere around 24 group means, with variances falling from dimension to dimension; faces
/// scattered about their identity (cosine within an identity about 0.74 in the mean, between strangers about 0); sizes
/// of identities geometric, mean about 20. Four probes in five are further faces of known identities.
final class SyntheticFaces {
    final ModelSpec model;
    final int count;
    final int dimension;
    /// [count][dimension], unit length.
    final float[] vectors;
    /// [probes][dimension], unit length.
    final float[][] probes;

    private final double[] spread;

    SyntheticFaces(int count, int dimension, int probeCount, long seed) {
        this.count = count;
        this.dimension = dimension;
        var calibration = new Calibration(
                "synthetic", 2, 100, List.of(new Calibration.Point(0, 0.5), new Calibration.Point(1, 0.1)));
        model = new ModelSpec(new ModelId("synthetic", "1", "none"), Metric.COSINE, dimension, calibration);
        vectors = new float[Math.multiplyExact(count, dimension)];
        probes = new float[probeCount][];
        spread = new double[dimension];
        for (int i = 0; i < dimension; i++) {
            spread[i] = Math.exp(-1.7 * i / dimension);
        }
        var random = new SplittableRandom(seed);
        float[][] groups = new float[24][];
        Arrays.setAll(groups, i -> unit(random, new float[dimension], 0, 1));
        float[][] known = new float[1000][];
        int row = 0;
        int people = 0;
        while (row < count) {
            float[] person = unit(random, groups[random.nextInt(groups.length)], 0.35, 1);
            known[people++ % known.length] = person;
            do {
                System.arraycopy(unit(random, person, 1, 0.59), 0, vectors, row++ * dimension, dimension);
            } while (row < count && random.nextInt(20) > 0);
        }
        for (int i = 0; i < probeCount; i++) {
            float[] person = i % 5 == 0
                    ? unit(random, groups[random.nextInt(groups.length)], 0.35, 1)
                    : known[random.nextInt(Math.min(people, known.length))];
            probes[i] = unit(random, person, 1, 0.59);
        }
    }

    private float[] unit(SplittableRandom random, float[] centre, double pull, double noise) {
        double[] drawn = new double[dimension];
        double squares = 0;
        for (int i = 0; i < dimension; i++) {
            drawn[i] = random.nextGaussian() * spread[i];
            squares += drawn[i] * drawn[i];
        }
        double scale = noise / Math.sqrt(squares);
        squares = 0;
        for (int i = 0; i < dimension; i++) {
            drawn[i] = drawn[i] * scale + pull * centre[i];
            squares += drawn[i] * drawn[i];
        }
        float[] unit = new float[dimension];
        for (int i = 0; i < dimension; i++) {
            unit[i] = (float) (drawn[i] / Math.sqrt(squares));
        }
        return unit;
    }

    static FaceId id(int row) {
        return new FaceId(new UUID(0x0192_0000_0000_7000L + ((long) row << 20), row * 0x9E37_79B9_7F4A_7C15L));
    }

    float[] vector(int row) {
        return Arrays.copyOfRange(vectors, row * dimension, (row + 1) * dimension);
    }

    Template template(int row) {
        return new Template(model.id(), vector(row));
    }
}
