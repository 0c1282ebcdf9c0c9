package org.likeness.library;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.likeness.core.LikenessException;
import org.likeness.models.DefaultPack;

/// Six group photos that come with Likeness, to try it with. Stateless.
public final class DemoPhotos {
    /// Where they come from, in words for a source.
    public static final String SOURCE = "Photos of the npm package @vladmandic/face-api";

    /// Who allowed it, in words for a grant.
    public static final String GRANTED_BY = "the package's author, by the MIT licence";

    private DemoPhotos() {}

    /// Deletes a folder that [#unpackTo] filled, with all that is in it.
    ///
    /// @throws LikenessException UNAVAILABLE when that cannot be done
    public static void delete(Path folder) {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(each);
            }
        } catch (IOException e) {
            throw new LikenessException(
                    LikenessException.Kind.UNAVAILABLE,
                    "the demo's photos cannot be deleted after their import\nAllow writing in the data directory.",
                    e);
        }
    }

    /// Writes them into a folder, over what is there of the same name.
    ///
    /// @throws LikenessException UNAVAILABLE when it cannot be written
    public static List<Path> unpackTo(Path folder) {
        try {
            OwnerOnly.createFolders(folder);
            return DefaultPack.unpackPhotos(folder);
        } catch (IOException e) {
            throw new LikenessException(
                    LikenessException.Kind.UNAVAILABLE,
                    "the demo's photos cannot be written\nCheck free space and permissions of the data directory.",
                    e);
        }
    }
}
