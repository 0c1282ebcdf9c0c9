package org.likeness.testkit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Looks for byte sequences in every file below a folder, at every offset. This is how a test shows that
/// something is
/// *not* on disk.
public final class DiskSearch {
    /// A sequence of this many bytes does not occur by chance.
    private static final int WINDOW = 12;

    private final Map<Long, List<byte[]>> byHead = new HashMap<>();

    /// Looks for a vector in the clear: any three neighbouring values as 32-bit floats of either byte order,
    /// any two as
    /// 64-bit, and any twelve neighbouring values rounded to bytes at the scales a quantiser might use.
    public DiskSearch vector(float[] values) {
        for (int i = 0; i + 3 <= values.length; i += 3) {
            for (ByteOrder order : List.of(ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN)) {
                ByteBuffer floats = ByteBuffer.allocate(12).order(order);
                ByteBuffer doubles = ByteBuffer.allocate(16).order(order);
                floats.putFloat(values[i]).putFloat(values[i + 1]).putFloat(values[i + 2]);
                doubles.putDouble(values[i]).putDouble(values[i + 1]);
                bytes(floats.array());
                bytes(doubles.array());
            }
        }
        float max = 0;
        for (float value : values) {
            max = Math.max(max, Math.abs(value));
        }
        for (float scale : new float[] {127 / max, 127, 128, 255}) {
            byte[] codes = new byte[values.length];
            for (int i = 0; i < values.length; i++) {
                codes[i] = (byte) Math.round(Math.clamp(values[i] * scale, -128f, 127f));
            }
            for (int i = 0; i + WINDOW <= codes.length; i += WINDOW) {
                bytes(java.util.Arrays.copyOfRange(codes, i, i + WINDOW));
            }
        }
        return this;
    }

    /// Looks for these bytes.
    ///
    /// @param sought at least 8
    public DiskSearch bytes(byte[] sought) {
        long head = ByteBuffer.wrap(sought).getLong();
        if (head != 0) { // zeroes are everywhere and prove nothing
            byHead.computeIfAbsent(head, _ -> new ArrayList<>()).add(sought.clone());
        }
        return this;
    }

    /// Where the first of the sequences was found; empty: none is anywhere below the folder.
    public Optional<String> find(Path folder) throws IOException {
        List<Path> files;
        try (Stream<Path> walk = Files.walk(folder)) {
            files = walk.filter(Files::isRegularFile).toList();
        }
        for (Path file : files) {
            byte[] content = Files.readAllBytes(file);
            int at = find(content);
            if (at >= 0) {
                return Optional.of(folder.relativize(file) + " at byte " + at);
            }
        }
        return Optional.empty();
    }

    private int find(byte[] content) {
        long head = 0;
        for (int i = 0; i < content.length; i++) {
            head = (head << 8) | (content[i] & 0xFF);
            List<byte[]> sought = i < 7 ? null : byHead.get(head);
            if (sought != null) {
                for (byte[] bytes : sought) {
                    if (startsWith(content, i - 7, bytes)) {
                        return i - 7;
                    }
                }
            }
        }
        return -1;
    }

    private static boolean startsWith(byte[] content, int at, byte[] bytes) {
        return at + bytes.length <= content.length
                && java.util.Arrays.equals(content, at, at + bytes.length, bytes, 0, bytes.length);
    }
}
