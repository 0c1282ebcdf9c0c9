package org.likeness.vision;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// Finds what may hold signals in the application segments of a JPEG file, up to its first scan: EXIF, XMP with its
/// extension (ISO 16684-3, 1.1.3.1), Photoshop's resources, and JUMBF (ISO/IEC 19566-5, D.2).
final class JpegSignals {
    private static final int APP1 = 0xe1;
    private static final int APP11 = 0xeb;
    private static final int APP13 = 0xed;
    private static final int START_OF_SCAN = 0xda;
    private static final int END_OF_IMAGE = 0xd9;

    private static final byte[] EXIF = Pieces.ascii("Exif\0\0");
    private static final byte[] XMP = Pieces.ascii("http://ns.adobe.com/xap/1.0/\0");
    private static final byte[] EXTENSION = Pieces.ascii("http://ns.adobe.com/xmp/extension/\0");
    private static final byte[] PHOTOSHOP = Pieces.ascii("Photoshop 3.0\0");
    private static final byte[] JUMBF = Pieces.ascii("JP");
    private static final int EXTENSION_ID_BYTES = 32;

    private final FileBytes file;
    private final SignalCollector into;
    private final Map<String, Extension> extensions = new HashMap<>();
    private final Set<String> extensionsNamed = new HashSet<>();
    private final Map<Integer, TreeMap<Long, byte[]>> jumbf = new HashMap<>();
    private final ByteArrayOutputStream photoshop = new ByteArrayOutputStream();
    private long held;

    /// An extended packet as its parts arrive.
    private static final class Extension {
        private final byte[] packet;
        private long missing;

        private Extension(int length) {
            packet = new byte[length];
            missing = length;
        }
    }

    private JpegSignals(FileBytes file, SignalCollector into) {
        this.file = file;
        this.into = into;
    }

    static void read(FileBytes file, SignalCollector into) throws IOException, UnreadableException {
        JpegSignals reader = new JpegSignals(file, into);
        reader.segments();
        reader.assembled();
    }

    private void segments() throws IOException, UnreadableException {
        long at = 2;
        while (true) {
            at = file.indexOfFf(at);
            int marker = file.u8(at + 1);
            if (marker == START_OF_SCAN || marker == END_OF_IMAGE) {
                return;
            }
            if (marker == 0xff) {
                at++;
            } else if (marker == 0 || marker == 1 || (marker >= 0xd0 && marker <= 0xd8)) {
                at += 2;
            } else {
                int length = file.u16(at + 2);
                if (length < 2) {
                    throw UnreadableException.damaged("The JPEG file has a segment of " + length + " bytes");
                }
                if (marker == APP1 || marker == APP11 || marker == APP13) {
                    segment(marker, file.bytes(at + 4, length - 2));
                }
                at += 2 + length;
            }
        }
    }

    private void segment(int marker, byte[] content) throws IOException {
        if (marker == APP1 && startsWith(content, EXIF)) {
            TiffSignals.readExif(from(content, EXIF.length), into);
        } else if (marker == APP1 && startsWith(content, XMP)) {
            extensionsNamed.addAll(XmpSignals.read(from(content, XMP.length), into));
        } else if (marker == APP1 && startsWith(content, EXTENSION)) {
            extension(from(content, EXTENSION.length));
        } else if (marker == APP13 && startsWith(content, PHOTOSHOP)) {
            if (photoshop.size() <= IimSignals.BYTES_MAX) {
                photoshop.writeBytes(from(content, PHOTOSHOP.length)); // large resources go over several segments
            }
        } else if (marker == APP11 && startsWith(content, JUMBF)) {
            jumbf(from(content, JUMBF.length));
        }
    }

    private void extension(byte[] part) {
        if (part.length < EXTENSION_ID_BYTES + 8) {
            return; // whoever names the packet will miss it
        }
        String id = new String(part, 0, EXTENSION_ID_BYTES, StandardCharsets.US_ASCII);
        ByteBuffer header = ByteBuffer.wrap(part, EXTENSION_ID_BYTES, 8);
        long length = Integer.toUnsignedLong(header.getInt());
        long offset = Integer.toUnsignedLong(header.getInt());
        int bytes = part.length - EXTENSION_ID_BYTES - 8;
        if (length > file.size() || offset + bytes > length) {
            return;
        }
        if (!extensions.containsKey(id)) {
            if (held + length > XmpSignals.BYTES_MAX) {
                return;
            }
            held += length;
            extensions.put(id, new Extension((int) length));
        }
        Extension extension = extensions.get(id);
        if (extension != null && offset + bytes <= extension.packet.length) {
            System.arraycopy(part, EXTENSION_ID_BYTES + 8, extension.packet, (int) offset, bytes);
            extension.missing -= bytes;
        }
    }

    /// A box that does not fit a segment repeats its header in each; the parts are numbered.
    private void jumbf(byte[] part) {
        if (part.length < 14 || held + part.length > C2paSignals.BYTES_MAX) {
            into.unknown("c2pa");
            return;
        }
        held += part.length;
        ByteBuffer header = ByteBuffer.wrap(part);
        int box = Short.toUnsignedInt(header.getShort());
        long sequence = Integer.toUnsignedLong(header.getInt());
        jumbf.computeIfAbsent(box, _ -> new TreeMap<>()).putIfAbsent(sequence, from(part, 6));
    }

    private void assembled() {
        for (String id : extensionsNamed) {
            Extension extension = extensions.get(id);
            if (extension == null || extension.missing > 0) {
                into.unknown("xmp extension");
            }
        }
        for (Extension extension : extensions.values()) {
            if (extension.missing <= 0) {
                XmpSignals.read(extension.packet, into);
            }
        }
        IimSignals.readPhotoshop(ByteBuffer.wrap(photoshop.toByteArray()), into);
        for (TreeMap<Long, byte[]> parts : jumbf.values()) {
            ByteArrayOutputStream store = new ByteArrayOutputStream();
            for (byte[] part : parts.values()) {
                boolean wide = part[0] == 0 && part[1] == 0 && part[2] == 0 && part[3] == 1;
                int header = store.size() == 0 ? 0 : wide ? 16 : 8;
                if (header > part.length) {
                    into.unknown("c2pa");
                } else {
                    store.write(part, header, part.length - header);
                }
            }
            byte[] boxes = store.toByteArray();
            if (C2paSignals.isJumbf(boxes) || boxes.length < 8) { // JPEG XT keeps other boxes here
                C2paSignals.read(boxes, into);
            }
        }
    }

    private static boolean startsWith(byte[] content, byte[] prefix) {
        return content.length >= prefix.length && Arrays.equals(content, 0, prefix.length, prefix, 0, prefix.length);
    }

    private static byte[] from(byte[] bytes, int at) {
        return Arrays.copyOfRange(bytes, at, bytes.length);
    }
}
