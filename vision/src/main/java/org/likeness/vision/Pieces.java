package org.likeness.vision;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.likeness.vision.Layout.Piece;

/// Makes the pieces of which a decoder's input is put together.
final class Pieces {
    /// More is refused: no photo within the pixel limits needs it, and it is held in memory at once.
    private static final long PACKET_BYTES_MAX = 1L << 30;

    private Pieces() {}

    static Piece range(long from, long to) throws UnreadableException {
        if (to - from > PACKET_BYTES_MAX) {
            throw UnreadableException.unsupported("A file with " + (to - from) + " bytes for one picture");
        }
        return new Piece.Range(from, (int) (to - from));
    }

    /// The 12 bytes a RIFF file of one form starts with.
    static Piece riff(String form, long contentBytes) {
        var header = ByteBuffer.allocate(12).order(ByteOrder.LITTLE_ENDIAN);
        header.put(ascii("RIFF")).putInt((int) (contentBytes + 4)).put(ascii(form));
        return new Piece.Made(new Block(header.array()));
    }

    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
