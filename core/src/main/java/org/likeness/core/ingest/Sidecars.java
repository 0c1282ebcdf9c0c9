package org.likeness.core.ingest;

import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Finds the XMP files that belong to a photo: `name.xmp` and `name.jpg.xmp` beside `name.jpg`. Links are not followed:
/// they could lead out of what was granted.
final class Sidecars {
    private static final List<String> ENDINGS = List.of(".xmp", ".XMP");

    private Sidecars() {}

    static List<Path> of(Path photo) {
        Path name = photo.getFileName();
        if (name == null) {
            return List.of();
        }
        return names(name.toString()).stream()
                .map(photo::resolveSibling)
                .filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
                .toList();
    }

    /// How the sidecars of a photo of this name may be called.
    static Set<String> names(String photo) {
        int dot = photo.lastIndexOf('.');
        Set<String> names = new LinkedHashSet<>();
        for (String ending : ENDINGS) {
            names.add(photo + ending);
            if (dot > 0) {
                names.add(photo.substring(0, dot) + ending);
            }
        }
        return names;
    }

    /// Whether a file of this name is a sidecar and no photo.
    static boolean is(String name) {
        return ENDINGS.stream().anyMatch(name::endsWith);
    }
}
