package org.likeness.library;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.likeness.core.LikenessException;

/// The XMP files of one upload: `sidecar-1` and `sidecar-2` in its folder until the photo is all here, then beside the
/// photo under the names by which an import finds them. Stateless.
final class UploadedSidecars {
    private static final String NAME = "sidecar-";
    private static final int MOST = 2;
    private static final int BYTES_MAX = 1 << 20;

    private UploadedSidecars() {}

    /// @param number which it is, from 1
    /// @throws LikenessException BAD_INPUT when there can be no such one, or it is too large
    static byte[] read(int number, InputStream bytes) throws IOException {
        if (number < 1 || number > MOST) {
            throw new LikenessException(
                            LikenessException.Kind.BAD_INPUT, "the number of a sidecar must be 1 or 2 but is " + number)
                    .called("upload.sidecar-number");
        }
        byte[] content = bytes.readNBytes(BYTES_MAX + 1);
        if (content.length > BYTES_MAX) {
            throw new LikenessException(
                            LikenessException.Kind.BAD_INPUT,
                            "an XMP file must have at most " + BYTES_MAX
                                    + " bytes\nImport this photo by command line, from its folder.")
                    .called("upload.sidecar", BYTES_MAX);
        }
        return content;
    }

    /// @param place the folder of the upload, which nobody else may open
    static void write(Path place, int number, byte[] content) throws IOException {
        Files.write(place.resolve(NAME + number), content);
    }

    /// Puts them beside where the photo will be.
    ///
    /// @param name of the photo in `done`
    static void place(Path place, Path done, String name) throws IOException {
        int dot = name.lastIndexOf('.');
        for (int number = 1; number <= MOST; number++) {
            Path sidecar = place.resolve(NAME + number);
            if (Files.exists(sidecar)) {
                String base = number == 1 || dot <= 0 ? name : name.substring(0, dot);
                Files.move(sidecar, done.resolve(base + ".xmp"), StandardCopyOption.ATOMIC_MOVE);
            }
        }
    }
}
