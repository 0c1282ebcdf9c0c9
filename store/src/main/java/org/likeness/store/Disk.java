package org.likeness.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Set;
import org.likeness.core.Ids;

/// Files and folders only their owner can read, and when they are really on the disk.
final class Disk {
    private Disk() {}

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no SHA-256", e);
        }
    }

    private static FileAttribute<?>[] ownerOnly(Path path, String permissions) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }

    /// Makes a folder and those above it where they are missing, durably.
    static void createFolders(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            return;
        }
        Path parent = folder.toAbsolutePath().getParent();
        if (parent != null) {
            createFolders(parent);
        }
        try {
            Files.createDirectory(folder, ownerOnly(folder, "rwx------"));
        } catch (FileAlreadyExistsException e) {
            if (!Files.isDirectory(folder)) {
                throw e;
            }
        }
        if (parent != null) {
            syncFolder(parent);
        }
    }

    /// Makes an empty file, and the folders above it, unless it is there.
    static void createFile(Path file) throws IOException {
        if (Files.exists(file)) {
            return;
        }
        Path parent = file.toAbsolutePath().getParent();
        if (parent != null) {
            createFolders(parent);
        }
        try {
            Files.createFile(file, ownerOnly(file, "rw-------"));
        } catch (FileAlreadyExistsException e) {
            return; // another process was quicker
        }
    }

    /// Opens a file that must not be there yet.
    static FileChannel createNew(Path file) throws IOException {
        Set<OpenOption> options =
                Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW, LinkOption.NOFOLLOW_LINKS);
        return FileChannel.open(file, options, ownerOnly(file, "rw-------"));
    }

    /// Writes a whole new file; nothing is left behind on failure.
    static void write(Path file, byte[] content, boolean durably) throws IOException {
        try (FileChannel channel = createNew(file)) {
            ByteBuffer buffer = ByteBuffer.wrap(content);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            if (durably) {
                channel.force(true);
            }
        } catch (IOException e) {
            if (!(e instanceof FileAlreadyExistsException)) {
                Files.deleteIfExists(file);
            }
            throw e;
        }
    }

    /// Writes a file so that it is there in full or not at all, whenever the power goes.
    static void writeDurably(Path file, byte[] content) throws IOException {
        Path temporary = file.resolveSibling(Ids.next() + ".tmp");
        write(temporary, content, true);
        move(temporary, file);
        Path parent = file.toAbsolutePath().getParent();
        if (parent != null) {
            syncFolder(parent);
        }
    }

    /// Atomic; replaces. Nothing is left behind on failure.
    static void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            Files.deleteIfExists(from);
            throw e;
        }
    }

    /// Writes zeros over all of a file and forces them to the disk.
    static void overwrite(Path file) throws IOException {
        try (FileChannel channel =
                FileChannel.open(file, Set.of(StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS))) {
            ByteBuffer zeros = ByteBuffer.allocate(Math.toIntExact(channel.size()));
            while (zeros.hasRemaining()) {
                channel.write(zeros);
            }
            channel.force(true);
        }
    }

    /// Forces a file's bytes to the disk.
    static void syncFile(Path file) throws IOException {
        try (FileChannel channel =
                FileChannel.open(file, Set.of(StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS))) {
            channel.force(true);
        }
    }

    /// Forces the names in a folder to the disk. Where folders cannot be opened (Windows) the file system does
    /// it.
    static void syncFolder(Path folder) throws IOException {
        if (!folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            return;
        }
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
