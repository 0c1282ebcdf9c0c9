package org.likeness.vision;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Decodes one item of CBOR ([RFC 8949](https://www.rfc-editor.org/rfc/rfc8949)) as far as C2PA assertions need it:
/// maps
/// with their keys as text, lists, text. Numbers, bytes, dates and the like become a placeholder, because nobody here
/// asks for them. Depth and size are bounded.
final class Cbor {
    private static final int DEPTH_MAX = 32;
    private static final int BREAK = 0xff;

    private final ByteBuffer in;

    private Cbor(ByteBuffer in) {
        this.in = in;
    }

    /// @throws IllegalArgumentException when it is not CBOR, ends too early, or is nested too deeply
    static Object decode(ByteBuffer bytes) {
        try {
            return new Cbor(bytes.duplicate()).item(0);
        } catch (BufferUnderflowException e) {
            throw new IllegalArgumentException("CBOR ends too early", e);
        }
    }

    private Object item(int depth) {
        return item(Byte.toUnsignedInt(in.get()), depth);
    }

    private Object item(int head, int depth) {
        if (depth > DEPTH_MAX) {
            throw new IllegalArgumentException("CBOR is nested too deeply");
        }
        int info = head & 31;
        return switch (head >> 5) {
            case 0, 1 -> {
                length(info);
                yield Placeholder.OTHER;
            }
            case 2 -> {
                string(info, 2);
                yield Placeholder.OTHER;
            }
            case 3 -> new String(string(info, 3), StandardCharsets.UTF_8);
            case 4 -> list(info, depth);
            case 5 -> map(info, depth);
            case 6 -> {
                length(info);
                yield item(depth + 1); // a tag says how to read the item; here the item is enough
            }
            default -> {
                length(info); // true, false, null and floats
                yield Placeholder.OTHER;
            }
        };
    }

    private long length(int info) {
        return switch (info) {
            case 24 -> Byte.toUnsignedInt(in.get());
            case 25 -> Short.toUnsignedInt(in.getShort());
            case 26 -> Integer.toUnsignedLong(in.getInt());
            case 27 -> in.getLong();
            case 28, 29, 30, 31 -> throw new IllegalArgumentException("CBOR with a length of an unknown form");
            default -> info;
        };
    }

    private byte[] string(int info, int major) {
        if (info != 31) {
            long length = length(info);
            if (length < 0 || length > in.remaining()) {
                throw new BufferUnderflowException();
            }
            byte[] bytes = new byte[(int) length];
            in.get(bytes);
            return bytes;
        }
        var all = new java.io.ByteArrayOutputStream();
        for (int head = Byte.toUnsignedInt(in.get()); head != BREAK; head = Byte.toUnsignedInt(in.get())) {
            if (head >> 5 != major || (head & 31) == 31) {
                throw new IllegalArgumentException("CBOR with a string in unlike parts");
            }
            all.writeBytes(string(head & 31, major));
        }
        return all.toByteArray();
    }

    /// Every item takes at least one byte, so a list that claims more ends too early.
    private List<Object> list(int info, int depth) {
        List<Object> list = new ArrayList<>();
        if (info == 31) {
            for (int head = Byte.toUnsignedInt(in.get()); head != BREAK; head = Byte.toUnsignedInt(in.get())) {
                list.add(item(head, depth + 1));
            }
            return list;
        }
        long count = length(info);
        for (long i = 0; i != count; i++) {
            list.add(item(depth + 1));
        }
        return list;
    }

    private Map<String, Object> map(int info, int depth) {
        Map<String, Object> map = new LinkedHashMap<>();
        if (info == 31) {
            for (int head = Byte.toUnsignedInt(in.get()); head != BREAK; head = Byte.toUnsignedInt(in.get())) {
                put(map, item(head, depth + 1), depth);
            }
            return map;
        }
        long count = length(info);
        for (long i = 0; i != count; i++) {
            put(map, item(depth + 1), depth);
        }
        return map;
    }

    private void put(Map<String, Object> map, Object key, int depth) {
        map.put(key instanceof String text ? text : key.toString(), item(depth + 1));
    }

    /// Stands for a value nobody asks for.
    enum Placeholder {
        OTHER
    }
}
