package org.likeness.vision;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.likeness.vision.Layout.Piece;

/// The items of a HEIF file and their properties, read from its `meta` box (ISO/IEC 14496-12, 8.11, and 23008-12).
/// Nothing is decoded and no item's data is read. The box is copied once, at most 16 MB of it; every list in it is
/// bounded by the bytes that hold it.
final class HeifBoxes {
    private static final int META_BYTES_MAX = 16 << 20;
    private static final int TOP_LEVEL_BOXES_MAX = 10_000;

    /// Where an item's data is.
    ///
    /// @param inMeta the extents count from the `idat` box instead of the file's start
    record Location(boolean inMeta, List<Extent> extents) {}

    record Extent(long at, long length) {}

    /// A property box: its four-letter type and content.
    record Property(int type, ByteBuffer content) {}

    /// What an item of type `mime` holds.
    ///
    /// @param encoding how it is compressed; empty: not
    record Mime(String type, String encoding) {}

    private final FileBytes file;
    private final Map<Long, Integer> types = new HashMap<>();
    private final Map<Long, Mime> mimes = new HashMap<>();
    private final Map<Long, Location> locations = new HashMap<>();
    private final Map<Long, List<Integer>> associations = new HashMap<>();
    private final Map<Long, List<Long>> tiles = new HashMap<>();
    private final List<Property> properties = new ArrayList<>();
    private ByteBuffer itemData = ByteBuffer.allocate(0);
    private long primary = -1;

    private HeifBoxes(FileBytes file) {
        this.file = file;
    }

    static HeifBoxes read(FileBytes file) throws IOException, UnreadableException {
        var boxes = new HeifBoxes(file);
        try {
            boxes.meta(boxes.findMeta());
        } catch (BufferUnderflowException | IllegalArgumentException e) {
            throw UnreadableException.damaged("The HEIF file's table of contents is inconsistent");
        }
        return boxes;
    }

    /// The item that is the photo.
    long primary() {
        return primary;
    }

    int type(long item) {
        return types.getOrDefault(item, 0);
    }

    /// Empty when the item is of another type.
    Optional<Mime> mime(long item) {
        return Optional.ofNullable(mimes.get(item));
    }

    List<Long> tilesOf(long item) {
        return tiles.getOrDefault(item, List.of());
    }

    /// In the order in which they apply.
    List<Property> propertiesOf(long item) throws UnreadableException {
        var found = new ArrayList<Property>();
        for (var index : associations.getOrDefault(item, List.of())) {
            if (index > properties.size()) {
                throw UnreadableException.damaged("The HEIF file names a property that it does not have");
            }
            if (index > 0) {
                var property = properties.get(index - 1);
                found.add(new Property(property.type, property.content.duplicate()));
            }
        }
        return found;
    }

    /// The first item of a type, such as `Exif`.
    List<Long> itemsOfType(int type) {
        return types.entrySet().stream()
                .filter(entry -> entry.getValue() == type)
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }

    /// The item's bytes, as places in the file or copies of what lies inside the `meta` box.
    List<Piece> data(long item) throws UnreadableException {
        var location = locations.get(item);
        if (location == null || location.extents.isEmpty()) {
            throw UnreadableException.damaged("The HEIF file does not say where a picture's data is");
        }
        var pieces = new ArrayList<Piece>();
        for (var extent : location.extents) {
            var size = location.inMeta ? itemData.limit() : file.size();
            var length = extent.length == 0 ? size - extent.at : extent.length; // 0 means: to the end
            if (extent.at < 0 || length < 0 || extent.at > size - length) {
                throw UnreadableException.truncated("HEIF file");
            }
            if (location.inMeta) {
                var copy = new byte[(int) length];
                itemData.get((int) extent.at, copy);
                pieces.add(new Piece.Made(new Block(copy)));
            } else {
                pieces.add(Pieces.range(extent.at, extent.at + length));
            }
        }
        return pieces;
    }

    static int type(String fourLetters) {
        return ByteBuffer.wrap(Pieces.ascii(fourLetters)).getInt();
    }

    private ByteBuffer findMeta() throws IOException, UnreadableException {
        var at = 0L;
        for (int box = 0; box < TOP_LEVEL_BOXES_MAX && at + 8 <= file.size(); box++) {
            var length = file.u32(at);
            var header = 8;
            if (length == 1) {
                length = file.i64(at + 8);
                header = 16;
            } else if (length == 0) {
                length = file.size() - at;
            }
            if (length < header) {
                throw UnreadableException.damaged("The HEIF file has a box of " + length + " bytes");
            }
            if (file.i32(at + 4) == type("meta")) {
                if (length > META_BYTES_MAX) {
                    throw UnreadableException.damaged("The HEIF file's table of contents has " + length + " bytes");
                }
                return ByteBuffer.wrap(file.bytes(at + header, (int) length - header));
            }
            if (length > file.size() - at) {
                throw UnreadableException.truncated("HEIF file");
            }
            at += length;
        }
        throw UnreadableException.unsupported("A HEIF file without a still picture");
    }

    private void meta(ByteBuffer meta) throws UnreadableException {
        meta.getInt(); // version and flags
        while (meta.remaining() >= 8) {
            var box = next(meta);
            switch (box.type) {
                case 0x7069746d -> primary = itemPrimary(box.content); // pitm
                case 0x69696e66 -> itemTypes(box.content); // iinf
                case 0x696c6f63 -> itemLocations(box.content); // iloc
                case 0x69726566 -> itemReferences(box.content); // iref
                case 0x69707270 -> itemProperties(box.content); // iprp
                case 0x69646174 -> itemData = box.content.slice(); // idat
                default -> {
                    // handlers, groups and whatever comes later
                }
            }
        }
    }

    private static Property next(ByteBuffer in) {
        var start = in.position();
        var length = Integer.toUnsignedLong(in.getInt());
        var type = in.getInt();
        if (length == 1) {
            length = in.getLong();
        } else if (length == 0) {
            length = (long) in.limit() - start;
        }
        if (length < in.position() - start || length > in.limit() - start) {
            throw new BufferUnderflowException();
        }
        var content = in.slice(in.position(), (int) length - (in.position() - start));
        in.position(start + (int) length);
        return new Property(type, content);
    }

    private static long itemPrimary(ByteBuffer in) {
        return id(in, in.getInt() >>> 24 >= 1);
    }

    private static long id(ByteBuffer in, boolean wide) {
        return wide ? Integer.toUnsignedLong(in.getInt()) : Short.toUnsignedLong(in.getShort());
    }

    private void itemTypes(ByteBuffer in) {
        id(in, in.getInt() >>> 24 >= 1); // the count; the box's length says it too
        while (in.remaining() >= 8) {
            var entry = next(in).content;
            var version = entry.getInt() >>> 24;
            if (version >= 2) {
                var item = id(entry, version >= 3);
                entry.getShort(); // protection
                var type = entry.getInt();
                if (types.putIfAbsent(item, type) == null && type == type("mime")) {
                    text(entry); // the item's name
                    mimes.put(item, new Mime(text(entry), text(entry)));
                }
            }
        }
    }

    /// Up to the next zero byte or the end.
    private static String text(ByteBuffer in) {
        var text = new StringBuilder();
        while (in.hasRemaining()) {
            var b = in.get();
            if (b == 0) {
                break;
            }
            text.append((char) (b & 0xff));
        }
        return text.toString();
    }

    private void itemLocations(ByteBuffer in) {
        var version = in.getInt() >>> 24;
        var sizes = Short.toUnsignedInt(in.getShort());
        var indexBytes = version >= 1 ? sizes & 15 : 0;
        var count = id(in, version >= 2);
        for (long i = 0; i < count; i++) {
            var item = id(in, version >= 2);
            var method = version >= 1 ? in.getShort() & 15 : 0;
            in.getShort(); // data reference: only this file is ever read
            var base = number(in, sizes >> 4 & 15);
            var extentCount = Short.toUnsignedInt(in.getShort());
            var extents = new ArrayList<Extent>();
            for (int e = 0; e < extentCount; e++) {
                number(in, indexBytes);
                var at = base + number(in, sizes >> 12);
                extents.add(new Extent(at, number(in, sizes >> 8 & 15)));
                if (extents.size() > 1 && (sizes >> 8 & 15) == 0) {
                    throw new BufferUnderflowException(); // several parts that all go to the end
                }
            }
            if (method <= 1) {
                locations.putIfAbsent(item, new Location(method == 1, extents));
            }
        }
    }

    private static long number(ByteBuffer in, int bytes) {
        return switch (bytes) {
            case 0 -> 0;
            case 4 -> Integer.toUnsignedLong(in.getInt());
            case 8 -> in.getLong();
            default -> throw new BufferUnderflowException();
        };
    }

    private void itemReferences(ByteBuffer in) {
        var wide = in.getInt() >>> 24 >= 1;
        while (in.remaining() >= 8) {
            var reference = next(in);
            var from = id(reference.content, wide);
            var count = Short.toUnsignedInt(reference.content.getShort());
            var to = new ArrayList<Long>();
            for (int i = 0; i < count; i++) {
                to.add(id(reference.content, wide));
            }
            if (reference.type == type("dimg")) {
                tiles.putIfAbsent(from, List.copyOf(to));
            }
        }
    }

    private void itemProperties(ByteBuffer in) {
        while (in.remaining() >= 8) {
            var box = next(in);
            if (box.type == type("ipco")) {
                while (box.content.remaining() >= 8) {
                    properties.add(next(box.content));
                }
            } else if (box.type == type("ipma")) {
                itemAssociations(box.content);
            }
        }
    }

    private void itemAssociations(ByteBuffer in) {
        var versionAndFlags = in.getInt();
        var wideIndex = (versionAndFlags & 1) != 0;
        var count = Integer.toUnsignedLong(in.getInt());
        for (long i = 0; i < count; i++) {
            var item = id(in, versionAndFlags >>> 24 >= 1);
            var indexes = new ArrayList<Integer>();
            var associationCount = Byte.toUnsignedInt(in.get());
            for (int a = 0; a < associationCount; a++) {
                indexes.add(wideIndex ? in.getShort() & 0x7fff : in.get() & 0x7f);
            }
            associations.putIfAbsent(item, indexes);
        }
    }
}
