package org.likeness.vision;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.likeness.core.LikenessException;
import org.likeness.core.LikenessException.Kind;
import org.likeness.core.photo.Sha256;
import org.likeness.core.template.ModelSpec;

/// A model pack: networks, how to feed them, and what their scores mean. No byte of a file is used before its
/// SHA-256 was compared, and what was compared is what is used; only the pack inside Likeness is excepted, see
/// [#openOwn]. Immutable, thread-safe.
public final class ModelPack {
    static final String DESCRIPTION = "pack.json";
    private static final int DESCRIPTION_MAX_BYTES = 1 << 20;
    private static final int FILE_MAX_BYTES = 1 << 30;

    /// Where a pack's files come from.
    @FunctionalInterface
    public interface Source {
        /// Opens a file of the pack; the pack closes it.
        ///
        /// @param file a plain name, without folders
        /// @throws NoSuchFileException when the pack has no such file
        InputStream open(String file) throws IOException;
    }

    private final PackDescription description;
    private final byte[] json;
    private final Source source;
    private final boolean own;

    /// What was read and, unless it is our own, compared.
    private final Map<String, byte[]> contents = new ConcurrentHashMap<>();

    private ModelPack(PackDescription description, byte[] json, Source source, boolean own) {
        this.description = description;
        this.json = json;
        this.source = source;
        this.own = own;
    }

    /// Opens a folder, or a zip file with the files at its top.
    ///
    /// @throws LikenessException NOT_FOUND when there is nothing at that path; BAD_INPUT when it is no
    ///     pack, or a file is missing or has another hash; UNAVAILABLE when it cannot be read
    public static ModelPack open(Path folderOrZip) {
        if (Files.isDirectory(folderOrZip)) {
            return open((Source) file -> Files.newInputStream(folderOrZip.resolve(file)));
        }
        if (!Files.exists(folderOrZip)) {
            throw new LikenessException(
                    Kind.NOT_FOUND,
                    "model pack " + folderOrZip + " must be a folder or a zip file but there is nothing"
                            + "\nCheck the path.");
        }
        try (ZipFile zip = new ZipFile(folderOrZip.toFile(), StandardCharsets.UTF_8)) {
            return open((Source) file -> {
                ZipEntry entry = zip.getEntry(file);
                if (entry == null) {
                    throw new NoSuchFileException(file);
                }
                return zip.getInputStream(entry);
            });
        } catch (IOException | IllegalArgumentException e) { // the latter for entry names that are no UTF-8
            throw new LikenessException(
                    Kind.BAD_INPUT,
                    "model pack " + folderOrZip + " must be a folder or a zip file but cannot be opened as one: "
                            + e.getMessage() + "\nFetch the pack again.",
                    e);
        }
    }

    /// Opens a pack from anywhere: every file is read and compared now.
    ///
    /// @throws LikenessException as for a path
    public static ModelPack open(Source source) {
        ModelPack pack = described(source, false);
        var problems = new ArrayList<String>();
        for (String file : new TreeMap<>(pack.description.files()).keySet()) {
            pack.load(file, problems);
        }
        if (!problems.isEmpty()) {
            throw PackFormat.invalid(problems);
        }
        return pack;
    }

    /// Opens the pack that comes in the same jar as this class. Each file is read when it is needed and taken as it
    /// is: the build compared it, whoever could change it could change the comparison, and hashing it costs a short
    /// command a tenth of a second.
    ///
    /// @throws LikenessException as for a path, for `pack.json` now, for the other files at their first use
    public static ModelPack openOwn(Source source) {
        return described(source, true);
    }

    private static ModelPack described(Source source, boolean own) {
        var problems = new ArrayList<String>();
        byte[] json = read(source, DESCRIPTION, DESCRIPTION_MAX_BYTES, problems);
        if (!problems.isEmpty()) {
            throw PackFormat.invalid(problems);
        }
        return new ModelPack(PackFormat.read(json), json, source, own);
    }

    private void load(String file, List<String> problems) {
        int before = problems.size();
        byte[] content = read(source, file, FILE_MAX_BYTES, problems);
        if (problems.size() > before) {
            return;
        }
        if (!own) {
            Sha256 found = hash(content);
            Sha256 expected = description.files().get(file);
            if (!found.equals(expected)) {
                problems.add("file " + file + " must have SHA-256 " + expected + " but has " + found);
                return;
            }
        }
        contents.put(file, content);
    }

    private static byte[] read(Source source, String file, int bytesMax, List<String> problems) {
        try (InputStream in = source.open(file)) {
            byte[] content = in.readNBytes(bytesMax);
            if (in.read() >= 0) {
                problems.add("file " + file + " must have at most " + bytesMax + " bytes but has more");
            }
            return content;
        } catch (NoSuchFileException e) {
            problems.add("file " + file + " is missing");
            return new byte[0];
        } catch (IOException e) {
            throw new LikenessException(
                    Kind.UNAVAILABLE, "file " + file + " of the model pack cannot be read\nCheck the disk.", e);
        }
    }

    private static Sha256 hash(byte[] content) {
        try {
            return Sha256.of(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /// What the rest of Likeness must know: model id, metric, dimension, calibration.
    public ModelSpec spec() {
        return description.spec();
    }

    /// A short name, such as `face-api`; part of the model id.
    public String name() {
        return description.spec().id().pack();
    }

    /// The pack's own version; part of the model id.
    public String version() {
        return description.spec().id().version();
    }

    /// One line for people.
    public String title() {
        return description.title();
    }

    /// The licence of the networks, as an SPDX expression where there is one.
    public String licence() {
        return description.licence();
    }

    /// Where the networks come from.
    public String provenance() {
        return description.provenance();
    }

    /// The model card, Markdown: what is known of training data, accuracy and weak groups.
    public String card() {
        return new String(content(description.card()), StandardCharsets.UTF_8);
    }

    /// Writes the pack's files into a folder, as they were read.
    public void copyTo(Path folder) throws IOException {
        Files.write(folder.resolve(DESCRIPTION), json);
        for (String file : description.files().keySet()) {
            Files.write(folder.resolve(file), content(file));
        }
    }

    /// Loads every network once, to see that it fits what the pack says of it.
    ///
    /// @throws LikenessException BAD_INPUT when one does not; UNAVAILABLE when ONNX Runtime does not run
    ///     here
    public void check() {
        try (PackFaceReader reader = PackFaceReader.open(this, Limits.defaults())) {
            reader.load();
        }
    }

    PackDescription description() {
        return description;
    }

    /// The bytes of a file of the pack; shared, not to be changed.
    byte[] content(String file) {
        if (!description.files().containsKey(file)) {
            throw new IllegalArgumentException("pack has no file " + file);
        }
        byte[] content = contents.get(file);
        if (content == null) {
            var problems = new ArrayList<String>();
            load(file, problems);
            content = contents.get(file);
            if (content == null) {
                throw PackFormat.invalid(problems);
            }
        }
        return content;
    }

    @Override
    public String toString() {
        return "ModelPack[" + spec().id() + "]";
    }
}
