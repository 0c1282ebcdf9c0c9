package org.likeness.vision;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.likeness.models.DefaultPack;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// A model pack in memory, starting as the default one, to be changed and opened. One thread at a time.
final class PackBuilder {
    private final JsonMapper mapper = JsonMapper.shared();
    private final Map<String, byte[]> files = new TreeMap<>();
    private final ObjectNode json;

    PackBuilder() {
        for (String file : DefaultPack.files()) {
            try (InputStream in = DefaultPack.open(file)) {
                files.put(file, in.readAllBytes());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        json = (ObjectNode) mapper.readTree(files.remove(ModelPack.DESCRIPTION));
    }

    /// Changes `pack.json`.
    PackBuilder edit(Consumer<ObjectNode> change) {
        change.accept(json);
        return this;
    }

    ObjectNode object(String name) {
        return (ObjectNode) json.get(name);
    }

    ObjectNode parse(String text) {
        return (ObjectNode) mapper.readTree(text.replace('\'', '"'));
    }

    /// Puts a file and its hash.
    PackBuilder file(String name, byte[] content) {
        files.put(name, content);
        object("files").put(name, hash(content));
        return this;
    }

    /// Changes a file and leaves its hash as it was.
    PackBuilder tamper(String name, byte[] content) {
        files.put(name, content);
        return this;
    }

    PackBuilder lose(String name) {
        files.remove(name);
        return this;
    }

    byte[] description() {
        return json.toString().getBytes(StandardCharsets.UTF_8);
    }

    ModelPack open() {
        return open(description());
    }

    /// Opens it with another `pack.json`.
    ModelPack open(byte[] description) {
        return ModelPack.open((ModelPack.Source) file -> {
            byte[] content = file.equals(ModelPack.DESCRIPTION) ? description : files.get(file);
            if (content == null) {
                throw new NoSuchFileException(file);
            }
            return new ByteArrayInputStream(content);
        });
    }

    /// Writes all files to a folder.
    void write(Path folder) throws IOException {
        Files.write(folder.resolve(ModelPack.DESCRIPTION), description());
        for (var file : files.entrySet()) {
            Files.write(folder.resolve(file.getKey()), file.getValue());
        }
    }

    private static String hash(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
