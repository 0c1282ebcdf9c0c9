package org.likeness.core.template;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// A random orthogonal matrix that follows from a secret seed: it turns vectors without changing any
/// distance or angle between them. Immutable, thread-safe; never printed.
///
/// The seed is the key of AES-256 in counter mode from a counter of zero. Its key stream, read as 64-bit
/// big endian words, is the source of uniform numbers `((word >>> 11) + 0.5) / 2⁵³`, which two by two
/// become normal ones by the Box–Muller formula; these fill the matrix row by row, a row of odd length
/// dropping its last. Its rows are then made orthonormal in their order by Gram–Schmidt, each twice
/// ([twice is enough](https://doi.org/10.1007/s00211-005-0615-4)). The result is distributed by the Haar
/// measure, as the Q of a QR factorisation with a positive diagonal is. Only operations that IEEE 754 or
/// `StrictMath` define to the bit are used, so a seed gives the same matrix on every machine.
public final class Rotation {
    public static final int SEED_BYTES = 32;

    private static final double TWO_POW_53 = 0x1.0p53;

    private final int dimension;
    private final double[] rows;

    private Rotation(int dimension, double[] rows) {
        this.dimension = dimension;
        this.rows = rows;
    }

    /// @param seed 32 bytes, not kept
    /// @param dimension at least 1; takes about 4 dimension³ steps and 8 dimension² bytes
    public static Rotation of(byte[] seed, int dimension) {
        if (seed.length != SEED_BYTES || dimension < 1) {
            throw new IllegalArgumentException("seed must be " + SEED_BYTES + " bytes and dimension positive but are "
                    + seed.length + ", " + dimension);
        }
        double[] rows = normal(seed, dimension);
        for (int i = 0; i < dimension; i++) {
            for (int pass = 0; pass < 2; pass++) {
                for (int j = 0; j < i; j++) {
                    subtractProjection(rows, i * dimension, j * dimension, dimension);
                }
                toUnit(rows, i * dimension, dimension);
            }
        }
        return new Rotation(dimension, rows);
    }

    private static double[] normal(byte[] seed, int dimension) {
        int pairs = (dimension + 1) / 2;
        byte[] zeros = new byte[pairs * 2 * Long.BYTES];
        double[] values = new double[Math.multiplyExact(dimension, dimension)];
        try {
            Cipher stream = Cipher.getInstance("AES/CTR/NoPadding");
            stream.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(seed, "AES"), new IvParameterSpec(new byte[16]));
            for (int row = 0; row < dimension; row++) {
                byte[] bytes = stream.update(zeros); // whole blocks of 16 bytes, so nothing is held back
                for (int pair = 0; pair < pairs; pair++) {
                    double radius = StrictMath.sqrt(-2 * StrictMath.log(uniform(bytes, pair * 2)));
                    double angle = 2 * StrictMath.PI * uniform(bytes, pair * 2 + 1);
                    int at = row * dimension + pair * 2;
                    values[at] = radius * StrictMath.cos(angle);
                    if (pair * 2 + 1 < dimension) {
                        values[at + 1] = radius * StrictMath.sin(angle);
                    }
                }
                Arrays.fill(bytes, (byte) 0);
            }
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no AES in counter mode", e);
        }
        return values;
    }

    private static double uniform(byte[] bytes, int word) {
        long bits = 0;
        for (int i = 0; i < Long.BYTES; i++) {
            bits = (bits << 8) | (bytes[word * Long.BYTES + i] & 0xFF);
        }
        return ((bits >>> 11) + 0.5) / TWO_POW_53;
    }

    private static void subtractProjection(double[] rows, int row, int unit, int dimension) {
        double dot = 0;
        for (int k = 0; k < dimension; k++) {
            dot += rows[row + k] * rows[unit + k];
        }
        for (int k = 0; k < dimension; k++) {
            rows[row + k] -= dot * rows[unit + k];
        }
    }

    private static void toUnit(double[] rows, int row, int dimension) {
        double square = 0;
        for (int k = 0; k < dimension; k++) {
            square += rows[row + k] * rows[row + k];
        }
        double norm = StrictMath.sqrt(square);
        for (int k = 0; k < dimension; k++) {
            rows[row + k] /= norm;
        }
    }

    public int dimension() {
        return dimension;
    }

    /// The matrix times the vector.
    public float[] turn(float[] vector) {
        requireFits(vector);
        float[] turned = new float[dimension];
        for (int i = 0; i < dimension; i++) {
            double sum = 0;
            for (int k = 0; k < dimension; k++) {
                sum += rows[i * dimension + k] * vector[k];
            }
            turned[i] = (float) sum;
        }
        return turned;
    }

    /// What [#turn] turned, but for the rounding to float.
    public float[] back(float[] turned) {
        requireFits(turned);
        double[] sums = new double[dimension];
        for (int i = 0; i < dimension; i++) {
            double weight = turned[i];
            for (int k = 0; k < dimension; k++) {
                sums[k] += rows[i * dimension + k] * weight;
            }
        }
        float[] vector = new float[dimension];
        for (int k = 0; k < dimension; k++) {
            vector[k] = (float) sums[k];
        }
        Arrays.fill(sums, 0);
        return vector;
    }

    private void requireFits(float[] vector) {
        if (vector.length != dimension) {
            throw new IllegalArgumentException("vector must have " + dimension + " values but has " + vector.length);
        }
    }

    @Override
    public String toString() {
        return "Rotation[" + dimension + ", redacted]";
    }
}
