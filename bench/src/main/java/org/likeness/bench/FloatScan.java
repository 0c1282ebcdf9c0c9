package org.likeness.bench;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/// What one would write first: the dot product with every float vector, keeping the best few. Immutable.
record FloatScan(SyntheticFaces faces, boolean simd) {
    private static final VectorSpecies<Float> LANES = FloatVector.SPECIES_PREFERRED;

    /// Rows of the k best, best first.
    int[] search(float[] probe, int k) {
        float[] scores = new float[k];
        int[] rows = new int[k];
        Arrays.fill(scores, Float.NEGATIVE_INFINITY);
        for (int row = 0; row < faces.count; row++) {
            int from = row * probe.length;
            float score = simd ? simdDot(faces.vectors, from, probe) : plainDot(faces.vectors, from, probe);
            if (score > scores[k - 1]) {
                int at = k - 1;
                while (at > 0 && scores[at - 1] < score) {
                    scores[at] = scores[at - 1];
                    rows[at] = rows[at - 1];
                    at--;
                }
                scores[at] = score;
                rows[at] = row;
            }
        }
        return rows;
    }

    private static float plainDot(float[] vectors, int from, float[] probe) {
        float dot = 0;
        for (int i = 0; i < probe.length; i++) {
            dot += vectors[from + i] * probe[i];
        }
        return dot;
    }

    private static float simdDot(float[] vectors, int from, float[] probe) {
        FloatVector a = FloatVector.zero(LANES);
        FloatVector b = FloatVector.zero(LANES);
        int lanes = LANES.length(); // dimensions here are multiples of two vectors
        for (int i = 0; i < probe.length; i += 2 * lanes) {
            a = FloatVector.fromArray(LANES, vectors, from + i).fma(FloatVector.fromArray(LANES, probe, i), a);
            b = FloatVector.fromArray(LANES, vectors, from + i + lanes)
                    .fma(FloatVector.fromArray(LANES, probe, i + lanes), b);
        }
        return a.add(b).reduceLanes(VectorOperators.ADD);
    }
}
