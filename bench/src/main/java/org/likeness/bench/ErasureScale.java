package org.likeness.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import org.likeness.core.audit.Actor;
import org.likeness.core.audit.AuditEntry;
import org.likeness.core.collection.Collection;
import org.likeness.core.collection.Profile;
import org.likeness.core.demand.Target;
import org.likeness.core.person.Details;
import org.likeness.core.person.Person;
import org.likeness.core.photo.Box;
import org.likeness.core.photo.Face;
import org.likeness.core.photo.FaceId;
import org.likeness.core.photo.Landmarks;
import org.likeness.core.photo.MediaType;
import org.likeness.core.photo.Photo;
import org.likeness.core.photo.PhotoId;
import org.likeness.core.photo.Point;
import org.likeness.core.photo.Quality;
import org.likeness.core.photo.Sha256;
import org.likeness.core.photo.Storage;
import org.likeness.core.records.Records;
import org.likeness.core.source.Grant;
import org.likeness.core.source.GrantId;
import org.likeness.core.source.Source;
import org.likeness.core.source.SourceId;
import org.likeness.core.source.Use;
import org.likeness.core.template.Template;
import org.likeness.library.Likeness;
import org.likeness.library.Settings;
import org.likeness.store.Keys;
import org.likeness.store.SqlRecords;

/// Prints how long it takes to erase a person, a photo, and a source with nine tenths of all photos, in a collection of
/// made-up rows and small files. Each time is from the demand to the attestation.
///
/// Arguments: how many photos; each has two faces, with a template and a crop each, a thumbnail and an original.
public final class ErasureScale {
    private static final int BATCH = 1_000;
    private static final int FACES = 2;

    private final Path data;
    private final Settings settings;
    private final SplittableRandom random = new SplittableRandom(1);

    private ErasureScale(Path data) {
        this.data = data;
        this.settings = Settings.of(data);
    }

    public static void main(String[] args) throws IOException {
        int photos = Integer.parseInt(args[0]);
        Path data = Files.createTempDirectory("likeness-erasure-");
        new ErasureScale(data).run(photos);
    }

    /// A source and the grant its photos are held under.
    private record Held(Source source, Grant grant) {}

    private void run(int photos) throws IOException {
        Collection collection;
        Person person;
        try (Likeness likeness = Likeness.open(settings)) {
            collection = likeness.createCollection("scale", Profile.HOUSEHOLD);
            person = likeness.people()
                    .add(
                            collection.id(),
                            new Details(Optional.of("Somebody"), Optional.empty(), Optional.empty()),
                            Optional.empty());
        }
        Held large;
        PhotoId one;
        try (SqlRecords records =
                SqlRecords.sqlite(data.resolve("records.sqlite"), new Keys(settings.keys()), Clock.systemUTC())) {
            large = source(records, collection, "large");
            Held small = source(records, collection, "small");
            fill(records, collection, large, photos * 9 / 10);
            one = fill(records, collection, small, photos / 10);
        }
        System.out.printf(
                Locale.ROOT,
                "%n%,d photos, %,d faces, records of %,d MB%n%n"
                        + "| erased | seconds | erased in all stores |%n|---|---|---|%n",
                photos,
                photos * FACES,
                Files.size(data.resolve("records.sqlite")) >> 20);
        try (Likeness likeness = Likeness.open(settings)) {
            time(likeness, "one person", Target.of(person.id()));
            time(likeness, "one photo", Target.of(one));
            time(
                    likeness,
                    "one source, " + photos * 9 / 10 + " photos",
                    Target.of(large.source().id()));
        }
    }

    private static void time(Likeness likeness, String what, Target target) {
        long start = System.nanoTime();
        var outcome = likeness.eraser()
                .execute(likeness.demands().erase(target).demand().id());
        double seconds = (System.nanoTime() - start) / 1e9;
        if (outcome.attestation().isEmpty()) {
            throw new IllegalStateException("not erased: " + outcome.census().notZero());
        }
        System.out.printf(
                Locale.ROOT,
                "| %s | %.1f | %,d |%n",
                what,
                seconds,
                outcome.census().counts().stream()
                        .mapToLong(count -> count.found())
                        .sum());
    }

    private static Held source(SqlRecords records, Collection collection, String name) {
        Instant now = Instant.now();
        Source source = new Source(SourceId.next(), collection.id(), name, now);
        Grant grant = new Grant(
                GrantId.next(), source.id(), name, Set.of(Use.values()), now, Optional.empty(), Optional.empty());
        return records.change(tx -> {
            tx.add(source);
            tx.add(grant);
            return new Records.Changed<>(new Held(source, grant), entry(collection));
        });
    }

    private static AuditEntry entry(Collection collection) {
        return AuditEntry.of(
                Instant.now(),
                Actor.OWNER,
                AuditEntry.Action.PHOTO_IMPORTED,
                collection.id().value(),
                collection.id());
    }

    private PhotoId fill(SqlRecords records, Collection collection, Held held, int photos) throws IOException {
        PhotoId last = PhotoId.next();
        for (int from = 0; from < photos; from += BATCH) {
            List<Photo> batch = new ArrayList<>();
            for (int i = 0; i < Math.min(BATCH, photos - from); i++) {
                batch.add(photo(collection, held));
            }
            List<Face> faces = new ArrayList<>();
            boolean written = records.change(tx -> {
                for (Photo photo : batch) {
                    tx.add(photo);
                    for (int i = 0; i < FACES; i++) {
                        Face face = face(photo, i);
                        faces.add(face);
                        tx.add(collection.id(), face);
                        tx.addFeatureSet(collection.id(), face.id(), template(collection), Optional.empty());
                    }
                }
                return new Records.Changed<>(true, entry(collection));
            });
            assert written;
            files(collection, batch, faces);
            last = batch.getLast().id();
        }
        return last;
    }

    private Photo photo(Collection collection, Held held) {
        byte[] digest = new byte[32];
        random.nextBytes(digest);
        return new Photo(
                PhotoId.next(),
                collection.id(),
                held.source().id(),
                held.grant().id(),
                Sha256.of(digest),
                100,
                MediaType.JPEG,
                1_000,
                1_000,
                Storage.COPY,
                "file:///photos/" + HexFormat.of().formatHex(digest, 0, 8) + ".jpg",
                Instant.now(),
                Optional.empty());
    }

    private static Face face(Photo photo, int number) {
        Point point = new Point(10, 10);
        return new Face(
                FaceId.next(),
                photo.id(),
                new Box(100 + 300 * number, 100, 100, 100),
                new Landmarks(point, point, point, point, point),
                new Quality(100, 1, 1, 0.5, Set.of()),
                1);
    }

    private Template template(Collection collection) {
        float[] values = new float[128];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextDouble(-1, 1);
        }
        return new Template(collection.model(), values);
    }

    /// As the data directory lays them out, but not forced to the disk one by one.
    private void files(Collection collection, List<Photo> photos, List<Face> faces) throws IOException {
        Path folder = data.resolve("collections").resolve(collection.id().toString());
        for (Photo photo : photos) {
            String hash = photo.sha256().hex();
            write(folder.resolve("photos").resolve(hash.substring(0, 2)).resolve(hash));
            write(sharded(folder.resolve("thumbnails"), photo.id().value(), ".jpg"));
        }
        for (Face face : faces) {
            write(sharded(folder.resolve("crops"), face.id().value(), ".png"));
        }
    }

    private static Path sharded(Path folder, UUID id, String suffix) {
        String name = id.toString();
        return folder.resolve(name.substring(name.length() - 2)).resolve(name + suffix);
    }

    private static void write(Path file) throws IOException {
        Files.createDirectories(file.getParent());
        Files.write(file, new byte[100]);
    }
}
