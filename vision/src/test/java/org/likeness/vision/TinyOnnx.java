package org.likeness.vision;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/// Writes very small ONNX networks (IR 8, operator set 17), whose outputs are known without running anything.
/// Field numbers are those of `onnx.proto`. One thread at a time.
final class TinyOnnx {
    private final ByteArrayOutputStream graph = new ByteArrayOutputStream();

    /// @param height of the input, or -1 for any
    TinyOnnx(int height, int width) {
        write(graph, 2, text("tiny"));
        write(graph, 11, value("pixels", 1, 3, height, width));
    }

    /// An output that is always the same.
    TinyOnnx constant(String name, float[] values, int... shape) {
        var tensor = new ByteArrayOutputStream();
        for (int side : shape) {
            number(tensor, 1, side);
        }
        number(tensor, 2, 1);
        write(tensor, 8, text(name + " value"));
        ByteBuffer raw = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        for (float value : values) {
            raw.putFloat(value);
        }
        write(tensor, 9, raw.array());
        write(graph, 5, tensor.toByteArray());
        node("Identity", name + " value", name);
        write(graph, 12, value(name, shape));
        return this;
    }

    /// An output `[1, 3]`: the mean of each plane of the input.
    TinyOnnx planeMeans(String name) {
        node("GlobalAveragePool", "pixels", "pooled");
        node("Flatten", "pooled", name);
        write(graph, 12, value(name, 1, 3));
        return this;
    }

    byte[] bytes() {
        var set = new ByteArrayOutputStream();
        number(set, 2, 17);
        var model = new ByteArrayOutputStream();
        number(model, 1, 8);
        write(model, 7, graph.toByteArray());
        write(model, 8, set.toByteArray());
        return model.toByteArray();
    }

    private void node(String operator, String in, String out) {
        var node = new ByteArrayOutputStream();
        write(node, 1, text(in));
        write(node, 2, text(out));
        write(node, 4, text(operator));
        write(graph, 1, node.toByteArray());
    }

    private static byte[] value(String name, int... sides) {
        var shape = new ByteArrayOutputStream();
        for (int side : sides) {
            var dimension = new ByteArrayOutputStream();
            if (side >= 0) {
                number(dimension, 1, side);
            } else {
                write(dimension, 2, text("any"));
            }
            write(shape, 1, dimension.toByteArray());
        }
        var tensor = new ByteArrayOutputStream();
        number(tensor, 1, 1);
        write(tensor, 2, shape.toByteArray());
        var type = new ByteArrayOutputStream();
        write(type, 1, tensor.toByteArray());
        var value = new ByteArrayOutputStream();
        write(value, 1, text(name));
        write(value, 2, type.toByteArray());
        return value.toByteArray();
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static void number(ByteArrayOutputStream out, int field, long value) {
        varint(out, field << 3);
        varint(out, value);
    }

    private static void write(ByteArrayOutputStream out, int field, byte[] content) {
        varint(out, (field << 3) | 2);
        varint(out, content.length);
        out.writeBytes(content);
    }

    private static void varint(ByteArrayOutputStream out, long value) {
        long rest = value;
        while (rest > 127) {
            out.write((int) ((rest & 127) | 128));
            rest >>>= 7;
        }
        out.write((int) rest);
    }
}
