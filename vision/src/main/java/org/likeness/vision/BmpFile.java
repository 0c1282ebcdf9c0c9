package org.likeness.vision;

import java.io.IOException;
import java.util.List;
import org.bytedeco.ffmpeg.global.avcodec;
import org.likeness.core.photo.MediaType;

/// Reads the header of a Windows or OS/2 bitmap and checks that all its rows are there.
final class BmpFile {
    private static final int CORE_HEADER_BYTES = 12;

    private BmpFile() {}

    static Layout read(FileBytes file, PhotoLimits limits) throws IOException, UnreadableException {
        var pixelsAt = file.u32le(10);
        var core = file.u32le(14) == CORE_HEADER_BYTES;
        var width = core ? file.u16le(18) : file.u32le(18);
        var height = core ? file.u16le(20) : Math.abs((long) (int) file.u32le(22)); // negative: rows from the top
        limits.check(width, height);
        var bits = file.u16le(core ? 24 : 28);
        var compression = core ? 0 : file.u32le(30);
        if (compression == 4 || compression == 5) {
            throw UnreadableException.unsupported("A BMP that wraps another format");
        }
        var rowBytes = (width * bits + 31) / 32 * 4;
        var runLength = compression == 1 || compression == 2;
        var pixelBytes = runLength ? file.u32le(34) : rowBytes * height;
        if (pixelsAt + pixelBytes > file.size()) {
            throw UnreadableException.truncated("BMP file");
        }
        var packet = List.of(Pieces.range(0, runLength ? file.size() : pixelsAt + pixelBytes));
        return Layout.single(MediaType.BMP, (int) width, (int) height, 7, avcodec.AV_CODEC_ID_BMP, packet, Block.NONE);
    }
}
