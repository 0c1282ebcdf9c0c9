package org.likeness.index;

import java.util.Arrays;

/// A vector x written as x̂ = scale · codes, with what that loses. One thread at a time.
///
/// Symmetric 8-bit quantisation with a scale of its own for each vector, because lengths differ and carry information
/// (Euclidean models). The numbers beside the codes are exact bounds, not estimates, up to double rounding of a
/// relative 1e-13, which [Reach] allows for.
final class Codes {
    /// Codes lie in [-127, 127], so that the sum of two products still fits a 16-bit lane; see [VectorKernel].
    static final int CODE_MAX = 127;

    final short[] values;
    final float scale;
    /// Length of x̂.
    final double length;
    /// Length of x - x̂.
    final double error;

    private Codes(short[] values, float scale, double length, double error) {
        this.values = values;
        this.scale = scale;
        this.length = length;
        this.error = error;
    }

    static Codes of(float[] vector) {
        float max = 0;
        for (float value : vector) {
            max = Math.max(max, Math.abs(value));
        }
        float scale = max / CODE_MAX;
        if (scale < Float.MIN_NORMAL) {
            scale = 0; // too small to divide by: all is error then, and the bound still holds
        }
        short[] codes = new short[vector.length];
        double squares = 0;
        double errors = 0;
        for (int i = 0; i < vector.length; i++) {
            int code = scale == 0 ? 0 : Math.clamp(Math.round((double) vector[i] / scale), -CODE_MAX, CODE_MAX);
            double back = (double) scale * code;
            codes[i] = (short) code;
            squares += back * back;
            errors += (vector[i] - back) * (vector[i] - back);
        }
        return new Codes(codes, scale, Math.sqrt(squares), Math.sqrt(errors));
    }

    void erase() {
        Arrays.fill(values, (short) 0);
    }
}
