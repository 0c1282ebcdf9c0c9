package org.likeness.vision;

import java.io.IOException;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/// Inflates a PNG file's pixel data only to count it, because the decoder leaves rows that are not there as
/// they are
/// and
/// says nothing. Costs about as much as the decoder's own inflating. Memory is two small buffers.
final class PngPixels {
    private static final int IDAT = 0x49444154;
    private static final int IEND = 0x49454e44;
    private static final int BUFFER_BYTES = 1 << 16;
    private static final int FIRST_CHUNK = 8;

    /// Start and step of the seven passes of an interlaced picture (W3C PNG, 8.2): x, y, x step, y step.
    private static final int[][] PASSES = {
        {0, 0, 8, 8}, {4, 0, 8, 8}, {0, 4, 4, 8}, {2, 0, 4, 4}, {0, 2, 2, 4}, {1, 0, 2, 2}, {0, 1, 1, 2}
    };

    private final FileBytes file;
    private long missing;

    private PngPixels(FileBytes file, long expected) {
        this.file = file;
        this.missing = expected;
    }

    /// Whether all rows are there. The file's chunks are known to be whole.
    static boolean complete(FileBytes file, int width, int height) throws IOException, UnreadableException {
        var samples = switch (file.u8(25)) {
            case 2 -> 3;
            case 4 -> 2;
            case 6 -> 4;
            default -> 1;
        };
        var pixelBits = samples * file.u8(24);
        var expected = 0L;
        if (file.u8(28) == 0) {
            expected = rows(width, height, pixelBits);
        } else {
            for (var pass : PASSES) {
                expected += rows(
                        Math.ceilDiv(width - pass[0], pass[2]), Math.ceilDiv(height - pass[1], pass[3]), pixelBits);
            }
        }
        return new PngPixels(file, expected).inflate();
    }

    private static long rows(int width, int height, int pixelBits) {
        return width <= 0 || height <= 0 ? 0 : height * (1 + ((long) width * pixelBits + 7) / 8);
    }

    private boolean inflate() throws IOException, UnreadableException {
        var inflater = new Inflater();
        try {
            long at = FIRST_CHUNK;
            while (missing > 0 && file.i32(at + 4) != IEND) {
                var length = file.u32(at);
                if (file.i32(at + 4) == IDAT) {
                    chunk(inflater, at + 8, length);
                }
                at += 12 + length;
            }
            return missing <= 0;
        } catch (DataFormatException e) {
            return false;
        } finally {
            inflater.end();
        }
    }

    private void chunk(Inflater inflater, long from, long length)
            throws IOException, UnreadableException, DataFormatException {
        var out = new byte[BUFFER_BYTES];
        for (long done = 0; done < length && missing > 0 && !inflater.finished(); done += BUFFER_BYTES) {
            inflater.setInput(file.bytes(from + done, (int) Math.min(BUFFER_BYTES, length - done)));
            var got = inflater.inflate(out);
            while (got > 0) {
                missing -= got;
                got = inflater.inflate(out);
            }
            if (inflater.needsDictionary()) {
                throw new DataFormatException();
            }
        }
    }
}
