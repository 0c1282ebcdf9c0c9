package org.likeness.vision;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.likeness.core.LikenessException;
import org.likeness.core.signal.Signal;

/// Reads the machine-readable statements of a photo file and of the files beside it. No pixel is decoded and nothing
/// is fetched. What cannot be read counts as a refusal: SIGNALS_UNKNOWN. Stateless, thread-safe.
final class SignalReader {
    private static final int SUB_BLOCK_MAX = 255;
    private static final int GIF_SCREEN_BYTES = 13;
    private static final int GIF_TRAILER_BYTES = 257; // without the zero that ends it
    private static final int XMP = 0x584d5020; // "XMP ", as the specification has it
    private static final int XMP_ZERO = 0x584d5000; // as some wrote it
    private static final int EXIF = 0x45584946;
    private static final int C2PA = 0x43325041;
    private static final int EXIF_BYTES_MAX = 1 << 20;

    private SignalReader() {}

    /// @param sidecars XMP packets that stand beside the photo as files of their own
    /// @throws LikenessException UNAVAILABLE when a file cannot be opened or read
    static List<Signal> read(Path photo, List<Path> sidecars) {
        SignalCollector into = new SignalCollector();
        try {
            try (var bytes = FileBytes.open(photo)) {
                container(bytes, into);
            }
            for (Path sidecar : sidecars) {
                try (var bytes = FileBytes.open(sidecar)) {
                    sidecar(bytes, into);
                }
            }
            return into.signals();
        } catch (IOException e) {
            // Neither this message nor a cause may carry the path; whoever called knows the file.
            throw new LikenessException(
                            LikenessException.Kind.UNAVAILABLE,
                            "a photo file could not be read (" + e.getClass().getSimpleName()
                                    + ")\nCheck that it is there and may be read, then try again.")
                    .called("disk.photo");
        }
    }

    private static void container(FileBytes file, SignalCollector into) throws IOException {
        try {
            switch (FileKind.of(file.head(FileKind.HEAD_BYTES))) {
                case JPEG -> JpegSignals.read(file, into);
                case PNG -> PngSignals.read(file, into);
                case WEBP -> webp(file, into);
                case HEIF -> HeifSignals.read(file, into);
                case TIFF -> TiffSignals.read(file, into);
                case GIF -> gif(file, into);
                case BMP, PNM -> {
                    // have no place for a statement
                }
            }
        } catch (UnreadableException e) {
            into.unknown("container");
        }
    }

    private static void sidecar(FileBytes file, SignalCollector into) throws IOException {
        try {
            if (file.size() > XmpSignals.BYTES_MAX) {
                into.unknown("sidecar");
            } else {
                XmpSignals.read(file.bytes(0, (int) file.size()), into);
            }
        } catch (UnreadableException e) {
            into.unknown("sidecar");
        }
    }

    /// Chunks as RFC 9649 has them.
    private static void webp(FileBytes file, SignalCollector into) throws IOException, UnreadableException {
        long end = Math.min(file.size(), 8 + file.u32le(4));
        for (long at = 12; at + 8 <= end; ) {
            int kind = file.i32(at);
            long length = file.u32le(at + 4);
            if (length > end - at - 8) {
                throw UnreadableException.truncated("WebP file");
            }
            switch (kind) {
                case XMP, XMP_ZERO -> {
                    if (length > XmpSignals.BYTES_MAX) {
                        into.unknown("xmp");
                    } else {
                        XmpSignals.read(file.bytes(at + 8, (int) length), into);
                    }
                }
                case C2PA -> {
                    if (length > C2paSignals.BYTES_MAX) {
                        into.unknown("c2pa");
                    } else {
                        C2paSignals.read(file.bytes(at + 8, (int) length), into);
                    }
                }
                case EXIF -> {
                    if (length <= EXIF_BYTES_MAX) {
                        TiffSignals.readExif(file.bytes(at + 8, (int) length), into);
                    }
                }
                default -> {
                    // pixels, colours and whatever comes later
                }
            }
            at += 8 + length + (length & 1);
        }
    }

    /// XMP stands in an application extension as plain bytes, with a trailer that makes it look like sub-blocks
    /// (ISO
    /// 16684-3, 1.1.2); C2PA in real sub-blocks. Both may follow the picture.
    private static void gif(FileBytes file, SignalCollector into) throws IOException, UnreadableException {
        long at = GIF_SCREEN_BYTES + palette(file.u8(10));
        for (int kind = file.u8(at); kind != 0x3b; kind = at < file.size() ? file.u8(at) : 0x3b) {
            if (kind == 0x21) {
                String application = file.u8(at + 1) == 0xff && file.u8(at + 2) == 11
                        ? new String(file.bytes(at + 3, 11), StandardCharsets.ISO_8859_1)
                        : "";
                ByteArrayOutputStream content = new ByteArrayOutputStream();
                boolean xmp = application.equals("XMP DataXMP");
                at = subBlocks(file, application.isEmpty() ? at + 2 : at + 14, content, xmp);
                if (xmp) {
                    byte[] packet = content.toByteArray();
                    int length = Math.max(0, packet.length - GIF_TRAILER_BYTES);
                    XmpSignals.read(Arrays.copyOf(packet, length), into);
                } else if (application.startsWith("C2PA_GIF")) {
                    C2paSignals.read(content.toByteArray(), into);
                }
            } else if (kind == 0x2c) {
                at = subBlocks(file, at + 10 + palette(file.u8(at + 9)) + 1, null, false);
            } else {
                return; // behind the last block; the decoder has judged the picture
            }
        }
    }

    private static long palette(int flags) {
        return (flags & 0x80) == 0 ? 0 : 3L << ((flags & 7) + 1);
    }

    /// @param withLengths also what stands for lengths, because in XMP those bytes are text
    /// @return the place after the last sub-block
    private static long subBlocks(
            FileBytes file,
            long from,
            @org.jspecify.annotations.Nullable ByteArrayOutputStream content,
            boolean withLengths)
            throws IOException, UnreadableException {
        long at = from;
        for (int length = file.u8(at); length != 0; length = file.u8(at)) {
            if (content != null && content.size() <= XmpSignals.BYTES_MAX - SUB_BLOCK_MAX) {
                content.writeBytes(withLengths ? file.bytes(at, length + 1) : file.bytes(at + 1, length));
            }
            at += 1 + length;
        }
        return at + 1;
    }
}
