package org.likeness.cli;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.likeness.core.LikenessException;
import org.likeness.library.OwnerOnly;

/// A file a command was told to write. What is there already is only written over when Likeness wrote it as the
/// same kind: a mistyped name must not cost anybody a photo. Only its owner can read it.
record OutputFile(Path path, Kind kind) {
    /// What Likeness writes over, and how it knows it again.
    enum Kind {
        PAGE("page", "<meta name=\"generator\" content=\"Likeness\">"),
        REPORT("report", "\"result\":\"");

        private final String word;
        private final String sign;

        Kind(String word, String sign) {
            this.word = word;
            this.sign = sign;
        }
    }

    private static final int HEAD_BYTES = 8192;

    /// To ask before the work begins.
    ///
    /// @throws LikenessException CONFLICT when something else is there; UNAVAILABLE when it cannot be read
    OutputFile requireFree() {
        if (!Files.exists(path)) {
            return this;
        }
        boolean ours;
        try {
            ours = !Files.isDirectory(path) && (!Files.isRegularFile(path) || isOurs());
        } catch (IOException e) {
            throw unwritable(e);
        }
        if (!ours) {
            throw new LikenessException(
                    LikenessException.Kind.CONFLICT,
                    path + " exists and is no " + kind.word + " of Likeness, so it is left as it is"
                            + "\nName another file, or remove that one.");
        }
        return this;
    }

    private boolean isOurs() throws IOException {
        try (InputStream in = Files.newInputStream(path)) {
            String head = new String(in.readNBytes(HEAD_BYTES), StandardCharsets.UTF_8);
            String start = kind == Kind.PAGE ? "<!doctype html>" : "{\"file\":\"";
            return head.isEmpty() || (head.startsWith(start) && head.contains(kind.sign));
        }
    }

    /// Opens it for writing; the caller closes it.
    ///
    /// @throws LikenessException CONFLICT when something else is there; UNAVAILABLE when it cannot be written
    BufferedWriter open() {
        requireFree();
        try {
            return OwnerOnly.writer(path);
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    /// Writes all of it, and makes its folder when that is missing.
    ///
    /// @throws LikenessException CONFLICT when something else is there; UNAVAILABLE when it cannot be written
    void write(CharSequence text) {
        requireFree();
        try {
            Path folder = path.toAbsolutePath().getParent();
            if (folder != null && !Files.isDirectory(folder)) {
                OwnerOnly.createFolders(folder);
            }
            OwnerOnly.write(path, text);
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    private LikenessException unwritable(IOException e) {
        return new LikenessException(
                LikenessException.Kind.UNAVAILABLE,
                "the " + kind.word + " " + path + " cannot be written"
                        + "\nCheck that its folder is there and may be written to, or name another place.",
                e);
    }
}
