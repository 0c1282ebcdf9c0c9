package org.likeness.models;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WireTest {
    /// A field as it is read back: bytes, or a number.
    private record Field(int number, Object value) {}

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 127, 128, 300, 16_383, 16_384, Integer.MAX_VALUE, Long.MAX_VALUE, -1, Long.MIN_VALUE})
    void numbers_come_back(long value) {
        assertThat(read(new Wire().number(7, value).toBytes())).containsExactly(new Field(7, value));
    }

    @Test
    void a_known_message_has_its_known_bytes() { // the examples of the encoding guide
        assertThat(new Wire().number(1, 150).toBytes()).containsExactly(0x08, 0x96, 0x01);
        assertThat(new Wire().text(2, "testing").toBytes())
                .containsExactly(0x12, 0x07, 't', 'e', 's', 't', 'i', 'n', 'g');
    }

    @Test
    void messages_nest_and_keep_their_order() {
        var inner = new Wire().text(3, "größe").number(3, 5);
        List<Field> outer = read(new Wire()
                .message(100, inner)
                .bytes(2, new byte[300])
                .number(1, 8)
                .toBytes());
        assertThat(outer).extracting(Field::number).containsExactly(100, 2, 1);
        assertThat((byte[]) outer.get(1).value()).hasSize(300);
        List<Field> nested = read((byte[]) outer.getFirst().value());
        assertThat((byte[]) nested.getFirst().value()).isEqualTo("größe".getBytes(UTF_8));
        assertThat(nested.get(1)).isEqualTo(new Field(3, 5L));
    }

    /// A model is read back by ONNX Runtime in the other tests; here its frame is looked at alone.
    @Test
    void a_model_states_its_versions() {
        var graph = new Graph("empty");
        graph.output(graph.node("Relu", "out", List.of(graph.input("in", "batch", "3"))), "batch", "3");
        List<Field> model = read(graph.toModel());
        assertThat(model).contains(new Field(1, 8L));
        byte[] operatorSet = (byte[]) model.getLast().value();
        assertThat(read(operatorSet)).contains(new Field(2, 17L));
    }

    private static List<Field> read(byte[] message) {
        var fields = new ArrayList<Field>();
        var buffer = ByteBuffer.wrap(message);
        while (buffer.hasRemaining()) {
            long tag = varint(buffer);
            int number = Math.toIntExact(tag >>> 3);
            switch ((int) (tag & 7)) {
                case 0 -> fields.add(new Field(number, varint(buffer)));
                case 2 -> {
                    int start = buffer.position() + lengthBytes(buffer);
                    int length = Math.toIntExact(varint(buffer));
                    fields.add(new Field(number, Arrays.copyOfRange(message, start, start + length)));
                    buffer.position(start + length);
                }
                default -> throw new AssertionError("unknown shape of field " + number);
            }
        }
        return fields;
    }

    private static int lengthBytes(ByteBuffer buffer) {
        int bytes = 1;
        while (buffer.get(buffer.position() + bytes - 1) < 0) {
            bytes++;
        }
        return bytes;
    }

    private static long varint(ByteBuffer buffer) {
        long value = 0;
        for (int shift = 0; ; shift += 7) {
            byte next = buffer.get();
            value |= (next & 0x7FL) << shift;
            if (next >= 0) {
                return value;
            }
        }
    }
}
