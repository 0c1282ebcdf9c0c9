package org.likeness.library;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.likeness.core.LikenessException;
import org.likeness.core.collection.Collection;
import org.likeness.core.document.Document;
import org.likeness.core.document.DocumentDesk;
import org.likeness.core.document.Setup;

/// The documents of a collection, made from the configuration that is running, and the folder they are
/// written to. Thread-safe.
public final class DocumentFolder {
    private static final String SUMS = "SHA256SUMS";
    private static final Pattern SUM = Pattern.compile("(?m)^[0-9a-f]{64}  ([A-Za-z0-9][A-Za-z0-9.-]{0,99})$");

    private final DocumentDesk desk;
    private final Settings settings;
    private final Packs packs;

    DocumentFolder(DocumentDesk desk, Settings settings, Packs packs) {
        this.desk = desk;
        this.settings = settings;
        this.packs = packs;
    }

    /// See [DocumentDesk#documents].
    public List<Document> make(Collection collection) {
        InstalledPack pack = InstalledPack.of(packs.pack(collection.model()));
        boolean keysApart = !settings.keys()
                .toAbsolutePath()
                .normalize()
                .startsWith(settings.data().toAbsolutePath().normalize());
        return desk.documents(
                collection,
                new Setup(
                        keysApart,
                        Duration.ofDays(settings.purgeDays()),
                        settings.maxFalse(),
                        new Setup.Model(pack.title(), pack.version(), pack.licence(), pack.provenance(), pack.card())));
    }

    /// Makes the documents and writes them into a folder, in place of those an earlier call wrote there.
    ///
    /// @return what was written, by name
    /// @throws LikenessException CONFLICT when the folder holds anything else; UNAVAILABLE when it cannot
    ///     be written
    public List<Document> write(Collection collection, Path folder) {
        List<Document> documents = make(collection);
        try {
            Files.createDirectories(folder);
            for (Path old : requireOurs(folder)) {
                Files.delete(old);
            }
            for (Document document : documents) {
                Files.writeString(folder.resolve(document.name()), document.text());
            }
            return documents;
        } catch (IOException e) {
            throw new LikenessException(
                    LikenessException.Kind.UNAVAILABLE,
                    "the documents cannot be written\nChoose a folder that can be made and written to.",
                    e);
        }
    }

    /// The files of a folder, which must all be of an earlier call: nobody's own file is overwritten or
    /// left among them.
    private static List<Path> requireOurs(Path folder) throws IOException {
        List<Path> files;
        try (Stream<Path> entries = Files.list(folder)) {
            files = entries.sorted().toList();
        }
        Path sums = folder.resolve(SUMS);
        List<String> names = new ArrayList<>(List.of(SUMS));
        if (files.contains(sums)) {
            Matcher lines = SUM.matcher(Files.readString(sums));
            lines.results().forEach(line -> names.add(line.group(1)));
        }
        Set<String> there =
                files.stream().map(file -> file.getFileName().toString()).collect(Collectors.toSet());
        there.removeAll(names);
        if (!there.isEmpty()) {
            throw new LikenessException(
                    LikenessException.Kind.CONFLICT,
                    "the folder for the documents holds other files\nName an empty or a new one: --out DIR.");
        }
        return files;
    }
}
