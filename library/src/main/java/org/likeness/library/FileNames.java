package org.likeness.library;

import java.nio.charset.StandardCharsets;

/// Names under which files from elsewhere are kept. Stateless.
final class FileNames {
    /// File systems allow 255; `.xmp` and the like come behind it.
    private static final int BYTES_MAX = 200;

    private FileNames() {}

    /// The last part of a name, without what a file system or a terminal could misread, and its end when it is too
    /// long to be the name of a file.
    static String safe(String name) {
        String last = name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1)
                .replaceAll("[\\p{Cntrl}\\p{Cf}:*?\"<>|]", "_")
                .strip();
        int from = last.length();
        int bytes = 0;
        while (from > 0) {
            int character = last.codePointBefore(from);
            bytes += Character.toString(character).getBytes(StandardCharsets.UTF_8).length;
            if (bytes > BYTES_MAX) {
                break;
            }
            from -= Character.charCount(character);
        }
        String kept = last.substring(from);
        return kept.isEmpty() || kept.startsWith(".") ? "photo" + kept : kept;
    }
}
