package org.likeness.vision;

import java.io.IOException;
import java.util.List;
import org.bytedeco.ffmpeg.global.avcodec;
import org.likeness.core.photo.MediaType;

/// Reads the header of a portable bitmap, greymap or pixmap (Netpbm, P1 to P6) and checks that all its samples are
/// there.
final class PnmFile {
    private static final int HEADER_BYTES_MAX = 1 << 14;

    private final FileBytes file;
    private long at = 2;

    private PnmFile(FileBytes file) {
        this.file = file;
    }

    static Layout read(FileBytes file, PhotoLimits limits) throws IOException, UnreadableException {
        return new PnmFile(file).layout(limits);
    }

    private Layout layout(PhotoLimits limits) throws IOException, UnreadableException {
        var kind = file.u8(1) - '0';
        var width = number();
        var height = number();
        limits.check(width, height);
        var bitmap = kind == 1 || kind == 4;
        var sampleMax = bitmap ? 1 : number();
        if (sampleMax < 1 || sampleMax > 65_535) {
            throw UnreadableException.damaged("The portable anymap has samples up to " + sampleMax);
        }
        var channels = kind == 3 || kind == 6 ? 3 : 1;
        var end = file.size();
        if (kind >= 4) {
            var rowBytes = bitmap ? (width + 7) / 8 : width * channels * (sampleMax > 255 ? 2 : 1);
            end = at + 1 + rowBytes * height;
        } else {
            countSamples(width * height * channels, bitmap);
        }
        if (end > file.size()) {
            throw UnreadableException.truncated("portable anymap");
        }
        var codec =
                bitmap ? avcodec.AV_CODEC_ID_PBM : channels == 3 ? avcodec.AV_CODEC_ID_PPM : avcodec.AV_CODEC_ID_PGM;
        var packet = List.of(Pieces.range(0, end));
        return Layout.single(MediaType.PNM, (int) width, (int) height, 7, codec, packet, Block.NONE);
    }

    /// The next number, after blanks and comments; leaves `at` on the byte behind it.
    private long number() throws IOException, UnreadableException {
        var c = file.u8(at);
        while (Character.isWhitespace(c) || c == '#') {
            if (c == '#') {
                while (file.u8(at) != '\n') {
                    next();
                }
            }
            next();
            c = file.u8(at);
        }
        var value = 0L;
        var digits = 0;
        for (; c >= '0' && c <= '9' && digits < 10; c = file.u8(at), digits++) {
            value = value * 10 + c - '0';
            at++;
        }
        if (digits == 0) {
            throw UnreadableException.damaged("The portable anymap has no number where its header needs one");
        }
        return value;
    }

    private void next() throws UnreadableException {
        at++;
        if (at > HEADER_BYTES_MAX) {
            throw UnreadableException.damaged("The portable anymap has no end of its header");
        }
    }

    /// Text samples have no fixed length, so a cut file only shows by counting.
    private void countSamples(long expected, boolean bitmap) throws IOException, UnreadableException {
        var count = 0L;
        var inNumber = false;
        for (var place = at; place < file.size() && count < expected; place++) {
            var c = file.u8(place);
            var digit = c >= '0' && c <= '9';
            if (digit && (bitmap || !inNumber)) {
                count++;
            }
            inNumber = digit;
        }
        if (count < expected) {
            throw UnreadableException.truncated("portable anymap");
        }
    }
}
