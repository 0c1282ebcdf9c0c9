package org.likeness.vision;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import javax.imageio.ImageIO;

/// Compares a decode, a picture of 2048 pixels and three regions of 300 with the JDK's reader; CPU and wall
/// time of one
/// thread, alternating. Argument: a photo.
final class DecodeTimingMain {
    private static final int ROUNDS = 15;

    private DecodeTimingMain() {}

    public static void main(String[] arguments) throws IOException {
        var file = Path.of(arguments[0]);
        var ours = new double[ROUNDS];
        var jdk = new double[ROUNDS];
        var wall = new double[ROUNDS];
        var decoder = new PhotoDecoder();
        for (int round = -5; round < ROUNDS; round++) {
            var wallStart = System.nanoTime();
            var cpuStart = cpu();
            var size = ours(decoder, file);
            var oursMs = (cpu() - cpuStart) / 1e6;
            var wallMs = (System.nanoTime() - wallStart) / 1e6;
            cpuStart = cpu();
            var image = ImageIO.read(file.toFile());
            var jdkMs = (cpu() - cpuStart) / 1e6;
            if (round >= 0) {
                ours[round] = oursMs;
                jdk[round] = jdkMs;
                wall[round] = wallMs;
            }
            if (round == 0) {
                System.out.println(size + " pixels wide; JDK " + image.getWidth());
            }
        }
        for (var times : new double[][] {ours, wall, jdk}) {
            Arrays.sort(times);
        }
        System.out.printf(
                Locale.ROOT,
                "decode+scale+regions: CPU %.0f ms, wall %.0f ms; ImageIO.read alone: CPU %.0f ms%n",
                ours[ROUNDS / 2],
                wall[ROUNDS / 2],
                jdk[ROUNDS / 2]);
    }

    private static long cpu() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private static int ours(PhotoDecoder decoder, Path file) {
        if (!(decoder.decode(file) instanceof Decoding.Decoded(var photo))) {
            throw new IllegalStateException("not decoded");
        }
        try (photo) {
            photo.scaled(2048);
            for (int i = 1; i <= 3; i++) {
                photo.region(i * 301, i * 203, 300, 300, 300);
            }
            return photo.width();
        }
    }
}
