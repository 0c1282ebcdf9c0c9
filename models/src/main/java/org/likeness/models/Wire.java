package org.likeness.models;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;

/// One message in the wire format of Protocol Buffers, written field by field in the order of the calls.
///
/// ONNX files need two of its four shapes: a varint, and bytes preceded by their length (strings, tensors and nested
/// messages). Fields are named by the numbers of `onnx.proto`. One thread at a time.
/// See <https://protobuf.dev/programming-guides/encoding/>.
final class Wire {
    private static final int VARINT = 0;
    private static final int LENGTH_DELIMITED = 2;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    Wire number(int field, long value) {
        tag(field, VARINT);
        varint(value);
        return this;
    }

    Wire bytes(int field, byte[] value) {
        tag(field, LENGTH_DELIMITED);
        varint(value.length);
        out.writeBytes(value);
        return this;
    }

    Wire text(int field, String value) {
        return bytes(field, value.getBytes(UTF_8));
    }

    Wire message(int field, Wire value) {
        return bytes(field, value.toBytes());
    }

    byte[] toBytes() {
        return out.toByteArray();
    }

    private void tag(int field, int shape) {
        varint(((long) field << 3) | shape);
    }

    /// Seven bits a byte, the lowest first; the top bit says that another byte follows. Negative numbers take ten.
    private void varint(long value) {
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            out.write((int) ((rest & 0x7F) | 0x80));
            rest >>>= 7;
        }
        out.write((int) rest);
    }
}
