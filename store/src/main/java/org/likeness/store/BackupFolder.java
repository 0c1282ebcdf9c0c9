package org.likeness.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.likeness.core.LikenessException;
import org.likeness.core.photo.Sha256;

/// A folder with a backup: files, and a list of them with their hashes, which is written last. A folder
/// without the list is no backup. One thread at a time.
///
/// The list is the file `manifest.txt`, ASCII, each line ended by a line feed: `likeness-backup 1
/// <kind>`, the time, a line `<sha256> <bytes> <path>` for each file, and the SHA-256 of all lines
/// before.
public final class BackupFolder {
    private static final String LIST = "manifest.txt";
    private static final Pattern HEADER = Pattern.compile("likeness-backup 1 (records|keys)");
    private static final Pattern LINE = Pattern.compile("([0-9a-f]{64}) (\\d{1,18}) ([A-Za-z0-9._/-]{1,400})");
    private static final int BUFFER_BYTES = 1 << 16;

    private final Path folder;
    private final Kind kind;
    private final List<Item> items;

    /// What is in it. The two never lie in one folder: who has both can open everything.
    public enum Kind {
        RECORDS,
        KEYS;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// A file of the backup.
    ///
    /// @param path in the backup, with `/` between its parts
    public record Item(String path, long bytes, Sha256 sha256) {}

    private BackupFolder(Path folder, Kind kind, List<Item> items) {
        this.folder = folder;
        this.kind = kind;
        this.items = new ArrayList<>(items);
    }

    /// Begins a backup.
    ///
    /// @param apart folders that it must neither lie in nor hold
    /// @throws LikenessException CONFLICT when the folder is there and not empty, REFUSED when it lies
    ///     in a backup of the other kind or is not apart, UNAVAILABLE when it cannot be written
    static BackupFolder create(Path folder, Kind kind, List<Path> apart) {
        Path to = folder.toAbsolutePath().normalize();
        for (Path other : apart) {
            Path from = other.toAbsolutePath().normalize();
            if (to.startsWith(from) || from.startsWith(to)) {
                throw together("a backup must lie outside the data directory and the folder of keys");
            }
        }
        for (Path above = to; above != null; above = above.getParent()) {
            if (Files.exists(above.resolve(LIST))) {
                throw together("a backup must not lie in another one");
            }
        }
        try {
            Disk.createFolders(to);
            try (Stream<Path> content = Files.list(to)) {
                if (content.findAny().isPresent()) {
                    throw new LikenessException(
                            LikenessException.Kind.CONFLICT,
                            "the folder for the backup is not empty\nName a new folder; delete what an interrupted"
                                    + " backup left.");
                }
            }
        } catch (IOException e) {
            throw unwritable(e);
        }
        return new BackupFolder(to, kind, List.of());
    }

    private static LikenessException together(String problem) {
        return new LikenessException(
                LikenessException.Kind.REFUSED,
                problem + "\nKeep the records and the keys in folders apart, best on different media: who has both can"
                        + " open everything.");
    }

    private static LikenessException unwritable(IOException e) {
        return new LikenessException(
                LikenessException.Kind.UNAVAILABLE,
                "the backup cannot be written\nCheck the folder, its rights and its free space; then begin anew in an"
                        + " empty folder.",
                e);
    }

    /// Where a file of the backup is to be written; then say [#wrote].
    Path fresh(String path) {
        Path file = folder.resolve(path);
        try {
            Disk.createFolders(parent(file));
        } catch (IOException e) {
            throw unwritable(e);
        }
        return file;
    }

    private static Path parent(Path file) {
        Path parent = file.getParent();
        if (parent == null) {
            throw new IllegalStateException("a file of a backup has no folder");
        }
        return parent;
    }

    /// Takes what was written to [#fresh] into the list.
    void wrote(String path) {
        Path file = folder.resolve(path);
        try {
            Disk.syncFile(file);
            items.add(new Item(path, Files.size(file), hash(file)));
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    /// Takes in a file that never changes: by a second name of the same file where the disk allows it,
    /// else by a copy.
    ///
    /// @param known its hash, which a restore checks
    /// @return false when it is not there
    boolean take(Path file, String path, Sha256 known) {
        Path copy = fresh(path);
        try {
            try {
                Files.createLink(copy, file);
            } catch (NoSuchFileException e) {
                throw e;
            } catch (IOException | UnsupportedOperationException _) { // another disk, or one without links
                copy(file, copy);
            }
            items.add(new Item(path, Files.size(copy), known));
            return true;
        } catch (NoSuchFileException _) {
            return false;
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    /// Takes in a copy of a file.
    void add(Path file, String path) {
        try {
            Sha256 hash = copy(file, fresh(path));
            items.add(new Item(path, Files.size(folder.resolve(path)), hash));
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    /// Writes the list; from here on it is a backup.
    void finish(Instant at) {
        StringBuilder text = new StringBuilder("likeness-backup 1 " + kind.word() + "\n" + at + "\n");
        items.forEach(item -> text.append(item.sha256())
                .append(' ')
                .append(item.bytes())
                .append(' ')
                .append(item.path())
                .append('\n'));
        byte[] body = text.toString().getBytes(StandardCharsets.US_ASCII);
        String whole = text + Sha256.of(Disk.sha256().digest(body)).hex() + "\n";
        try {
            Disk.writeDurably(folder.resolve(LIST), whole.getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    /// Opens a finished backup. Its files are checked when they are copied.
    ///
    /// @throws LikenessException NOT_FOUND when there is none, or it is of the other kind; CORRUPT when
    ///     its list was altered
    public static BackupFolder open(Path folder, Kind kind) {
        String text;
        try {
            text = Files.readString(folder.resolve(LIST), StandardCharsets.ISO_8859_1);
        } catch (NoSuchFileException _) {
            throw absent(kind);
        } catch (IOException e) {
            throw unreadable(e);
        }
        List<String> lines = text.lines().toList();
        int last = text.lastIndexOf('\n', text.length() - 2) + 1;
        String body = text.substring(0, last);
        String hash = Sha256.of(Disk.sha256().digest(body.getBytes(StandardCharsets.ISO_8859_1)))
                .hex();
        Matcher header = HEADER.matcher(lines.isEmpty() ? "" : lines.getFirst());
        if (lines.size() < 3 || !header.matches() || !text.substring(last).equals(hash + "\n")) {
            throw damaged(LIST);
        }
        if (!header.group(1).equals(kind.word())) {
            throw absent(kind);
        }
        List<Item> items = new ArrayList<>();
        for (String line : lines.subList(2, lines.size() - 1)) {
            Matcher parts = LINE.matcher(line);
            if (!parts.matches() || List.of(line.split("[ /]")).contains("..")) {
                throw damaged(LIST);
            }
            items.add(new Item(parts.group(3), Long.parseLong(parts.group(2)), new Sha256(parts.group(1))));
        }
        return new BackupFolder(folder, kind, items);
    }

    private static LikenessException absent(Kind kind) {
        return new LikenessException(
                LikenessException.Kind.NOT_FOUND,
                "this folder holds no finished backup of " + kind.word()
                        + "\nName a folder that likeness backup, or likeness backup-keys, has written.");
    }

    private static LikenessException unreadable(IOException e) {
        return new LikenessException(
                LikenessException.Kind.UNAVAILABLE,
                "the backup cannot be read, or the data directory cannot be written"
                        + "\nCheck both and the free space, then restore again.",
                e);
    }

    private static LikenessException damaged(String path) {
        return new LikenessException(
                LikenessException.Kind.CORRUPT,
                "file " + path + " of the backup was altered or is damaged\nRestore another backup.");
    }

    public List<Item> items() {
        return List.copyOf(items);
    }

    /// The folder itself.
    Path path() {
        return folder;
    }

    /// Puts a file of the backup in its place, checked, whole and on the disk when this returns. A file
    /// that is there already and is the same stays.
    ///
    /// @throws LikenessException CORRUPT when it is not the file that was backed up, UNAVAILABLE when
    ///     it cannot be read or written
    public void copy(Item item, Path target) {
        try {
            if (Files.isRegularFile(target, LinkOption.NOFOLLOW_LINKS)
                    && Files.size(target) == item.bytes()
                    && hash(target).equals(item.sha256())) {
                return;
            }
            Path to = target.toAbsolutePath();
            Path temporary = to.resolveSibling(to.getFileName() + ".restoring");
            Disk.createFolders(parent(to));
            Files.deleteIfExists(temporary);
            if (!copy(folder.resolve(item.path()), temporary).equals(item.sha256())) {
                Files.deleteIfExists(temporary);
                throw damaged(item.path());
            }
            Disk.move(temporary, to);
            Disk.syncFolder(parent(to));
        } catch (NoSuchFileException e) {
            throw damaged(item.path());
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    /// @return the hash of what was copied
    private static Sha256 copy(Path from, Path to) throws IOException {
        MessageDigest digest = Disk.sha256();
        byte[] buffer = new byte[BUFFER_BYTES];
        try (InputStream in = Files.newInputStream(from, LinkOption.NOFOLLOW_LINKS);
                FileChannel out = Disk.createNew(to)) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                digest.update(buffer, 0, n);
                ByteBuffer bytes = ByteBuffer.wrap(buffer, 0, n);
                while (bytes.hasRemaining()) {
                    out.write(bytes);
                }
            }
            out.force(true);
        } catch (FileAlreadyExistsException e) {
            throw new IOException("a file appeared meanwhile", e);
        }
        return Sha256.of(digest.digest());
    }

    private static Sha256 hash(Path file) throws IOException {
        MessageDigest digest = Disk.sha256();
        byte[] buffer = new byte[BUFFER_BYTES];
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
                InputStream in = Channels.newInputStream(channel)) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                digest.update(buffer, 0, n);
            }
        }
        return Sha256.of(digest.digest());
    }
}
