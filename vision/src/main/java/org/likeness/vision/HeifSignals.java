package org.likeness.vision;

import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/// Finds what may hold signals in a HEIC or AVIF file: items of type `mime` that are RDF, the EXIF item, and C2PA's
/// `uuid` box (C2PA 2.2, A.5). The library that reads metadata of other formats passes over all three.
final class HeifSignals {
    private static final int MIME_ITEM = HeifBoxes.type("mime");
    private static final int UUID_BOX = HeifBoxes.type("uuid");
    private static final String RDF = "application/rdf+xml";
    private static final byte[] C2PA = HexFormat.of().parseHex("d8fec3d61b0e483c92975828877ec481");
    private static final int BOXES_MAX = 10_000;
    private static final int MERKLE_OFFSET_BYTES = 8;

    private HeifSignals() {}

    static void read(FileBytes file, SignalCollector into) throws IOException, UnreadableException {
        HeifBoxes boxes = HeifBoxes.read(file);
        for (long item : boxes.itemsOfType(MIME_ITEM)) {
            Optional<HeifBoxes.Mime> mime = boxes.mime(item);
            if (mime.isEmpty() || !mime.get().encoding().isEmpty()) {
                into.unknown("xmp"); // of an unknown kind, or compressed
            } else if (mime.get().type().equals(RDF)) {
                xmp(file, boxes, item, into);
            }
        }
        TiffSignals.readExif(HeifFile.exif(file, boxes).bytes(), into);
        topLevel(file, into);
    }

    private static void xmp(FileBytes file, HeifBoxes boxes, long item, SignalCollector into) throws IOException {
        try {
            var pieces = boxes.data(item);
            if (Layout.length(pieces) > XmpSignals.BYTES_MAX) {
                into.unknown("xmp");
            } else {
                XmpSignals.read(HeifFile.copy(file, pieces, XmpSignals.BYTES_MAX), into);
            }
        } catch (UnreadableException e) {
            into.unknown("xmp");
        }
    }

    private static void topLevel(FileBytes file, SignalCollector into) throws IOException, UnreadableException {
        long at = 0;
        for (int box = 0; box < BOXES_MAX && at + 8 <= file.size(); box++) {
            long length = file.u32(at);
            int header = 8;
            if (length == 1) {
                length = file.i64(at + 8);
                header = 16;
            } else if (length == 0) {
                length = file.size() - at;
            }
            if (length < header || length > file.size() - at) {
                return; // what follows the picture may be cut off: nothing of it is needed
            }
            if (file.i32(at + 4) == UUID_BOX && length >= header + C2PA.length) {
                if (Arrays.equals(file.bytes(at + header, C2PA.length), C2PA)) {
                    c2pa(file, at + header + C2PA.length, at + length, into);
                }
            }
            at += length;
        }
    }

    /// Version and flags, what the box is for, and for a manifest the place of further data.
    private static void c2pa(FileBytes file, long from, long to, SignalCollector into)
            throws IOException, UnreadableException {
        if (to - from > C2paSignals.BYTES_MAX) {
            into.unknown("c2pa");
            return;
        }
        byte[] content = file.bytes(from, (int) (to - from));
        int end = 4;
        while (end < content.length && content[end] != 0) {
            end++;
        }
        String purpose = new String(
                content, Math.min(4, content.length), Math.max(0, end - 4), java.nio.charset.StandardCharsets.US_ASCII);
        if (purpose.equals("merkle")) {
            return; // hashes of parts of the file
        }
        int store = end + 1 + MERKLE_OFFSET_BYTES;
        if (store > content.length) {
            into.unknown("c2pa");
        } else {
            C2paSignals.read(Arrays.copyOfRange(content, store, content.length), into);
        }
    }
}
