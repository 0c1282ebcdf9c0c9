package org.likeness.models;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// A network under construction, written as an ONNX model (IR 8, operator set 17). One thread at a time.
///
/// A value is known by its name: the input, a constant, or the node that computes it. Nodes are added in the order in
/// which they run. Field numbers are those of `onnx.proto`.
final class Graph {
    private static final int IR_VERSION = 8;
    private static final int OPERATOR_SET = 17;
    private static final int FLOAT = 1;
    private static final int UINT8 = 2;
    private static final int INT64 = 7;

    private final String name;
    private final List<Wire> nodes = new ArrayList<>();
    private final List<Wire> constants = new ArrayList<>();
    private final List<Wire> inputs = new ArrayList<>();
    private final List<Wire> outputs = new ArrayList<>();

    Graph(String name) {
        this.name = name;
    }

    /// An attribute of a node: one whole number, or a list of them.
    record Attribute(String name, boolean list, List<Long> values) {
        private static final int INT = 2;
        private static final int INTS = 7;

        Attribute {
            values = List.copyOf(values);
        }

        static Attribute number(String name, long value) {
            return new Attribute(name, false, List.of(value));
        }

        static Attribute list(String name, int... values) {
            return new Attribute(
                    name, true, IntStream.of(values).asLongStream().boxed().toList());
        }

        private Wire wire() {
            var wire = new Wire().text(1, name);
            for (long value : values) {
                wire.number(list ? 8 : 3, value);
            }
            return wire.number(20, list ? INTS : INT);
        }
    }

    /// Declares the input; a dimension is a number, or a name where any size will do.
    String input(String value, String... dimensions) {
        inputs.add(floats(value, dimensions));
        return value;
    }

    void output(String value, String... dimensions) {
        outputs.add(floats(value, dimensions));
    }

    /// Adds a node and returns the value it computes, which has the node's name.
    String node(String operator, String value, List<String> from, Attribute... attributes) {
        var node = new Wire();
        from.forEach(source -> node.text(1, source));
        node.text(2, value).text(3, value).text(4, operator);
        for (Attribute attribute : attributes) {
            node.message(5, attribute.wire());
        }
        nodes.add(node);
        return value;
    }

    String constant(String value, int[] shape, float... elements) {
        var data = ByteBuffer.allocate(elements.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (float element : elements) {
            data.putFloat(element);
        }
        return constant(value, FLOAT, shape, data.array());
    }

    /// A list of whole numbers, as shapes and paddings are given.
    String sizes(String value, long... elements) {
        var data = ByteBuffer.allocate(elements.length * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (long element : elements) {
            data.putLong(element);
        }
        return constant(value, INT64, new int[] {elements.length}, data.array());
    }

    String codes(String value, int[] shape, byte[] elements) {
        return constant(value, UINT8, shape, elements);
    }

    byte[] toModel() {
        var graph = new Wire();
        nodes.forEach(node -> graph.message(1, node));
        graph.text(2, name);
        constants.forEach(constant -> graph.message(5, constant));
        inputs.forEach(input -> graph.message(11, input));
        outputs.forEach(output -> graph.message(12, output));
        return new Wire()
                .number(1, IR_VERSION)
                .text(2, "likeness")
                .message(7, graph)
                .message(8, new Wire().text(1, "").number(2, OPERATOR_SET))
                .toBytes();
    }

    private String constant(String value, int type, int[] shape, byte[] data) {
        var tensor = new Wire();
        for (int dimension : shape) {
            tensor.number(1, dimension);
        }
        constants.add(tensor.number(2, type).text(8, value).bytes(9, data));
        return value;
    }

    private static Wire floats(String value, String... dimensions) {
        var shape = new Wire();
        for (String dimension : dimensions) {
            boolean fixed = Character.isDigit(dimension.charAt(0));
            shape.message(1, fixed ? new Wire().number(1, Long.parseLong(dimension)) : new Wire().text(2, dimension));
        }
        var tensor = new Wire().number(1, FLOAT).message(2, shape);
        return new Wire().text(1, value).message(2, new Wire().message(1, tensor));
    }
}
