package org.likeness.index;

import java.util.Arrays;
import java.util.UUID;
import org.likeness.core.photo.FaceId;

/// A fixed number of rows, column by column: vectors, codes, bounds, ids. Guarded by the lock of [ExactIndex].
///
/// `values` is [rows][dimension]; `codes` is [rows][stride], padded with zeros. `lengths` and `errors` are those of
/// [Codes] as floats: lengths within a relative [#LENGTH_ROUNDING], errors rounded up. A length too great for a float
/// is infinite and so is its error, which makes the row a candidate for every probe.
final class Slab {
    /// Half a unit in the last place of a float is 2^-24; twice that, to have no discussion.
    static final double LENGTH_ROUNDING = 0x1p-23;

    final float[] values;
    final byte[] codes;
    final float[] scales;
    final float[] lengths;
    final float[] errors;
    final long[] idHighs;
    final long[] idLows;
    private final int dimension;
    private final int stride;

    Slab(int rows, int dimension, int stride) {
        this.dimension = dimension;
        this.stride = stride;
        values = new float[rows * dimension];
        codes = new byte[rows * stride];
        scales = new float[rows];
        lengths = new float[rows];
        errors = new float[rows];
        idHighs = new long[rows];
        idLows = new long[rows];
    }

    void set(int at, UUID id, float[] vector, Codes code) {
        System.arraycopy(vector, 0, values, at * dimension, dimension);
        for (int i = 0; i < dimension; i++) {
            codes[at * stride + i] = (byte) code.values[i];
        }
        float length = (float) code.length;
        scales[at] = code.scale;
        lengths[at] = length;
        errors[at] = Float.isInfinite(length) ? Float.POSITIVE_INFINITY : Math.nextUp((float) code.error);
        idHighs[at] = id.getMostSignificantBits();
        idLows[at] = id.getLeastSignificantBits();
    }

    void copy(int at, Slab from, int fromAt) {
        System.arraycopy(from.values, fromAt * dimension, values, at * dimension, dimension);
        System.arraycopy(from.codes, fromAt * stride, codes, at * stride, stride);
        scales[at] = from.scales[fromAt];
        lengths[at] = from.lengths[fromAt];
        errors[at] = from.errors[fromAt];
        idHighs[at] = from.idHighs[fromAt];
        idLows[at] = from.idLows[fromAt];
    }

    void erase(int at) {
        Arrays.fill(values, at * dimension, (at + 1) * dimension, 0);
        Arrays.fill(codes, at * stride, (at + 1) * stride, (byte) 0);
        scales[at] = 0;
        lengths[at] = 0;
        errors[at] = 0;
        idHighs[at] = 0;
        idLows[at] = 0;
    }

    /// Copies a row's vector to `into`.
    void vector(int at, float[] into) {
        System.arraycopy(values, at * dimension, into, 0, dimension);
    }

    FaceId face(int at) {
        return new FaceId(new UUID(idHighs[at], idLows[at]));
    }
}
