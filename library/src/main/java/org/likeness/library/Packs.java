package org.likeness.library;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.LongConsumer;
import java.util.stream.Stream;
import org.likeness.core.LikenessException;
import org.likeness.core.template.ModelId;
import org.likeness.library.CatalogueEntry.RemoteFile;
import org.likeness.models.DefaultPack;
import org.likeness.vision.ModelPack;

/// The model packs of one data directory: the default one inside Likeness, those installed, those that can be
/// fetched.
/// Thread-safe.
public final class Packs {
    /// The name of the pack inside Likeness.
    public static final String DEFAULT = "face-api";

    private final Path folder;
    private final List<CatalogueEntry> catalogue;
    private final BiFunction<CatalogueEntry, String, String> texts;

    /// @param folder where installed packs are kept
    /// @param texts gives the `pack.json` and the `MODEL_CARD.md` of an entry, which are not fetched
    Packs(Path folder, List<CatalogueEntry> catalogue, BiFunction<CatalogueEntry, String, String> texts) {
        this.folder = folder;
        this.catalogue = List.copyOf(catalogue);
        this.texts = texts;
    }

    /// The packs that can be used now, the default one first.
    public List<InstalledPack> installed() {
        return open().stream().map(InstalledPack::of).toList();
    }

    /// The same, with their networks.
    List<ModelPack> open() {
        return opened(defaultPack());
    }

    /// The same, each file of the default pack compared with its hash too.
    List<ModelPack> compared() {
        return opened(ModelPack.open((ModelPack.Source) DefaultPack::open));
    }

    private List<ModelPack> opened(ModelPack first) {
        List<ModelPack> packs = new ArrayList<>();
        packs.add(first);
        for (Path pack : folders()) {
            packs.add(ModelPack.open(pack));
        }
        return packs;
    }

    /// The packs Likeness knows by address, installed or not.
    public List<CatalogueEntry> catalogue() {
        return catalogue;
    }

    /// A pack by its name.
    ///
    /// @throws LikenessException NOT_FOUND when it is not installed
    ModelPack pack(String name) {
        if (name.equals(DEFAULT)) {
            return defaultPack();
        }
        Path pack = folder.resolve(name);
        if (!folders().contains(pack)) {
            throw new LikenessException(
                            LikenessException.Kind.NOT_FOUND,
                            "model pack " + name
                                    + " is not installed"
                                    + "\nSee: likeness models list; install it with: likeness models install "
                                    + name + ".")
                    .called("model.none", name);
        }
        return ModelPack.open(pack);
    }

    /// The pack that makes templates of this model.
    ///
    /// @throws LikenessException NOT_FOUND when it is not installed
    ModelPack pack(ModelId model) {
        ModelPack pack = pack(model.pack());
        if (!pack.spec().id().equals(model)) {
            throw new LikenessException(
                            LikenessException.Kind.NOT_FOUND,
                            "model " + model + " is not installed; pack " + model.pack() + " is here as "
                                    + pack.spec().id() + "\nInstall the pack's other version.")
                    .called("model.none", model.pack());
        }
        return pack;
    }

    /// What a pack in the catalogue says of itself, before anything is fetched.
    ///
    /// @throws LikenessException NOT_FOUND when the catalogue has no such pack
    public String card(String name) {
        if (name.equals(DEFAULT) || folders().contains(folder.resolve(name))) {
            return pack(name).card();
        }
        return texts.apply(entry(name), "MODEL_CARD.md");
    }

    /// The catalogue's entry of a name.
    ///
    /// @throws LikenessException NOT_FOUND when there is none
    public CatalogueEntry entry(String name) {
        return catalogue.stream()
                .filter(entry -> entry.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new LikenessException(
                                LikenessException.Kind.NOT_FOUND,
                                "no model pack is named " + name
                                        + "\nSee: likeness models list; a folder or zip works too.")
                        .called("model.none", name));
    }

    /// Installs a pack of the catalogue: its files are fetched, or taken from a local folder, and checked.
    ///
    /// @param from a folder that has the files already, by any name; empty: fetch them
    /// @param progress told the bytes of the file at hand
    /// @throws LikenessException CONFLICT when it is installed; UNAVAILABLE when a file cannot be had; CORRUPT
    ///     when a hash
    ///     is not the pinned one. Nothing is left behind
    public InstalledPack install(CatalogueEntry entry, Optional<Path> from, LongConsumer progress) {
        return install(entry.name(), staging -> {
            for (RemoteFile file : entry.files()) {
                Path target = staging.resolve(file.name());
                if (from.isPresent()) {
                    copyLocal(file, from.get(), target);
                } else {
                    PackDownload.fetch(file, target, progress);
                }
            }
            for (String name : List.of("pack.json", "MODEL_CARD.md")) {
                Files.writeString(staging.resolve(name), texts.apply(entry, name));
            }
        });
    }

    /// Installs a pack from a folder or zip of the documented format.
    ///
    /// @throws LikenessException BAD_INPUT when it is not a valid pack; CONFLICT when one of its name is installed
    public InstalledPack install(Path folderOrZip) {
        ModelPack pack = ModelPack.open(folderOrZip);
        return install(pack.name(), pack::copyTo);
    }

    private InstalledPack install(String name, Fill fill) {
        Path target = folder.resolve(name);
        if (name.equals(DEFAULT) || Files.exists(target)) {
            throw new LikenessException(
                    LikenessException.Kind.CONFLICT,
                    "model pack " + name + " is installed already\nRemove the folder models/" + name
                            + " of the data directory first, if no collection uses it.");
        }
        try {
            Files.createDirectories(folder);
            Path staging = Files.createTempDirectory(folder, ".install-");
            try {
                fill.into(staging);
                ModelPack.open(staging).check();
                Files.move(staging, target, StandardCopyOption.ATOMIC_MOVE);
                return InstalledPack.of(ModelPack.open(target));
            } finally {
                delete(staging);
            }
        } catch (IOException e) {
            throw new LikenessException(
                    LikenessException.Kind.UNAVAILABLE,
                    "the model pack cannot be written\nCheck free space and permissions of the data directory.",
                    e);
        }
    }

    private static void copyLocal(RemoteFile file, Path from, Path target) throws IOException {
        List<Path> sameSize;
        try (Stream<Path> files = Files.list(from)) {
            sameSize = files.filter(Files::isRegularFile)
                    .filter(path -> sizeOf(path) == file.sizeBytes())
                    .sorted()
                    .toList();
        }
        for (Path path : sameSize) {
            if (Hashes.of(path).hex().equals(file.sha256())) {
                Files.copy(path, target);
                return;
            }
        }
        Path named = from.resolve(file.name());
        if (Files.exists(named)) {
            throw PackDownload.wrong(file, "SHA-256 " + Hashes.of(named));
        }
        throw new LikenessException(
                LikenessException.Kind.NOT_FOUND,
                "the folder has no file with SHA-256 " + file.sha256() + " (" + file.name() + ", " + file.sizeBytes()
                        + " bytes)\nFetch it from " + file.address() + ".");
    }

    private static long sizeOf(Path path) {
        try {
            return Files.size(path);
        } catch (IOException _) {
            return 0; // gone meanwhile: not the file we look for
        }
    }

    private static ModelPack defaultPack() {
        return ModelPack.openOwn(DefaultPack::open);
    }

    private List<Path> folders() {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(path -> Files.exists(path.resolve("pack.json")))
                    .filter(path -> !path.getFileName().toString().startsWith("."))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new LikenessException(
                    LikenessException.Kind.UNAVAILABLE,
                    "the model packs cannot be listed\nCheck permissions of the data directory.",
                    e);
        }
    }

    private static void delete(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return; // moved into place
        }
        List<Path> paths;
        try (Stream<Path> walk = Files.walk(directory)) {
            paths = walk.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : paths) {
            Files.delete(path);
        }
    }

    @FunctionalInterface
    private interface Fill {
        void into(Path staging) throws IOException;
    }
}
