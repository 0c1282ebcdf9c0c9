package org.likeness.store;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.likeness.core.LikenessException;
import org.likeness.core.person.Details;

/// The bytes of [Details] before they are sealed: a version byte, 1; then name, contact and language, each as one byte
/// that says whether it is there, and where it is 1 the length in bytes (4 bytes, big endian) and the text as UTF-8.
final class DetailsForm {
    private static final byte VERSION = 1;
    private static final int FIELDS = 3;

    private DetailsForm() {}

    static byte[] write(Details details) {
        byte[][] fields = {bytes(details.name()), bytes(details.contact()), bytes(details.language())};
        boolean[] there = {
            details.name().isPresent(),
            details.contact().isPresent(),
            details.language().isPresent()
        };
        int size = 1;
        for (byte[] field : fields) {
            size += 1 + Integer.BYTES + field.length;
        }
        ByteBuffer out = ByteBuffer.allocate(size).put(VERSION);
        for (int i = 0; i < FIELDS; i++) {
            out.put((byte) (there[i] ? 1 : 0));
            if (there[i]) {
                out.putInt(fields[i].length).put(fields[i]);
            }
        }
        byte[] written = new byte[out.position()];
        out.flip().get(written);
        return written;
    }

    private static byte[] bytes(Optional<String> text) {
        return text.orElse("").getBytes(StandardCharsets.UTF_8);
    }

    /// @throws LikenessException CORRUPT when they are not such bytes
    static Details read(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        try {
            if (in.get() != VERSION) {
                throw damaged();
            }
            Details details = new Details(text(in), text(in), text(in));
            if (in.hasRemaining()) {
                throw damaged();
            }
            return details;
        } catch (BufferUnderflowException e) {
            throw damaged();
        }
    }

    private static Optional<String> text(ByteBuffer in) {
        if (in.get() == 0) {
            return Optional.empty();
        }
        int length = in.getInt();
        if (length < 0 || length > in.remaining()) {
            throw damaged();
        }
        byte[] text = new byte[length];
        in.get(text);
        return Optional.of(new String(text, StandardCharsets.UTF_8));
    }

    private static LikenessException damaged() {
        return new LikenessException(
                        LikenessException.Kind.CORRUPT,
                        "sealed details are of a form this version does not know"
                                + "\nUse the version of Likeness that wrote them.")
                .called("records.damaged");
    }
}
