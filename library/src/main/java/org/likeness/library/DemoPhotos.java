package org.likeness.library;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import org.likeness.core.LikenessException;
import org.likeness.models.DefaultPack;

/// Six group photos that come with Likeness, to try it with. Stateless.
public final class DemoPhotos {
    /// Where they come from, in words for a source.
    public static final String SOURCE = "Photos of the npm package @vladmandic/face-api";

    /// Who allowed it, in words for a grant.
    public static final String GRANTED_BY = "the package's author, by the MIT licence";

    private DemoPhotos() {}

    /// Writes them into a folder, over what is there of the same name.
    ///
    /// @throws LikenessException UNAVAILABLE when it cannot be written
    public static List<Path> unpackTo(Path folder) {
        try {
            Files.createDirectories(folder);
            List<Path> photos = new ArrayList<>();
            for (String name : DefaultPack.photos()) {
                Path photo = folder.resolve(name);
                try (InputStream content = DefaultPack.openPhoto(name)) {
                    Files.copy(content, photo, StandardCopyOption.REPLACE_EXISTING);
                }
                photos.add(photo);
            }
            return photos;
        } catch (IOException e) {
            throw new LikenessException(
                    LikenessException.Kind.UNAVAILABLE,
                    "the demo's photos cannot be written\nCheck free space and permissions of the data directory.",
                    e);
        }
    }
}
