package org.likeness.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.likeness.core.LikenessException;
import org.likeness.core.collection.Collection;
import org.likeness.core.collection.Profile;
import org.likeness.core.collection.Purpose;
import org.likeness.core.ingest.ImportReport;
import org.likeness.core.photo.Photo;
import org.likeness.core.photo.Storage;
import org.likeness.core.search.Probe;
import org.likeness.core.search.SearchAnswer;
import org.likeness.library.DemoPhotos;
import org.likeness.library.Likeness;
import org.likeness.server.ServerOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `likeness demo`: the whole way in a minute, on real photos.
@Command(
        name = "demo",
        description = {
            "Try it: import photos, search for one of the faces, then go on in the browser.",
            "Without DIR: six group photos that come with Likeness. With DIR: your own, left where they are."
        })
final class DemoCommand extends LikenessCommand {
    private static final String NAME = "demo";

    /// Photos looked at for a face that is in more than one of them.
    private static final int PHOTOS_TRIED = 12;

    private static final int LIMIT = 20;

    @Parameters(arity = "0..1", paramLabel = "DIR", description = "A folder of your own photos.")
    private Optional<Path> folder = Optional.empty();

    @Option(names = "--no-serve", description = "End after the search; start no web application.")
    private boolean noServe;

    @Option(names = "--port", paramLabel = "N", description = "The port of the web application. Default: 8080.")
    private int port = ServeCommand.PORT;

    @Override
    ExitCode execute() {
        Out out = out();
        Thread hook = ServeCommand.endAtOnce();
        folder.ifPresent(DemoCommand::requirePhotos);
        try (Likeness likeness = shared().open()) {
            Path photos = folder.map(Path::toAbsolutePath).orElseGet(() -> unpack(likeness));
            Collection collection = demoCollection(likeness);
            out.line("Importing " + photos + " into collection " + collection.name() + " …");
            ImportReport report = importPhotos(likeness, collection, photos);
            if (folder.isEmpty()) {
                DemoPhotos.delete(photos); // they are copied; what is erased later must lie nowhere else
            }
            ImportCommand.summary(report).lines().forEach(out::line);
            if (likeness.photos(collection, 1).isEmpty()) {
                throw noPhotos(photos);
            }
            Found found = search(likeness, collection);
            out.line("");
            out.line("Searching for face " + found.face() + " of " + found.file() + ":");
            SearchCommand.print(out, found.answer(), found.timing());
            Path page = likeness.settings()
                    .data()
                    .resolve("pages")
                    .resolve(NAME + own().map(path -> "-" + mark(path)).orElse("") + ".html");
            ResultPage.write(
                    new OutputFile(page, OutputFile.Kind.PAGE),
                    likeness,
                    collection,
                    found.probe(),
                    found.face(),
                    found.answer());
            goOn(out, page, collection);
            if (!noServe && !out.json()) {
                out.line("");
                Runtime.getRuntime().removeShutdownHook(hook);
                ServeCommand.serve(
                        out,
                        likeness,
                        ServerOptions.local(port, likeness.settings().megabytesMax()));
            }
            return ExitCode.OK;
        } catch (IOException e) {
            throw new LikenessException(
                    LikenessException.Kind.UNAVAILABLE,
                    "the photos cannot be listed\nAllow reading the folder and try again.",
                    e);
        }
    }

    private static void goOn(Out out, Path page, Collection collection) {
        String name = collection.name().contains(" ") ? "'" + collection.name() + "'" : collection.name();
        out.line("");
        out.line("See the result:      " + page.toUri());
        out.line("Search on:           ./likeness search PHOTO --collection " + name);
        out.line("Your own collection: ./likeness collection create family --profile household");
        out.document(Out.map("page", page.toString()));
    }

    /// The collection of the demo: a household's, because whoever tries it looks at their own photos.
    private Collection demoCollection(Likeness likeness) {
        String name = own().map(path ->
                        NAME + " " + Optional.ofNullable(path.getFileName()).orElse(path) + " " + mark(path))
                .orElse(NAME);
        return likeness.collections().stream()
                .filter(known -> known.name().equals(name))
                .findFirst()
                .orElseGet(() -> likeness.createCollection(name, Profile.HOUSEHOLD));
    }

    private Optional<Path> own() {
        return folder.map(Path::toAbsolutePath).map(Path::normalize);
    }

    /// Tells folders of the same name apart.
    private static String mark(Path path) {
        CRC32 sum = new CRC32();
        sum.update(path.toString().getBytes(StandardCharsets.UTF_8));
        return String.format(Locale.ROOT, "%08x", sum.getValue());
    }

    /// So that no collection is made for nothing.
    private static void requirePhotos(Path folder) {
        requireThere(folder);
        try (Stream<Path> all = Files.walk(folder)) {
            if (all.noneMatch(Files::isRegularFile)) {
                throw noPhotos(folder);
            }
        } catch (IOException | UncheckedIOException e) {
            throw new LikenessException(
                    LikenessException.Kind.UNAVAILABLE,
                    folder + " cannot be listed\nAllow reading the folder and try again.",
                    e);
        }
    }

    private static LikenessException noPhotos(Path folder) {
        return new LikenessException(
                LikenessException.Kind.NOT_FOUND, "no photos in " + folder + "\nName a folder with photos.");
    }

    private ImportReport importPhotos(Likeness likeness, Collection collection, Path photos) {
        Progress progress = new Progress(err(), !out().json());
        boolean own = folder.isPresent();
        ImportReport report = likeness.importPhotos(
                collection,
                List.of(photos),
                own ? Storage.LINK : Storage.COPY,
                own ? Optional.empty() : Optional.of(DemoPhotos.SOURCE),
                own ? Optional.empty() : Optional.of(DemoPhotos.GRANTED_BY),
                (outcome, at) -> progress.show(at.done(), at.found(), at.complete()));
        progress.end();
        return report;
    }

    private static Path unpack(Likeness likeness) {
        Path target = likeness.settings().data().resolve("demo-photos");
        DemoPhotos.unpackTo(target);
        return target;
    }

    /// A search worth showing.
    private record Found(Path file, Probe probe, int face, SearchAnswer answer, SearchCommand.Timing timing) {}

    /// Searches for the largest faces of a few photos and takes the one that is in most photos.
    private static Found search(Likeness likeness, Collection collection) throws IOException {
        Optional<Found> best = Optional.empty();
        for (Photo photo : likeness.photos(collection, PHOTOS_TRIED)) {
            Instant start = Instant.now();
            Path file = likeness.original(photo);
            Probe probe;
            try {
                probe = likeness.probe(collection, file);
            } catch (LikenessException e) {
                if (e.kind() == LikenessException.Kind.BAD_INPUT) {
                    continue; // a photo without a face is no probe
                }
                throw e;
            }
            Duration reading = Duration.between(start, Instant.now());
            for (int face = 1; face <= probe.faces().size(); face++) {
                Instant searching = Instant.now();
                SearchAnswer answer = likeness.search(
                        collection,
                        probe,
                        face,
                        Purpose.PERSONAL,
                        likeness.settings().maxFalse(),
                        LIMIT);
                Found found = new Found(
                        Path.of(Out.file(photo.location())),
                        probe,
                        face,
                        answer,
                        new SearchCommand.Timing(reading, Duration.between(searching, Instant.now())));
                if (best.isEmpty() || best.get().answer().photosInAll() < answer.photosInAll()) {
                    best = Optional.of(found);
                }
            }
        }
        return best.orElseThrow(() -> new LikenessException(
                LikenessException.Kind.BAD_INPUT,
                "none of the photos shows a face that could be found\n"
                        + String.format(Locale.ROOT, "Looked at up to %d; try another folder.", PHOTOS_TRIED)));
    }
}
