package org.likeness.models;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.function.IntUnaryOperator;

/// A constant of a network: a shape, and its elements in row-major order, each one float or one byte that stands for
/// `byte * scale + min`. Immutable.
///
/// Moving elements about leaves them as they are stored, so a tensor that arrives in bytes can leave in bytes.
final class Tensor {
    private static final int FLOAT_BYTES = 4;

    private final int[] shape;
    private final byte[] data; // little-endian
    private final boolean coded;
    private final double scale;
    private final double min;

    private Tensor(int[] shape, byte[] data, boolean coded, double scale, double min) {
        this.shape = shape.clone();
        this.data = data.clone();
        this.coded = coded;
        this.scale = scale;
        this.min = min;
        int expected = Math.multiplyExact(size(), elementBytes());
        if (data.length != expected) {
            throw new IllegalArgumentException("data of shape " + Arrays.toString(shape) + " must have " + expected
                    + " bytes but has " + data.length);
        }
    }

    /// A tensor of floats from their little-endian bytes, which need not be aligned.
    static Tensor ofFloats(int[] shape, byte[] data) {
        return new Tensor(shape, data, false, 1, 0);
    }

    /// A tensor whose elements are `byte * scale + min`, bytes counting from 0 to 255.
    static Tensor ofCodes(int[] shape, byte[] codes, double scale, double min) {
        return new Tensor(shape, codes, true, scale, min);
    }

    int[] shape() {
        return shape.clone();
    }

    int size() {
        return Arrays.stream(shape).reduce(1, Math::multiplyExact);
    }

    boolean coded() {
        return coded;
    }

    /// Factor of the codes; 1 if the tensor is not coded.
    double scale() {
        return scale;
    }

    /// Value of code 0; 0 if the tensor is not coded.
    double min() {
        return min;
    }

    /// The stored bytes: codes, or little-endian floats.
    byte[] data() {
        return data.clone();
    }

    /// The elements as numbers, computed in double and rounded once, as tfjs does.
    float[] values() {
        var floats = ByteBuffer.wrap(data).order(ByteOrder.LITTLE_ENDIAN);
        var values = new float[size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = coded ? (float) (Byte.toUnsignedInt(data[i]) * scale + min) : floats.getFloat(i * FLOAT_BYTES);
        }
        return values;
    }

    /// A tensor of another shape whose element `i` is this tensor's element `source(i)`.
    Tensor rearranged(int[] newShape, IntUnaryOperator source) {
        int width = elementBytes();
        var moved = new byte[Arrays.stream(newShape).reduce(width, Math::multiplyExact)];
        for (int i = 0; i < moved.length / width; i++) {
            System.arraycopy(data, source.applyAsInt(i) * width, moved, i * width, width);
        }
        return new Tensor(newShape, moved, coded, scale, min);
    }

    /// A convolution kernel turned from `[height, width, in, out]`, the order of tfjs, to `[out, in, height, width]`.
    Tensor kernel() {
        int area = shape[0] * shape[1];
        int in = shape[2];
        int out = shape[3];
        return rearranged(new int[] {out, in, shape[0], shape[1]}, i -> {
            int cell = i % area;
            int from = i / area % in;
            int to = i / area / in;
            return (cell * in + from) * out + to;
        });
    }

    /// A depthwise kernel turned from `[height, width, channels, 1]` to `[channels, 1, height, width]`.
    Tensor depthwiseKernel() {
        int area = shape[0] * shape[1];
        int channels = shape[2];
        if (shape[3] != 1) {
            throw new IllegalArgumentException("multiplier of a depthwise kernel must be 1 but is " + shape[3]);
        }
        return rearranged(new int[] {channels, 1, shape[0], shape[1]}, i -> i % area * channels + i / area);
    }

    private int elementBytes() {
        return coded ? 1 : FLOAT_BYTES;
    }
}
