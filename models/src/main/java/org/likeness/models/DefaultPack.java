package org.likeness.models;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/// The default model pack and the demo photos, as files on the class path. Stateless and thread-safe.
///
/// The pack is converted from the MIT-licensed npm package `@vladmandic/face-api`; its model card,
/// `MODEL_CARD.md`, says what is known of it and where it is weak.
public final class DefaultPack {
    private static final List<String> FILES =
            List.of("pack.json", "detector.onnx", "landmarks.onnx", "embedder.onnx", "MODEL_CARD.md", "LICENSE");
    private static final List<String> PHOTOS =
            List.of("sample1.jpg", "sample2.jpg", "sample3.jpg", "sample4.jpg", "sample5.jpg", "sample6.jpg");

    private DefaultPack() {}

    /// The names of the files of the pack, `pack.json` first.
    public static List<String> files() {
        return FILES;
    }

    /// Opens a file of the pack; the caller closes it.
    ///
    /// @throws IllegalArgumentException if `file` is not one of [#files()]
    public static InputStream open(String file) {
        return open("pack", file, FILES);
    }

    /// The names of six group photos, JPEG, published in the same npm package under the same licence.
    public static List<String> photos() {
        return PHOTOS;
    }

    /// Opens a demo photo; the caller closes it.
    ///
    /// @throws IllegalArgumentException if `photo` is not one of [#photos()]
    public static InputStream openPhoto(String photo) {
        return open("demo", photo, PHOTOS);
    }

    /// Writes the demo photos into a folder, made when it is not there, over what is there of the same name.
    ///
    /// @return their paths
    public static List<Path> unpackPhotos(Path folder) throws IOException {
        Files.createDirectories(folder);
        List<Path> photos = new ArrayList<>();
        for (String name : PHOTOS) {
            Path photo = folder.resolve(name);
            try (InputStream content = openPhoto(name)) {
                Files.copy(content, photo, StandardCopyOption.REPLACE_EXISTING);
            }
            photos.add(photo);
        }
        return photos;
    }

    private static InputStream open(String folder, String name, List<String> known) {
        if (!known.contains(name)) {
            throw new IllegalArgumentException("file must be one of " + known + " but is " + name);
        }
        InputStream content = DefaultPack.class.getResourceAsStream(folder + "/" + name);
        if (content == null) {
            throw new IllegalStateException("the default model pack is missing from the class path: " + folder + "/"
                    + name + "\nMaven writes it when it builds module models; an IDE alone does not.");
        }
        return content;
    }
}
