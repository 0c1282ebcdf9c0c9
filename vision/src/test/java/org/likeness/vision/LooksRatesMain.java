package org.likeness.vision;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.FileImageOutputStream;
import org.likeness.core.photo.PerceptualHash;

/// Measures how often a changed copy of a photo looks nearly the same to [PerceptualHasher], and how
/// often another photo does. Not a test: run it by hand after any change to the hash. Arguments:
/// folders of photos, each measured by itself.
final class LooksRatesMain {
    private static final int[] DISTANCES = {0, 2, 4, 6, 8, 10};
    private static final int SMALL_PX = 512;

    private final PhotoDecoder decoder = new PhotoDecoder();
    private final Path copy;

    private LooksRatesMain(Path copy) {
        this.copy = copy;
    }

    public static void main(String[] folders) throws IOException {
        Path copy = Files.createTempFile("likeness-looks-", ".jpg");
        for (String folder : folders) {
            new LooksRatesMain(copy).run(Path.of(folder));
        }
        Files.delete(copy);
    }

    private void run(Path folder) throws IOException {
        List<Path> files;
        try (Stream<Path> walk = Files.walk(folder)) {
            files = walk.filter(file -> file.toString().toLowerCase(Locale.ROOT).matches(".*\\.(jpe?g|png)"))
                    .sorted()
                    .toList();
        }
        Map<String, int[]> hits = new LinkedHashMap<>();
        List<PerceptualHash> originals = new ArrayList<>();
        for (Path file : files) {
            PerceptualHash looks = looks(file);
            originals.add(looks);
            BufferedImage photo = ImageIO.read(file.toFile());
            measure(hits, "half as wide", looks, scaled(photo, 0.5), 0.9f);
            measure(hits, "a quarter as wide", looks, scaled(photo, 0.25), 0.9f);
            measure(hits, "JPEG quality 0.4", looks, scaled(photo, 1), 0.4f);
            measure(hits, "half as wide, JPEG quality 0.5", looks, scaled(photo, 0.5), 0.5f);
            measure(hits, "1 % cut off each side", looks, cut(photo, 0.01), 0.9f);
            measure(hits, "3 % cut off each side", looks, cut(photo, 0.03), 0.9f);
        }
        print(folder.getFileName() + ", " + files.size() + " photos", hits, files.size());
        int[] pairs = new int[PerceptualHash.BITS + 1];
        for (int i = 0; i < originals.size(); i++) {
            for (int j = 0; j < i; j++) {
                pairs[originals.get(i).distance(originals.get(j))]++;
            }
        }
        int all = originals.size() * (originals.size() - 1) / 2;
        print(all + " pairs of different photos", Map.of("look nearly the same", pairs), all);
    }

    private PerceptualHash looks(Path file) {
        if (!(decoder.decode(file) instanceof Decoding.Decoded(var photo))) {
            throw new IllegalArgumentException("not a readable photo: " + file);
        }
        try (photo) {
            return PerceptualHasher.of(photo.scaled(SMALL_PX));
        }
    }

    private void measure(
            Map<String, int[]> hits, String name, PerceptualHash looks, BufferedImage changed, float quality)
            throws IOException {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        ImageWriteParam how = writer.getDefaultWriteParam();
        how.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
        how.setCompressionQuality(quality);
        Files.deleteIfExists(copy);
        try (FileImageOutputStream out = new FileImageOutputStream(copy.toFile())) {
            writer.setOutput(out);
            writer.write(null, new IIOImage(changed, List.of(), null), how);
        } finally {
            writer.dispose();
        }
        hits.computeIfAbsent(name, _ -> new int[PerceptualHash.BITS + 1])[looks.distance(looks(copy))]++;
    }

    private static BufferedImage scaled(BufferedImage photo, double scale) {
        int width = (int) Math.round(photo.getWidth() * scale);
        int height = (int) Math.round(photo.getHeight() * scale);
        BufferedImage out = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = out.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        graphics.drawImage(photo, 0, 0, width, height, null);
        graphics.dispose();
        return out;
    }

    private static BufferedImage cut(BufferedImage photo, double share) {
        int x = (int) Math.round(photo.getWidth() * share);
        int y = (int) Math.round(photo.getHeight() * share);
        return scaled(photo.getSubimage(x, y, photo.getWidth() - 2 * x, photo.getHeight() - 2 * y), 1);
    }

    private static void print(String title, Map<String, int[]> counts, int of) {
        System.out.println(title);
        counts.forEach((name, byDistance) -> {
            StringBuilder line = new StringBuilder(String.format(Locale.ROOT, "  %-32s", name));
            for (int distance : DISTANCES) {
                int within = 0;
                for (int d = 0; d <= distance; d++) {
                    within += byDistance[d];
                }
                line.append(String.format(Locale.ROOT, "  %d: %.4f", distance, (double) within / of));
            }
            System.out.println(line);
        });
    }
}
