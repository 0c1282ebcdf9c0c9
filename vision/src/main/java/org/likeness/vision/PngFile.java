package org.likeness.vision;

import java.io.IOException;
import java.util.ArrayList;
import org.bytedeco.ffmpeg.global.avcodec;
import org.likeness.core.photo.MediaType;
import org.likeness.vision.Layout.Piece;

/// Walks the chunks of a PNG file (W3C PNG, third edition) up to IEND. Only the chunks that make pixels are
/// passed on;
/// of an animated file that is the default picture. A missing or cut chunk means the file is truncated.
final class PngFile {
    private static final int SIGNATURE_BYTES = 8;
    private static final int IHDR = 0x49484452;
    private static final int PLTE = 0x504c5445;
    private static final int TRNS = 0x74524e53;
    private static final int IDAT = 0x49444154;
    private static final int IEND = 0x49454e44;
    private static final int EXIF = 0x65584966;
    private static final int EXIF_BYTES_MAX = 1 << 20;

    private PngFile() {}

    static Layout read(FileBytes file, PhotoLimits limits) throws IOException, UnreadableException {
        if (file.i32(SIGNATURE_BYTES + 4) != IHDR) {
            throw UnreadableException.damaged("The PNG file does not start with its header");
        }
        var width = file.u32(16);
        var height = file.u32(20);
        limits.check(width, height);
        var bytesPerPixel = 3 + (file.u8(24) == 16 ? 8 : 4); // decoded, and flattened when transparent
        var packet = new ArrayList<Piece>();
        packet.add(new Piece.Range(0, SIGNATURE_BYTES));
        var exif = Block.NONE;
        var pixels = false;
        long at = SIGNATURE_BYTES;
        while (true) {
            if (at + 12 > file.size()) {
                throw UnreadableException.truncated("PNG file");
            }
            var end = at + 12 + file.u32(at);
            if (end > file.size()) {
                throw UnreadableException.truncated("PNG file");
            }
            var kind = file.i32(at + 4);
            if (kind == IHDR || kind == PLTE || kind == TRNS || kind == IDAT || kind == IEND) {
                packet.add(Pieces.range(at, end));
            } else if (kind == EXIF && exif.length() == 0 && end - at - 12 <= EXIF_BYTES_MAX) {
                exif = new Block(file.bytes(at + 8, (int) (end - at - 12)));
            }
            pixels |= kind == IDAT;
            if (kind == IEND) {
                break;
            }
            at = end;
        }
        if (!pixels || !PngPixels.complete(file, (int) width, (int) height)) {
            throw UnreadableException.damaged("The PNG file lacks pixels");
        }
        return Layout.single(
                MediaType.PNG, (int) width, (int) height, bytesPerPixel, avcodec.AV_CODEC_ID_PNG, packet, exif);
    }
}
