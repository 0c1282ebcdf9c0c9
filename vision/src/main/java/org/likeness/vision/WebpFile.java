package org.likeness.vision;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.ffmpeg.global.avcodec;
import org.likeness.core.photo.MediaType;
import org.likeness.vision.Layout.Piece;

/// Walks the chunks of a WebP file (RFC 9649) and puts a plain one together for the decoder: the still picture,
/// or the
/// first frame of an animation, with its alpha and without metadata.
final class WebpFile {
    private static final int VP8 = 0x56503820;
    private static final int VP8L = 0x5650384c;
    private static final int VP8X = 0x56503858;
    private static final int ALPH = 0x414c5048;
    private static final int ANMF = 0x414e4d46;
    private static final int EXIF = 0x45584946;
    private static final int FRAME_HEADER_BYTES = 16;
    private static final int EXIF_BYTES_MAX = 1 << 20;

    private final FileBytes file;
    private final PhotoLimits limits;
    private final List<Piece> picture = new ArrayList<>();
    private boolean alpha;
    private boolean pixels;
    private Block exif = Block.NONE;
    private int width;
    private int height;

    private WebpFile(FileBytes file, PhotoLimits limits) {
        this.file = file;
        this.limits = limits;
    }

    static Layout read(FileBytes file, PhotoLimits limits) throws IOException, UnreadableException {
        return new WebpFile(file, limits).layout();
    }

    private Layout layout() throws IOException, UnreadableException {
        var end = 8 + file.u32le(4);
        if (end > file.size()) {
            throw UnreadableException.truncated("WebP file");
        }
        readChunks(12, end);
        if (!pixels) {
            throw UnreadableException.damaged("The WebP file has no picture");
        }
        var packet = new ArrayList<Piece>();
        var extended = alpha ? extendedHeader() : Block.NONE;
        packet.add(Pieces.riff("WEBP", extended.length() + Layout.length(picture)));
        packet.add(new Piece.Made(extended));
        packet.addAll(picture);
        return Layout.single(MediaType.WEBP, width, height, 7, avcodec.AV_CODEC_ID_WEBP, packet, exif);
    }

    private void readChunks(long from, long end) throws IOException, UnreadableException {
        var at = from;
        while (at + 8 <= end) {
            var kind = file.i32(at);
            var content = file.u32le(at + 4);
            var next = at + 8 + content + (content & 1);
            if (at + 8 + content > end) {
                throw UnreadableException.truncated("WebP file");
            }
            switch (kind) {
                case VP8X -> limits.check(u24(at + 12) + 1L, u24(at + 15) + 1L);
                case VP8 -> lossy(at, Math.min(next, end));
                case VP8L -> lossless(at, Math.min(next, end));
                case ALPH -> keepAlpha(at, Math.min(next, end));
                case ANMF -> {
                    if (!pixels) {
                        readChunks(at + 8 + FRAME_HEADER_BYTES, at + 8 + content);
                    }
                }
                case EXIF -> {
                    if (exif.length() == 0 && content <= EXIF_BYTES_MAX) {
                        exif = new Block(file.bytes(at + 8, (int) content));
                    }
                }
                default -> {
                    // colour profile, XMP and whatever comes later is not needed for pixels
                }
            }
            at = next;
        }
    }

    private void lossy(long at, long end) throws IOException, UnreadableException {
        size(file.u16le(at + 14) & 0x3fff, file.u16le(at + 16) & 0x3fff, at, end);
    }

    private void lossless(long at, long end) throws IOException, UnreadableException {
        var bits = file.u32le(at + 9);
        size((bits & 0x3fff) + 1, ((bits >> 14) & 0x3fff) + 1, at, end);
    }

    private void size(long frameWidth, long frameHeight, long at, long end) throws UnreadableException {
        if (pixels) {
            return;
        }
        limits.check(frameWidth, frameHeight);
        width = (int) frameWidth;
        height = (int) frameHeight;
        pixels = true;
        picture.add(Pieces.range(at, end));
    }

    private void keepAlpha(long at, long end) throws UnreadableException {
        if (!pixels && !alpha) {
            alpha = true;
            picture.add(Pieces.range(at, end));
        }
    }

    /// A VP8X chunk that announces alpha and nothing else.
    private Block extendedHeader() {
        var w = width - 1;
        var h = height - 1;
        return new Block(new byte[] {
            'V',
            'P',
            '8',
            'X',
            10,
            0,
            0,
            0,
            0x10,
            0,
            0,
            0,
            (byte) w,
            (byte) (w >> 8),
            (byte) (w >> 16),
            (byte) h,
            (byte) (h >> 8),
            (byte) (h >> 16)
        });
    }

    private int u24(long at) throws IOException, UnreadableException {
        return file.u16le(at) | file.u8(at + 2) << 16;
    }
}
