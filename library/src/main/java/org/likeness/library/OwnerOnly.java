package org.likeness.library;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/// Makes folders and files that only their owner can read, where the file system knows permissions: what they
/// hold is about people. Stateless.
public final class OwnerOnly {
    private static final Set<PosixFilePermission> FOLDER = PosixFilePermissions.fromString("rwx------");
    private static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-------");

    private OwnerOnly() {}

    /// Makes a folder and those above it where they are missing; leaves alone what is there.
    public static void createFolders(Path folder) throws IOException {
        Files.createDirectories(folder, attributes(folder, FOLDER));
    }

    /// Writes a whole file, over one that is there.
    public static void write(Path file, CharSequence text) throws IOException {
        try (BufferedWriter writer = writer(file)) {
            writer.append(text);
        }
    }

    /// Opens a file for writing, over one that is there; the caller closes it.
    public static BufferedWriter writer(Path file) throws IOException {
        boolean knowsPermissions = attributes(file, FILE).length > 0;
        if (knowsPermissions && Files.isRegularFile(file)) {
            Files.setPosixFilePermissions(file, FILE);
        }
        FileChannel channel = FileChannel.open(
                file,
                Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING),
                attributes(file, FILE));
        return new BufferedWriter(Channels.newWriter(channel, StandardCharsets.UTF_8));
    }

    private static FileAttribute<?>[] attributes(Path path, Set<PosixFilePermission> permissions) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(permissions)}
                : new FileAttribute<?>[0];
    }
}
