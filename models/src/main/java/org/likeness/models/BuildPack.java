package org.likeness.models;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Builds the default model pack from the installed npm package. Maven runs it after it compiled this module.
///
/// The same input gives the same bytes. `pack.json` is `src/main/pack/pack.json` with what only the build knows put
/// in: the hashes of the files, the priors of the detector, and the calibration.
final class BuildPack {
    private final NpmPackage source;
    private final Path sources;

    private BuildPack(NpmPackage source, Path sources) {
        this.source = source;
        this.sources = sources;
    }

    /// Takes the directory of the npm package, the directory `src/main` of this module, and the directory that gets
    /// the folders `pack` and `demo`.
    public static void main(String[] arguments) {
        try {
            write(Path.of(arguments[0]), Path.of(arguments[1]), Path.of(arguments[2]));
        } catch (IllegalStateException | IOException failure) {
            System.err.println("cannot build the default model pack: " + failure.getMessage());
            System.exit(1);
        }
    }

    /// @throws IllegalStateException if a file of the package is not the pinned one, or a network is not as expected
    static void write(Path npmPackage, Path sources, Path target) throws IOException {
        var source = NpmPackage.pinnedBy(sources.resolve("pack").resolve("face-api.sha256"), npmPackage);
        var build = new BuildPack(source, sources);
        write(build.pack(), target.resolve("pack"));
        write(build.demo(), target.resolve("demo"));
    }

    private static void write(Map<String, byte[]> files, Path directory) throws IOException {
        Files.createDirectories(directory);
        for (var file : files.entrySet()) {
            Files.write(directory.resolve(file.getKey()), file.getValue());
        }
    }

    private Map<String, byte[]> pack() throws IOException {
        var detector = Weights.read(source, "ssd_mobilenetv1_model-weights_manifest.json");
        var files = new LinkedHashMap<String, byte[]>();
        files.put("detector.onnx", DetectorNet.convert(detector));
        files.put(
                "landmarks.onnx",
                LandmarkNet.convert(Weights.read(source, "face_landmark_68_model-weights_manifest.json")));
        files.put(
                "embedder.onnx",
                EmbedderNet.convert(Weights.read(source, "face_recognition_model-weights_manifest.json")));
        files.put("MODEL_CARD.md", Files.readAllBytes(sources.resolve("pack").resolve("MODEL_CARD.md")));
        files.put("LICENSE", source.read("LICENSE"));
        files.put("pack.json", describe(files, Priors.of(detector.get("Output/extra_dim"))));
        return files;
    }

    private byte[] describe(Map<String, byte[]> files, Priors priors) throws IOException {
        ObjectNode pack = (ObjectNode) json(sources.resolve("pack").resolve("pack.json"));
        ObjectNode hashes = pack.putObject("files");
        files.forEach((name, content) -> hashes.put(name, NpmPackage.sha256(content)));
        ArrayNode levels = ((ObjectNode) pack.required("detector")).putArray("priors");
        for (Priors.Level level : priors.levels()) {
            ArrayNode sizes = levels.addObject().put("stride", level.stride()).putArray("sizes");
            level.sizes().forEach(size -> sizes.addArray().add(size.width()).add(size.height()));
        }
        pack.set("calibration", json(sources.resolve("calibration").resolve("face-api.json")));
        var lines = new DefaultIndenter("  ", "\n"); // the same on every system
        var printer = new DefaultPrettyPrinter().withObjectIndenter(lines);
        return (JsonMapper.shared().writer().with(printer).writeValueAsString(pack) + "\n").getBytes(UTF_8);
    }

    private static JsonNode json(Path file) throws IOException {
        return JsonMapper.shared().readTree(Files.readAllBytes(file));
    }

    private Map<String, byte[]> demo() throws IOException {
        var files = new LinkedHashMap<String, byte[]>();
        for (String photo : DefaultPack.photos()) {
            files.put(photo, source.read("demo/" + photo));
        }
        files.put("LICENSE", source.read("LICENSE"));
        return files;
    }
}
