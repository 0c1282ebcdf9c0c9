package org.likeness.vision;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/// Finds what may hold signals in the chunks of a PNG file: `eXIf`, `caBX` (C2PA), and texts with XMP's keyword or with
/// those under which ImageMagick writes profiles as hexadecimal digits.
final class PngSignals {
    private static final int SIGNATURE_BYTES = 8;
    private static final int IEND = 0x49454e44;
    private static final int EXIF = 0x65584966;
    private static final int C2PA = 0x63614258;
    private static final int TEXT = 0x74455874; // tEXt
    private static final int COMPRESSED_TEXT = 0x7a545874; // zTXt
    private static final int INTERNATIONAL_TEXT = 0x69545874; // iTXt
    private static final int EXIF_BYTES_MAX = 1 << 20;
    private static final String XMP = "XML:com.adobe.xmp";
    private static final String RAW_PROFILE = "Raw profile type ";

    private final FileBytes file;
    private final SignalCollector into;

    private PngSignals(FileBytes file, SignalCollector into) {
        this.file = file;
        this.into = into;
    }

    static void read(FileBytes file, SignalCollector into) throws IOException, UnreadableException {
        new PngSignals(file, into).chunks();
    }

    private void chunks() throws IOException, UnreadableException {
        long at = SIGNATURE_BYTES;
        for (int kind = 0; kind != IEND; ) {
            long length = file.u32(at);
            kind = file.i32(at + 4);
            if (length > file.size() - at - 8) {
                throw UnreadableException.truncated("PNG file");
            }
            switch (kind) {
                case EXIF -> {
                    if (length <= EXIF_BYTES_MAX) {
                        TiffSignals.readExif(file.bytes(at + 8, (int) length), into);
                    }
                }
                case C2PA -> {
                    if (length > C2paSignals.BYTES_MAX) {
                        into.unknown("c2pa");
                    } else {
                        C2paSignals.read(file.bytes(at + 8, (int) length), into);
                    }
                }
                case TEXT, COMPRESSED_TEXT, INTERNATIONAL_TEXT -> text(kind, at + 8, length);
                default -> {
                    // pixels, colours and whatever comes later
                }
            }
            at += 12 + length;
        }
    }

    private void text(int kind, long at, long length) throws IOException, UnreadableException {
        byte[] head = file.bytes(at, (int) Math.min(length, 80)); // a keyword has at most 79 bytes
        int end = indexOfZero(head, 0);
        String keyword = new String(head, 0, end, StandardCharsets.ISO_8859_1);
        if (!keyword.equals(XMP) && !keyword.startsWith(RAW_PROFILE)) {
            return;
        }
        if (length > XmpSignals.BYTES_MAX) {
            into.unknown("xmp");
            return;
        }
        byte[] value = value(kind, file.bytes(at, (int) length), end + 1);
        if (value == null) {
            into.unknown("xmp");
        } else if (keyword.equals(XMP)) {
            XmpSignals.read(value, into);
        } else {
            rawProfile(keyword.substring(RAW_PROFILE.length()), value);
        }
    }

    /// Null when it does not inflate.
    private static byte @Nullable [] value(int kind, byte[] chunk, int afterKeyword) {
        if (kind == TEXT) {
            return Arrays.copyOfRange(chunk, Math.min(afterKeyword, chunk.length), chunk.length);
        }
        if (kind == COMPRESSED_TEXT) {
            return inflate(chunk, afterKeyword + 1);
        }
        int language = indexOfZero(chunk, afterKeyword + 2);
        int from = indexOfZero(chunk, language + 1) + 1;
        if (from > chunk.length) {
            return null;
        }
        return chunk[afterKeyword] == 0 ? Arrays.copyOfRange(chunk, from, chunk.length) : inflate(chunk, from);
    }

    private static int indexOfZero(byte[] bytes, int from) {
        int at = from;
        while (at < bytes.length && bytes[at] != 0) {
            at++;
        }
        return at;
    }

    private static byte @Nullable [] inflate(byte[] bytes, int from) {
        if (from >= bytes.length) {
            return null;
        }
        Inflater inflater = new Inflater();
        try {
            inflater.setInput(bytes, from, bytes.length - from);
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            byte[] buffer = new byte[1 << 16];
            while (!inflater.finished()) {
                int got = inflater.inflate(buffer);
                out.write(buffer, 0, got);
                if ((got == 0 && !inflater.finished()) || out.size() > XmpSignals.BYTES_MAX) {
                    return null;
                }
            }
            return out.toByteArray();
        } catch (DataFormatException e) {
            return null;
        } finally {
            inflater.end();
        }
    }

    /// A line feed, the profile's name, its length in decimal, then hexadecimal digits over many lines.
    private void rawProfile(String type, byte[] text) throws IOException {
        if (!type.equals("xmp") && !type.equals("APP1") && !type.equals("iptc")) {
            return;
        }
        String[] parts = new String(text, StandardCharsets.ISO_8859_1).strip().split("\\s+", 3);
        if (parts.length < 3) {
            into.unknown("xmp");
            return;
        }
        String digits = parts[2].replaceAll("\\s", "");
        byte[] profile;
        try {
            profile = java.util.HexFormat.of().parseHex(digits);
        } catch (IllegalArgumentException e) {
            into.unknown("xmp");
            return;
        }
        if (type.equals("iptc")) {
            IimSignals.readPhotoshop(ByteBuffer.wrap(profile), into);
        } else if (type.equals("APP1") && profile.length > 4 && profile[0] == 'E') {
            TiffSignals.readExif(profile, into);
        } else {
            int xml = new String(profile, StandardCharsets.ISO_8859_1).indexOf('<'); // behind XMP's address
            XmpSignals.read(Arrays.copyOfRange(profile, Math.max(0, xml), profile.length), into);
        }
    }
}
