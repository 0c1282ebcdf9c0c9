package org.likeness.store;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.likeness.core.photo.FaceId;
import org.likeness.core.photo.PhotoFiles.Recorded;
import org.likeness.core.photo.PhotoId;
import org.likeness.core.photo.Sha256;

/// The files kept of one collection's photos, by what their names say they are of. Immutable.
///
/// @param folder of the collection
record KeptFiles(Path folder) {
    /// Those the records do not know. A file whose name is not one of ours is left alone.
    List<Path> unrecorded(Recorded recorded) throws IOException {
        List<Path> found = new ArrayList<>();
        collect("photos", name -> ours(() -> recorded.original(new Sha256(name))), found);
        collect("thumbnails", name -> derivative(name, ".jpg", id -> recorded.photo(PhotoId.parse(id))), found);
        collect("previews", name -> derivative(name, ".jpg", id -> recorded.photo(PhotoId.parse(id))), found);
        collect("crops", name -> derivative(name, ".png", id -> recorded.crop(FaceId.parse(id))), found);
        return found;
    }

    /// Every preview that is kept.
    List<Path> previews() throws IOException {
        List<Path> found = new ArrayList<>();
        collect("previews", name -> !name.endsWith(".jpg"), found);
        return found;
    }

    private void collect(String kind, Predicate<String> known, List<Path> found) throws IOException {
        for (Path shard : entries(folder.resolve(kind))) {
            for (Path file : entries(shard)) {
                if (!known.test(String.valueOf(file.getFileName()))) {
                    found.add(file);
                }
            }
        }
    }

    private static boolean derivative(String name, String suffix, Predicate<String> known) {
        return !name.endsWith(suffix) || ours(() -> known.test(name.substring(0, name.length() - suffix.length())));
    }

    private static boolean ours(Question known) {
        try {
            return known.ask();
        } catch (IllegalArgumentException _) {
            return true; // not a name we give
        }
    }

    static List<Path> entries(Path folder) throws IOException {
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            return List.of();
        }
        List<Path> entries = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder)) {
            stream.forEach(entries::add);
        }
        return entries;
    }

    @FunctionalInterface
    private interface Question {
        boolean ask();
    }
}
