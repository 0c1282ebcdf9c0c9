package org.likeness.models;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.stream.Collectors;

/// An installed npm package of which only pinned files are read, and only if their SHA-256 is the pinned one.
///
/// npm checks the archive when it installs it; this checks what lies on disk when it is used. Immutable.
final class NpmPackage {
    private final Path directory;
    private final Map<String, String> pins; // hash in hex, by path

    private NpmPackage(Path directory, Map<String, String> pins) {
        this.directory = directory;
        this.pins = Map.copyOf(pins);
    }

    /// Reads the pins: lines of a hash, two spaces and a path inside the package, as `sha256sum` writes them.
    static NpmPackage pinnedBy(Path pins, Path directory) throws IOException {
        var byPath = Files.readAllLines(pins, UTF_8).stream()
                .map(line -> line.split("  ", 2))
                .collect(Collectors.toMap(line -> line[1], line -> line[0]));
        return new NpmPackage(directory, byPath);
    }

    /// The bytes of a file.
    ///
    /// @throws IllegalStateException if the file is not pinned, is missing, or is not the one that was pinned
    byte[] read(String path) throws IOException {
        String pin = pins.get(path);
        if (pin == null) {
            throw new IllegalStateException("no SHA-256 is pinned for " + path);
        }
        Path file = directory.resolve(path);
        if (!Files.exists(file)) {
            throw new IllegalStateException("missing file " + file + "\nDelete node_modules and build again.");
        }
        byte[] content = Files.readAllBytes(file);
        String hash = sha256(content);
        if (!hash.equals(pin)) {
            throw new IllegalStateException("SHA-256 of " + path + " must be " + pin + " but is " + hash
                    + "\nThe file was altered after it was installed, or the pins belong to another version."
                    + " Delete node_modules and build again.");
        }
        return content;
    }

    static String sha256(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }
}
