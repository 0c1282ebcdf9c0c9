package org.likeness.models;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/// What the npm package's own code makes of given images, computed by `src/test/node/reference.mjs` in Node.js.
///
/// That code is slow (plain JavaScript, some ten seconds for the detector), so results are kept in `target` for as long
/// as the images, the script and the package lock stay the same.
final class Reference {
    private static final Path NPM_PACKAGE = Path.of("node_modules", "@vladmandic", "face-api");
    private static final Path SCRIPT = Path.of("src", "test", "node", "reference.mjs");
    private static final long MINUTES_MAX = 5;

    private final Path directory;

    private Reference(Path directory) {
        this.directory = directory;
    }

    /// Runs every image, named `name.network`, through the network after the dot.
    static Reference of(Map<String, Image> images) throws IOException, InterruptedException {
        var key = new ByteArrayOutputStream();
        key.writeBytes(Files.readAllBytes(SCRIPT));
        key.writeBytes(Files.readAllBytes(Path.of("package-lock.json")));
        for (var image : new TreeMap<>(images).entrySet()) {
            key.writeBytes(image.getKey().getBytes(UTF_8));
            key.writeBytes(image.getValue().toBytes());
        }
        Path directory = Path.of("target", "reference-" + NpmPackage.sha256(key.toByteArray()));
        Path complete = directory.resolve("complete");
        if (!Files.exists(complete)) {
            Files.createDirectories(directory);
            for (var image : images.entrySet()) {
                Files.write(
                        directory.resolve(image.getKey() + ".in"),
                        image.getValue().toBytes());
            }
            run(directory);
            Files.createFile(complete);
        }
        return new Reference(directory);
    }

    private static void run(Path directory) throws IOException, InterruptedException {
        Path log = directory.resolve("node.log");
        Process node;
        try {
            node = new ProcessBuilder("node", SCRIPT.toString(), NPM_PACKAGE.toString(), directory.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
        } catch (IOException missing) {
            throw new AssertionError("parity tests need Node.js 20 or newer: put node on the PATH", missing);
        }
        if (!node.waitFor(MINUTES_MAX, TimeUnit.MINUTES)) {
            node.destroyForcibly();
            throw new AssertionError("the reference did not finish in " + MINUTES_MAX + " minutes; see " + log);
        }
        if (node.exitValue() != 0) {
            throw new AssertionError(
                    "the reference ended with exit code " + node.exitValue() + ":\n" + Files.readString(log));
        }
    }

    /// The floats of one output, such as `first.points`.
    float[] output(String name) throws IOException {
        var bytes = ByteBuffer.wrap(Files.readAllBytes(directory.resolve(name))).order(ByteOrder.LITTLE_ENDIAN);
        var values = new float[bytes.remaining() / Float.BYTES];
        bytes.asFloatBuffer().get(values);
        return values;
    }
}
