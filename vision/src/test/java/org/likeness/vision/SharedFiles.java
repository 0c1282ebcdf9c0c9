package org.likeness.vision;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.likeness.core.photo.Box;
import org.likeness.models.DefaultPack;

/// Photos and networks that are not part of the repository, and the default pack that is.
final class SharedFiles {
    private SharedFiles() {}

    /// The folder of real photos; where there is none, says so loudly and skips the caller's tests.
    static Path photos(Class<?> test) {
        return folder(test, "LIKENESS_PHOTOS", "photos");
    }

    /// The folder of other networks; where there is none, says so loudly and skips the caller's tests.
    static Path models(Class<?> test) {
        return folder(test, "LIKENESS_MODELS", "models");
    }

    private static Path folder(Class<?> test, String variable, String name) {
        String named = System.getenv(variable);
        Optional<Path> folder = named != null
                ? Optional.of(Path.of(named)) // a wrong name fails instead of skipping
                : Stream.iterate(Path.of("").toAbsolutePath(), at -> at != null, Path::getParent)
                        .map(at -> at.resolve("shared").resolve(name))
                        .filter(Files::isDirectory)
                        .findFirst();
        if (folder.isEmpty()) {
            System.out.println("NOT RUN: " + test.getSimpleName() + " needs the folder shared/" + name + "; name it by "
                    + variable + ".");
        }
        Assumptions.assumeTrue(folder.isPresent(), "set " + variable);
        return folder.orElseThrow();
    }

    static ModelPack defaultPack() {
        return ModelPack.open((ModelPack.Source) DefaultPack::open);
    }

    /// Copies a demo photo of the default pack to a folder.
    static Path demoPhoto(String name, Path folder) throws IOException {
        Path file = folder.resolve(name);
        if (!Files.exists(file)) {
            try (InputStream in = DefaultPack.openPhoto(name)) {
                Files.copy(in, file);
            }
        }
        return file;
    }

    /// A photo and the boxes a person drew in it.
    record Labelled(Path file, List<Box> boxes) {}

    /// The rows of a `boxes.csv` (file, x, y, width, height), by photo.
    static List<Labelled> labelled(Path folder) throws IOException {
        var photos = new ArrayList<Labelled>();
        for (String line :
                Files.readAllLines(folder.resolve("boxes.csv")).stream().skip(1).toList()) {
            String[] cells = line.split(",", -1);
            Path file = folder.resolve(cells[0]);
            if (photos.isEmpty() || !photos.getLast().file().equals(file)) {
                photos.add(new Labelled(file, new ArrayList<>()));
            }
            photos.getLast()
                    .boxes()
                    .add(new Box(
                            Double.parseDouble(cells[1]),
                            Double.parseDouble(cells[2]),
                            Double.parseDouble(cells[3]),
                            Double.parseDouble(cells[4])));
        }
        return photos;
    }
}
