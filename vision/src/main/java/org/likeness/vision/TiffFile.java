package org.likeness.vision;

import java.io.IOException;
import org.likeness.core.photo.PhotoReading.Reason;

/// Checks the first page of a TIFF file (TIFF 6.0) before a decoder sees it: its size, that it is no camera
/// RAW, that
/// every value list fits the file (so that nobody allocates for one that claims billions), and that all pixel
/// data is
/// there.
final class TiffFile {
    private static final int ENTRY_BYTES = 12;
    private static final int[] TYPE_BYTES = {1, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4};
    private static final int PAGES_MAX = 10_000;

    private static final int WIDTH = 256;
    private static final int HEIGHT = 257;
    private static final int BITS = 258;
    private static final int PHOTOMETRIC = 262;
    private static final int STRIP_AT = 273;
    private static final int SAMPLES = 277;
    private static final int STRIP_BYTES = 279;
    private static final int TILE_AT = 324;
    private static final int TILE_BYTES = 325;
    private static final int SUBFILE = 254;
    private static final int SUB_IFDS = 330;
    private static final int DNG = 50_706;
    private static final int COLOUR_FILTER_ARRAY = 32_803;
    private static final int LINEAR_RAW = 34_892;

    private final FileBytes file;
    private final boolean little;
    private final PhotoLimits limits;

    private TiffFile(FileBytes file, boolean little, PhotoLimits limits) {
        this.file = file;
        this.little = little;
        this.limits = limits;
    }

    /// @param bytesPerPixel decoded
    record Page(int width, int height, int bytesPerPixel) {}

    static Page read(FileBytes file, PhotoLimits limits) throws IOException, UnreadableException {
        return new TiffFile(file, file.u8(0) == 'I', limits).firstPage();
    }

    private Page firstPage() throws IOException, UnreadableException {
        checkPages();
        var at = u32(4);
        long width = value(at, WIDTH, 0);
        long height = value(at, HEIGHT, 0);
        refuseRaw(at);
        limits.check(width, height);
        var samples = value(at, SAMPLES, 1);
        var bits = value(at, BITS, 1);
        if (samples < 1 || samples > 64 || bits < 1 || bits > 64) {
            throw UnreadableException.unsupported("A TIFF file with " + samples + " samples of " + bits + " bits");
        }
        var decoded = Math.ceilDiv(samples * bits, 8);
        if (width * height * decoded > Integer.MAX_VALUE / 2) {
            throw new UnreadableException(
                    Reason.TOO_MANY_PIXELS, "The TIFF file needs too much memory; export it with 8 bits or smaller.");
        }
        checkData(at, STRIP_AT, STRIP_BYTES);
        checkData(at, TILE_AT, TILE_BYTES);
        return new Page((int) width, (int) height, (int) decoded + 3);
    }

    /// Follows the chain of pages, because decoders do so too.
    private void checkPages() throws IOException, UnreadableException {
        var at = u32(4);
        for (int page = 0; at != 0; page++) {
            if (page == PAGES_MAX) {
                throw UnreadableException.damaged("The TIFF file's pages run in a circle");
            }
            var entries = u16(at);
            for (int i = 0; i < entries; i++) {
                var entry = at + 2 + (long) i * ENTRY_BYTES;
                if (listBytes(entry) > file.size()) {
                    throw UnreadableException.truncated("TIFF file");
                }
            }
            at = u32(at + 2 + (long) entries * ENTRY_BYTES);
        }
    }

    private void refuseRaw(long at) throws IOException, UnreadableException {
        var photometric = value(at, PHOTOMETRIC, 0);
        var preview = (value(at, SUBFILE, 0) & 1) != 0 && find(at, SUB_IFDS) != 0;
        if (find(at, DNG) != 0 || photometric == COLOUR_FILTER_ARRAY || photometric == LINEAR_RAW || preview) {
            throw UnreadableException.unsupported("A camera RAW file");
        }
    }

    private void checkData(long at, int offsetsTag, int lengthsTag) throws IOException, UnreadableException {
        var offsets = find(at, offsetsTag);
        var lengths = find(at, lengthsTag);
        if (offsets == 0 || lengths == 0) {
            return;
        }
        var count = Math.min(u32(offsets + 4), u32(lengths + 4));
        for (long i = 0; i < count; i++) {
            if (element(offsets, i) + element(lengths, i) > file.size()) {
                throw UnreadableException.truncated("TIFF file");
            }
        }
    }

    private long value(long at, int tag, long otherwise) throws IOException, UnreadableException {
        var entry = find(at, tag);
        return entry == 0 || u32(entry + 4) == 0 ? otherwise : element(entry, 0);
    }

    /// Where a tag's entry is, or 0, where no entry can be.
    private long find(long at, int tag) throws IOException, UnreadableException {
        var entries = u16(at);
        for (int i = 0; i < entries; i++) {
            var entry = at + 2 + (long) i * ENTRY_BYTES;
            if (u16(entry) == tag) {
                return entry;
            }
        }
        return 0;
    }

    private long element(long entry, long index) throws IOException, UnreadableException {
        var place = listBytes(entry) <= 4 ? entry + 8 : u32(entry + 8);
        return switch (u16(entry + 2)) {
            case 3 -> u16(place + 2 * index);
            case 4 -> u32(place + 4 * index);
            case 1 -> file.u8(place + index);
            default -> throw UnreadableException.damaged("The TIFF file has a number of an unknown type");
        };
    }

    private long listBytes(long entry) throws IOException, UnreadableException {
        var type = u16(entry + 2);
        return u32(entry + 4) * (type < TYPE_BYTES.length ? TYPE_BYTES[type] : 1);
    }

    private int u16(long at) throws IOException, UnreadableException {
        return little ? file.u16le(at) : file.u16(at);
    }

    private long u32(long at) throws IOException, UnreadableException {
        return little ? file.u32le(at) : file.u32(at);
    }
}
