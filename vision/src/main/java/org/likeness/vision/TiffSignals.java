package org.likeness.vision;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.likeness.core.signal.SignalKind;

/// Finds what may hold signals in the tags of a TIFF structure: a file's pages, or the EXIF block of another format.
final class TiffSignals {
    private static final int ENTRY_BYTES = 12;
    private static final int PAGES_MAX = 64;
    private static final int XMP = 700;
    private static final int COPYRIGHT = 33_432;
    private static final int IIM = 33_723;
    private static final int PHOTOSHOP = 34_377;
    private static final int C2PA = 52_545;
    private static final int TEXT_BYTES_MAX = 1 << 16;

    /// Random reading, whatever holds the bytes.
    @FunctionalInterface
    interface Source {
        byte[] bytes(long at, int length) throws IOException, UnreadableException;
    }

    private final Source source;
    private final SignalCollector into;
    private final ByteOrder order;

    private TiffSignals(Source source, ByteOrder order, SignalCollector into) {
        this.source = source;
        this.order = order;
        this.into = into;
    }

    static void read(FileBytes file, SignalCollector into) throws IOException, UnreadableException {
        read(file::bytes, into);
    }

    /// EXIF holds evidence and no refusal of its own, so damage in it is no reason to keep the photo out.
    static void readExif(byte[] block, SignalCollector into) throws IOException {
        int from = block.length > 6 && block[0] == 'E' && block[4] == 0 ? 6 : 0; // some writers keep JPEG's prefix
        try {
            read(
                    (at, length) -> {
                        if (at < 0 || at + from > block.length - length) {
                            throw UnreadableException.truncated("EXIF block");
                        }
                        byte[] copy = new byte[length];
                        System.arraycopy(block, (int) at + from, copy, 0, length);
                        return copy;
                    },
                    into);
        } catch (UnreadableException e) {
            return; // see above
        }
    }

    private static void read(Source source, SignalCollector into) throws IOException, UnreadableException {
        ByteOrder order = source.bytes(0, 1)[0] == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
        new TiffSignals(source, order, into).pages();
    }

    private void pages() throws IOException, UnreadableException {
        long at = Integer.toUnsignedLong(at(4, 4).getInt());
        for (int page = 0; at != 0 && page < PAGES_MAX; page++) {
            int entries = Short.toUnsignedInt(at(at, 2).getShort());
            ByteBuffer list = at(at + 2, entries * ENTRY_BYTES);
            for (int i = 0; i < entries; i++) {
                entry(list.slice(i * ENTRY_BYTES, ENTRY_BYTES).order(order));
            }
            at = Integer.toUnsignedLong(
                    at(at + 2 + (long) entries * ENTRY_BYTES, 4).getInt());
        }
    }

    private void entry(ByteBuffer entry) throws IOException, UnreadableException {
        int tag = Short.toUnsignedInt(entry.getShort());
        int type = Short.toUnsignedInt(entry.getShort());
        long length = Integer.toUnsignedLong(entry.getInt()) * (type == 4 ? 4 : 1); // IIM is often typed as LONG
        switch (tag) {
            case XMP -> {
                if (length > XmpSignals.BYTES_MAX) {
                    into.unknown("xmp");
                } else {
                    XmpSignals.read(content(entry, (int) length), into);
                }
            }
            case C2PA -> {
                if (length > C2paSignals.BYTES_MAX) {
                    into.unknown("c2pa");
                } else {
                    C2paSignals.read(content(entry, (int) length), into);
                }
            }
            case COPYRIGHT -> into.add(SignalKind.COPYRIGHT, text(entry, length));
            case IIM -> {
                if (length <= IimSignals.BYTES_MAX) {
                    IimSignals.read(ByteBuffer.wrap(content(entry, (int) length)), into);
                }
            }
            case PHOTOSHOP -> {
                if (length <= IimSignals.BYTES_MAX) {
                    IimSignals.readPhotoshop(ByteBuffer.wrap(content(entry, (int) length)), into);
                }
            }
            default -> {
                // how the picture is coded
            }
        }
    }

    private String text(ByteBuffer entry, long length) throws IOException, UnreadableException {
        byte[] bytes = content(entry, (int) Math.min(length, TEXT_BYTES_MAX));
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /// Up to four bytes stand in the entry itself.
    private byte[] content(ByteBuffer entry, int length) throws IOException, UnreadableException {
        if (length <= 4) {
            byte[] inline = new byte[length];
            entry.get(8, inline);
            return inline;
        }
        return source.bytes(Integer.toUnsignedLong(entry.getInt(8)), length);
    }

    private ByteBuffer at(long at, int length) throws IOException, UnreadableException {
        return ByteBuffer.wrap(source.bytes(at, length)).order(order);
    }
}
