package org.likeness.vision;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.likeness.core.signal.SignalKind;

/// The copyright notice (2:116) of an IPTC IIM block (IIM 4.2), alone or among Photoshop's resources. It is evidence
/// only, so damage here is no reason to keep a photo out; an XMP packet among the resources is read as any other.
final class IimSignals {
    static final int BYTES_MAX = 16 << 20;

    private static final int MARKER = 0x1c;
    private static final int COPYRIGHT = 2 << 8 | 116;
    private static final int RESOURCE = 0x3842494d; // 8BIM
    private static final int IIM_RESOURCE = 0x0404;
    private static final int XMP_RESOURCE = 0x0424;

    private IimSignals() {}

    static void readPhotoshop(ByteBuffer in, SignalCollector into) {
        try {
            while (in.remaining() >= 12 && in.getInt() == RESOURCE) {
                int id = Short.toUnsignedInt(in.getShort());
                int name = Byte.toUnsignedInt(in.get());
                skip(in, name + (name + 1) % 2); // with its length byte it takes an even number of bytes
                int length = in.getInt();
                if (length < 0 || length > in.remaining()) {
                    throw new BufferUnderflowException();
                }
                ByteBuffer content = in.slice(in.position(), length);
                skip(in, Math.min(in.remaining(), length + length % 2));
                if (id == IIM_RESOURCE) {
                    read(content, into);
                } else if (id == XMP_RESOURCE) {
                    byte[] packet = new byte[length];
                    content.get(packet);
                    XmpSignals.read(packet, into);
                }
            }
        } catch (BufferUnderflowException e) {
            return; // see above
        }
    }

    static void read(ByteBuffer in, SignalCollector into) {
        while (in.remaining() >= 5 && in.get() == MARKER) {
            int dataset = Short.toUnsignedInt(in.getShort());
            int length = Short.toUnsignedInt(in.getShort());
            if (length > in.remaining()) { // also a length of the extended form, which no notice needs
                return;
            }
            byte[] value = new byte[length];
            in.get(value);
            if (dataset == COPYRIGHT) {
                into.add(SignalKind.COPYRIGHT, new String(value, StandardCharsets.UTF_8));
            }
        }
    }

    private static void skip(ByteBuffer in, int bytes) {
        if (bytes > in.remaining()) {
            throw new BufferUnderflowException();
        }
        in.position(in.position() + bytes);
    }
}
