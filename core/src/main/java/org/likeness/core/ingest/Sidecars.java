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
        String whole = name.toString();
        int dot = whole.lastIndexOf('.');
        Set<String> names = new LinkedHashSet<>();
        for (String ending : ENDINGS) {
            names.add(whole + ending);
            if (dot > 0) {
                names.add(whole.substring(0, dot) + ending);
            }
        }
        return names.stream()
                .map(photo::resolveSibling)
                .filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
                .toList();
    }
}
