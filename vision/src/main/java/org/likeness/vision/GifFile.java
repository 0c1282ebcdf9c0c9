package org.likeness.vision;

import java.io.IOException;
import java.util.List;
import org.bytedeco.ffmpeg.global.avcodec;
import org.likeness.core.photo.MediaType;
import org.likeness.vision.Layout.Piece;

/// Walks the blocks of a GIF file (GIF89a specification) to the end of its first picture; the rest is not read.
final class GifFile {
    private static final int SCREEN_BYTES = 13;

    private GifFile() {}

    static Layout read(FileBytes file, PhotoLimits limits) throws IOException, UnreadableException {
        var width = file.u16le(6);
        var height = file.u16le(8);
        limits.check(width, height);
        var at = SCREEN_BYTES + paletteBytes(file.u8(10));
        while (true) {
            var kind = file.u8(at);
            if (kind == 0x21) { // extension: label, then sub-blocks
                at = afterSubBlocks(file, at + 2);
            } else if (kind == 0x2c) {
                limits.check(file.u16le(at + 5), file.u16le(at + 7));
                var end = afterSubBlocks(file, at + 10 + paletteBytes(file.u8(at + 9)) + 1);
                List<Piece> packet = List.of(Pieces.range(0, end), new Piece.Made(new Block(new byte[] {0x3b})));
                return Layout.single(MediaType.GIF, width, height, 7, avcodec.AV_CODEC_ID_GIF, packet, Block.NONE);
            } else {
                throw UnreadableException.damaged("The GIF file has no picture");
            }
        }
    }

    private static long paletteBytes(int flags) {
        return (flags & 0x80) == 0 ? 0 : 3L << ((flags & 7) + 1);
    }

    private static long afterSubBlocks(FileBytes file, long from) throws IOException, UnreadableException {
        var at = from;
        var length = file.u8(at);
        while (length != 0) {
            at += 1 + length;
            length = file.u8(at);
        }
        return at + 1;
    }
}
