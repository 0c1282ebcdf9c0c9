package org.likeness.testkit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.likeness.models.DefaultPack;

/// Real photos for tests. Those that come with Likeness are always there; the others are a folder beside the
/// project.
public final class TestPhotos {
    private TestPhotos() {}

    /// Writes the six group photos that come with Likeness into a folder, and returns their paths.
    public static List<Path> demo(Path folder) throws IOException {
        return DefaultPack.unpackPhotos(folder);
    }

    /// Writes many files, each a photo of its own content: a demo photo with a number behind the end of the
    /// picture,
    /// where every decoder stops reading.
    public static List<Path> many(Path folder, int count) throws IOException {
        Path originals = Files.createTempDirectory("likeness-photos-");
        List<Path> demo = demo(originals);
        Files.createDirectories(folder);
        List<Path> photos = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Path photo = folder.resolve(String.format(java.util.Locale.ROOT, "photo-%04d.jpg", i));
            Files.copy(demo.get(i % demo.size()), photo);
            Files.writeString(photo, "number " + i, StandardOpenOption.APPEND);
            photos.add(photo);
        }
        for (Path original : demo) {
            Files.delete(original);
        }
        Files.delete(originals);
        return photos;
    }

    /// A JPEG with an EXIF block before what else is in it: at 48 degrees north, 11 degrees east.
    public static byte[] inMunich(byte[] jpeg) {
        ByteBuffer tiff = ByteBuffer.allocate(8 + 2 + 12 + 4 + 2 + 4 * 12 + 4 + 48);
        tiff.put("MM".getBytes(StandardCharsets.US_ASCII)).putShort((short) 42).putInt(8);
        entry(tiff.putShort((short) 1), 0x8825, 4, 1).putInt(26);
        tiff.putInt(0).putShort((short) 4);
        entry(tiff, 1, 2, 2).putInt('N' << 24);
        entry(tiff, 2, 5, 3).putInt(80);
        entry(tiff, 3, 2, 2).putInt('E' << 24);
        entry(tiff, 4, 5, 3).putInt(104);
        tiff.putInt(0);
        for (int degrees : new int[] {48, 11}) {
            tiff.putInt(degrees).putInt(1).putInt(0).putInt(1).putInt(0).putInt(1);
        }
        ByteBuffer out = ByteBuffer.allocate(jpeg.length + 10 + tiff.capacity());
        out.put(jpeg, 0, 2).putShort((short) 0xffe1).putShort((short) (8 + tiff.capacity()));
        out.put("Exif".getBytes(StandardCharsets.US_ASCII)).putShort((short) 0).put(tiff.array());
        return out.put(jpeg, 2, jpeg.length - 2).array();
    }

    private static ByteBuffer entry(ByteBuffer tiff, int tag, int type, int count) {
        return tiff.putShort((short) tag).putShort((short) type).putInt(count);
    }

    /// A folder of the photo sets for tests (`london`, `orl`, …): in `LIKENESS_PHOTOS`, else in `shared/photos`
    /// beside the
    /// project. Skips the calling test, loudly, where there is none.
    public static Path shared(String set) {
        String named = System.getenv("LIKENESS_PHOTOS");
        if (named != null && Files.isDirectory(Path.of(named, set))) {
            return Path.of(named, set);
        }
        for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            Path photos = at.resolve("shared").resolve("photos").resolve(set);
            if (Files.isDirectory(photos)) {
                return photos;
            }
        }
        String message = "SKIPPED: no photos of set " + set
                + "; name the folder that holds it in LIKENESS_PHOTOS to run this test too";
        System.getLogger(TestPhotos.class.getName()).log(System.Logger.Level.WARNING, message);
        Assumptions.abort(message);
        throw new IllegalStateException("abort always throws");
    }
}
