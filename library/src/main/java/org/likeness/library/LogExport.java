package org.likeness.library;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.likeness.core.LikenessException;
import org.likeness.core.audit.LogKey;
import org.likeness.core.audit.SignedCheckpoint;
import org.likeness.core.records.LogReading;

/// Writes the log as static files, [C2SP tlog-tiles](https://c2sp.org/tlog-tiles): hashes in tiles of 256, entries in
/// bundles of 256, the checkpoint last. One thread at a time.
final class LogExport {
    private static final int TILE = 256;
    private static final int TILE_BITS = 8;
    private static final int ENTRY_BYTES_MAX = 65_535;

    private final Path folder;
    private final LogReading log;
    private int files;

    LogExport(Path folder, LogReading log) {
        this.folder = folder;
        this.log = log;
    }

    int write(SignedCheckpoint checkpoint, LogKey key) {
        long size = checkpoint.checkpoint().size();
        try {
            for (int level = 0; size >> (level * TILE_BITS) > 0; level++) {
                tiles(level, size >> (level * TILE_BITS));
            }
            entries(size);
            file("log.vkey", (key.vkey() + "\n").getBytes(StandardCharsets.UTF_8));
            file("checkpoint", checkpoint.note().getBytes(StandardCharsets.UTF_8));
            return files;
        } catch (IOException | UncheckedIOException e) {
            throw new LikenessException(
                    LikenessException.Kind.UNAVAILABLE,
                    "the log cannot be written to " + folder + "\nName a folder that can be written.",
                    e);
        }
    }

    private void tiles(int level, long count) throws IOException {
        for (long from = 0; from < count; from += TILE) {
            int width = (int) Math.min(TILE, count - from);
            List<LogReading.Node> nodes = log.nodes(level * TILE_BITS, from, width);
            if (nodes.size() != width || nodes.getLast().position() != from + width - 1) {
                throw damaged();
            }
            ByteArrayOutputStream tile = new ByteArrayOutputStream();
            for (LogReading.Node node : nodes) {
                tile.write(HexFormat.of().parseHex(node.hash().hex()));
            }
            file("tile/" + level + "/" + path(from / TILE, width), tile.toByteArray());
        }
    }

    private static LikenessException damaged() {
        return new LikenessException(
                LikenessException.Kind.CORRUPT, "the log is not complete\nSee: likeness audit verify.");
    }

    /// Bundles that lost an entry to pruning are left out whole.
    private void entries(long size) throws IOException {
        long first = Math.ceilDiv(log.pruned(), TILE) * TILE;
        for (long from = first; from < size; from += TILE) {
            int width = (int) Math.min(TILE, size - from);
            List<LogReading.Leaf> leaves = log.leaves(from + 1, width);
            if (leaves.size() != width || leaves.getLast().position() != from + width) {
                throw damaged();
            }
            ByteArrayOutputStream bundle = new ByteArrayOutputStream();
            for (LogReading.Leaf leaf : leaves) {
                byte[] entry = leaf.entry().getBytes(StandardCharsets.UTF_8);
                if (entry.length > ENTRY_BYTES_MAX) {
                    throw damaged();
                }
                bundle.write(entry.length >> Byte.SIZE);
                bundle.write(entry.length);
                bundle.write(entry);
            }
            file("tile/entries/" + path(from / TILE, width), bundle.toByteArray());
        }
    }

    /// A number in groups of three digits, all but the last with an x before them; a part that is not full says
    /// how wide.
    static String path(long number, int width) {
        StringBuilder path = new StringBuilder(String.format(Locale.ROOT, "%03d", number % 1000));
        for (long rest = number / 1000; rest > 0; rest /= 1000) {
            path.insert(0, String.format(Locale.ROOT, "x%03d/", rest % 1000));
        }
        return width == TILE ? path.toString() : path + ".p/" + width;
    }

    private void file(String name, byte[] content) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.write(file, content);
        files++;
    }
}
