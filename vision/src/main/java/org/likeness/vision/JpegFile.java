package org.likeness.vision;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.ffmpeg.global.avcodec;
import org.likeness.core.photo.MediaType;
import org.likeness.vision.Layout.Piece;

/// Walks the segments of a JPEG file (ITU-T T.81, annex B) up to the end-of-image marker of its first picture.
///
/// What follows that marker (the film of a motion photo, a second picture, a gain map) is left alone. A file
/// without
/// the
/// marker is reported as truncated, because the decoder would quietly fill the missing part with grey. Application
/// segments are not passed on, save Adobe's, which says how colours are coded.
final class JpegFile {
    private static final int EXIF_PREFIX_BYTES = 6;
    private static final byte[] EXIF_PREFIX = {'E', 'x', 'i', 'f', 0, 0};

    private static final int START_OF_SCAN = 0xda;
    private static final int END_OF_IMAGE = 0xd9;
    private static final int ADOBE = 0xee;
    private static final int EXIF = 0xe1;

    private final FileBytes file;
    private final PhotoLimits limits;
    private final List<Piece> packet = new ArrayList<>();
    private Block exif = Block.NONE;
    private int width;
    private int height;

    private JpegFile(FileBytes file, PhotoLimits limits) {
        this.file = file;
        this.limits = limits;
    }

    static Layout read(FileBytes file, PhotoLimits limits) throws IOException, UnreadableException {
        return new JpegFile(file, limits).layout();
    }

    private Layout layout() throws IOException, UnreadableException {
        packet.add(new Piece.Made(new Block(new byte[] {(byte) 0xff, (byte) 0xd8})));
        var scan = readHeaders();
        if (width == 0) {
            throw UnreadableException.damaged("The JPEG file has no frame header");
        }
        packet.add(range(scan, endOfImage(scan)));
        return Layout.single(MediaType.JPEG, width, height, 4, avcodec.AV_CODEC_ID_MJPEG, packet, exif);
    }

    /// Returns where the first scan starts.
    private long readHeaders() throws IOException, UnreadableException {
        var at = 2L;
        while (true) {
            at = file.indexOfFf(at);
            var marker = file.u8(at + 1);
            if (marker == 0xff) { // fill byte
                at++;
            } else if (marker == START_OF_SCAN) {
                return at;
            } else if (marker == END_OF_IMAGE) {
                throw UnreadableException.damaged("The JPEG file ends before its picture");
            } else if (marker == 0 || marker == 0xd8 || isStandalone(marker)) {
                at += 2;
            } else {
                at = readSegment(at, marker);
            }
        }
    }

    private long readSegment(long at, int marker) throws IOException, UnreadableException {
        var length = file.u16(at + 2);
        var end = at + 2 + length;
        if (length < 2) {
            throw UnreadableException.damaged("The JPEG file has a segment of " + length + " bytes");
        }
        if (end > file.size()) {
            throw UnreadableException.truncated("JPEG file");
        }
        if (isFrame(marker)) {
            readFrame(at, marker);
        } else if (marker == EXIF && exif.length() == 0 && length > EXIF_PREFIX_BYTES + 2) {
            var content = file.bytes(at + 4, length - 2);
            if (startsWith(content, EXIF_PREFIX)) {
                exif = new Block(Arrays.copyOfRange(content, EXIF_PREFIX_BYTES, content.length));
            }
        }
        if (marker == ADOBE || !isMetadata(marker)) {
            packet.add(range(at, end));
        }
        return end;
    }

    private void readFrame(long at, int marker) throws IOException, UnreadableException {
        var precision = file.u8(at + 4);
        if (marker > 0xc2 || precision != 8) {
            throw UnreadableException.unsupported(
                    "A JPEG of process " + (marker - 0xc0) + " with " + precision + " bits a sample");
        }
        height = file.u16(at + 5);
        width = file.u16(at + 7);
        limits.check(width, height);
    }

    /// The place after the end-of-image marker that closes the picture whose first scan starts here.
    private long endOfImage(long firstScan) throws IOException, UnreadableException {
        var at = firstScan + 2 + file.u16(firstScan + 2);
        while (true) {
            at = file.indexOfFf(at);
            if (at + 1 >= file.size()) {
                throw UnreadableException.truncated("JPEG file");
            }
            var marker = file.u8(at + 1);
            if (marker == END_OF_IMAGE) {
                return at + 2;
            }
            if (marker == 0xff) {
                at++;
            } else if (isBetweenScans(marker) && at + 4 <= file.size() && at + 2 + file.u16(at + 2) <= file.size()) {
                at += 2 + file.u16(at + 2);
            } else {
                at += 2; // a stuffed 0xFF, a restart marker, or damage that the decoder will judge
            }
        }
    }

    private Piece range(long from, long to) throws UnreadableException {
        return Pieces.range(from, to);
    }

    private static boolean isStandalone(int marker) {
        return marker == 0x01 || (marker >= 0xd0 && marker <= 0xd7);
    }

    private static boolean isFrame(int marker) {
        return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
    }

    private static boolean isMetadata(int marker) {
        return (marker >= 0xe0 && marker <= 0xef) || marker == 0xfe;
    }

    private static boolean isBetweenScans(int marker) {
        return isMetadata(marker) || marker == 0xc4 || (marker >= START_OF_SCAN && marker <= 0xdd);
    }

    private static boolean startsWith(byte[] content, byte[] prefix) {
        return Arrays.equals(content, 0, prefix.length, prefix, 0, prefix.length);
    }
}
