package org.likeness.store;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.likeness.core.LikenessException;
import org.likeness.core.ledger.LedgerEntry;
import org.likeness.core.photo.Sha256;

/// The deletion ledger: the file `deletions.ledger` in the folder of keys, outside the database and its
/// backups, readable by its owner only. Append-only. Thread-safe; callers that append hold the
/// database's writing lock.
///
/// It is ASCII, each line ended by a line feed. The first is `likeness-ledger 1`; every other is an
/// entry, see [LedgerEntry#text], a blank, and 64 hexadecimal digits: the SHA-256 of the digits of the
/// line before (of 64 zeros for the first entry), a line feed, and the entry. So an entry that was
/// altered, moved or dropped in the middle breaks the chain. A crash can leave one last line that is
/// not whole; it was never relied on, and goes at the next append.
final class LedgerFile {
    private static final String HEADER = "likeness-ledger 1\n";
    private static final Sha256 NOTHING = new Sha256("0".repeat(64));
    /// A blank, the digits, a line feed.
    private static final int TAIL_BYTES = 66;

    private final Path folder;

    /// @param folder the folder of [Keys]
    LedgerFile(Path folder) {
        this.folder = folder;
    }

    /// How far a ledger reaches. Two ledgers that reach equally far say the same.
    ///
    /// @param bytes 0: there is none
    record End(long bytes, Sha256 chain) {
        static final End EMPTY = new End(0, NOTHING);
    }

    /// What a ledger says.
    ///
    /// @param end of the last whole line
    record Content(List<LedgerEntry> entries, End end) {
        Content {
            entries = List.copyOf(entries);
        }
    }

    private Path file() {
        return folder.resolve("deletions.ledger");
    }

    /// Where the file ends, without reading all of it. Where its last line is not whole this equals no
    /// real end.
    End end() {
        try (FileChannel channel = FileChannel.open(file(), StandardOpenOption.READ)) {
            long size = channel.size();
            if (size == HEADER.length()) {
                return new End(size, NOTHING);
            }
            ByteBuffer tail = ByteBuffer.allocate((int) Math.min(size, TAIL_BYTES));
            readFully(channel, tail, size - tail.capacity());
            String text = new String(tail.array(), StandardCharsets.ISO_8859_1);
            boolean whole = text.matches(" [0-9a-f]{64}\n");
            return new End(size, whole ? new Sha256(text.strip()) : NOTHING);
        } catch (NoSuchFileException _) {
            return End.EMPTY;
        } catch (IOException e) {
            throw unavailable("read", e);
        }
    }

    private static void readFully(FileChannel channel, ByteBuffer into, long from) throws IOException {
        while (into.hasRemaining()) {
            if (channel.read(into, from + into.position()) < 0) {
                throw new EOFException();
            }
        }
    }

    /// Reads all of it.
    ///
    /// @throws LikenessException CORRUPT when a line other than the last is not what was written
    Content read() {
        byte[] bytes;
        try {
            bytes = Files.readAllBytes(file());
        } catch (NoSuchFileException _) {
            return new Content(List.of(), End.EMPTY);
        } catch (IOException e) {
            throw unavailable("read", e);
        }
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        if (!text.startsWith(HEADER)) {
            if (HEADER.startsWith(text)) {
                return new Content(List.of(), End.EMPTY); // a crash came before the first line was whole
            }
            throw damaged();
        }
        List<LedgerEntry> entries = new ArrayList<>();
        End end = new End(HEADER.length(), NOTHING);
        int from = HEADER.length();
        for (int to = text.indexOf('\n', from); to >= 0; to = text.indexOf('\n', from)) {
            String line = text.substring(from, to);
            int border = line.length() - TAIL_BYTES + 1;
            if (border <= 0 || !line.equals(line(line.substring(0, border), end.chain()))) {
                if (to == text.length() - 1) {
                    return new Content(entries, end);
                }
                throw damaged();
            }
            entries.add(entry(line.substring(0, border)));
            from = to + 1;
            end = new End(from, new Sha256(line.substring(border + 1)));
        }
        return new Content(entries, end);
    }

    private static LedgerEntry entry(String text) {
        try {
            return LedgerEntry.parse(text);
        } catch (IllegalArgumentException e) {
            throw new LikenessException(
                    LikenessException.Kind.UNAVAILABLE,
                    "the deletion ledger holds an entry that this version of Likeness does not understand"
                            + "\nUse the version that wrote it, or a newer one.",
                    e);
        }
    }

    private static String line(String entry, Sha256 before) {
        byte[] chained = (before + "\n" + entry).getBytes(StandardCharsets.US_ASCII);
        return entry + " " + Sha256.of(Disk.sha256().digest(chained));
    }

    /// What an append changed.
    record Appended(End before, End after) {}

    /// Appends entries. They are on disk when this returns.
    synchronized Appended append(List<LedgerEntry> entries) {
        try {
            End before = wholeEnd();
            StringBuilder text = new StringBuilder(before.bytes() == 0 ? HEADER : "");
            Sha256 chain = before.chain();
            for (LedgerEntry entry : entries) {
                String line = line(entry.text(), chain);
                chain = new Sha256(line.substring(line.length() - 64));
                text.append(line).append('\n');
            }
            byte[] bytes = text.toString().getBytes(StandardCharsets.US_ASCII);
            Disk.createFolders(folder);
            Disk.createFile(file());
            try (FileChannel channel =
                    FileChannel.open(file(), Set.of(StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS))) {
                channel.truncate(before.bytes()).position(before.bytes());
                ByteBuffer buffer = ByteBuffer.wrap(bytes);
                while (buffer.hasRemaining()) {
                    channel.write(buffer);
                }
                channel.force(true);
            }
            Disk.syncFolder(folder);
            return new Appended(before, new End(before.bytes() + bytes.length, chain));
        } catch (IOException | UncheckedIOException e) {
            throw unavailable("written", e);
        }
    }

    /// The end of the last whole line.
    private End wholeEnd() {
        End end = end();
        boolean whole = end.bytes() == 0
                || end.bytes() == HEADER.length()
                || !end.chain().equals(NOTHING);
        return whole ? end : read().end();
    }

    private static LikenessException damaged() {
        return new LikenessException(
                        LikenessException.Kind.CORRUPT,
                        "the deletion ledger was altered or is damaged: what was erased could come back"
                                + "\nRestore deletions.ledger from the backup of the keys; the records complete it.")
                .called("keys.damaged");
    }

    private static LikenessException unavailable(String what, Exception cause) {
        return new LikenessException(
                        LikenessException.Kind.UNAVAILABLE,
                        "the deletion ledger cannot be " + what
                                + "\nCheck the disk and the rights on the folder of keys.",
                        cause)
                .called("keys.disk");
    }
}
