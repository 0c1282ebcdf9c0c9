package org.likeness.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Which previews stay: a file's time says when it was last read, to the hour. Stateless.
final class Previews {
    private static final Duration PRECISION = Duration.ofHours(1);

    private record Kept(Path file, long bytes, FileTime read) {}

    private Previews() {}

    /// Says that a preview was read. Writes only when the file's time is an hour old; harmless when the file is
    /// gone.
    static void touch(Path file) throws IOException {
        Instant now = Instant.now();
        try {
            if (Files.getLastModifiedTime(file, LinkOption.NOFOLLOW_LINKS)
                    .toInstant()
                    .isBefore(now.minus(PRECISION))) {
                Files.setLastModifiedTime(file, FileTime.from(now));
            }
        } catch (NoSuchFileException _) {
            // erased while it was read
        }
    }

    /// Deletes those that were not read for the longest time until the others take at most so many bytes.
    ///
    /// @param collections the folder of the collections' folders
    /// @return how many were deleted
    static long trim(Path collections, long bytesMax) throws IOException {
        List<Kept> all = new ArrayList<>();
        long bytes = 0;
        for (Path collection : KeptFiles.entries(collections)) {
            for (Path file : new KeptFiles(collection).previews()) {
                try {
                    BasicFileAttributes about =
                            Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
                    all.add(new Kept(file, about.size(), about.lastModifiedTime()));
                    bytes += about.size();
                } catch (NoSuchFileException _) {
                    // erased meanwhile
                }
            }
        }
        all.sort(Comparator.comparing(Kept::read));
        long deleted = 0;
        for (Kept kept : all) {
            if (bytes <= bytesMax) {
                break;
            }
            Files.deleteIfExists(kept.file());
            bytes -= kept.bytes();
            deleted++;
        }
        return deleted;
    }
}
