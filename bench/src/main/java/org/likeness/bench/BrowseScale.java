package org.likeness.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.likeness.core.audit.Actor;
import org.likeness.core.audit.AuditEntry;
import org.likeness.core.collection.Collection;
import org.likeness.core.collection.Profile;
import org.likeness.core.demand.Target;
import org.likeness.core.photo.MediaType;
import org.likeness.core.photo.Photo;
import org.likeness.core.photo.PhotoId;
import org.likeness.core.photo.Sha256;
import org.likeness.core.photo.Storage;
import org.likeness.core.photo.TimelineFilter;
import org.likeness.core.photo.TimelineLayout;
import org.likeness.core.photo.TimelinePhoto;
import org.likeness.core.photo.TimelinePosition;
import org.likeness.core.records.Records;
import org.likeness.core.source.Grant;
import org.likeness.core.source.GrantId;
import org.likeness.core.source.Source;
import org.likeness.core.source.SourceId;
import org.likeness.core.source.Use;
import org.likeness.library.BrowseDesk;
import org.likeness.library.Likeness;
import org.likeness.library.Settings;
import org.likeness.store.Keys;
import org.likeness.store.SqlRecords;

/// Prints how long the questions of a page of photos take, in a collection of made-up rows over fifteen years, with
/// and without the index they were made for.
///
/// Arguments: how many photos.
public final class BrowseScale {
    private static final int BATCH = 1_000;
    private static final int RUNS = 31;
    private static final int PAGE = 200;
    private static final int MINUTES = 15 * 365 * 24 * 60;

    private final SplittableRandom random = new SplittableRandom(1);

    private BrowseScale() {}

    public static void main(String[] args) throws IOException, SQLException {
        new BrowseScale().run(Integer.parseInt(args[0]));
    }

    private void run(int photos) throws IOException, SQLException {
        Settings settings = Settings.of(Files.createTempDirectory("likeness-browse-"));
        Path file = settings.data().resolve("records.sqlite");
        Collection collection;
        try (Likeness likeness = Likeness.open(settings)) {
            collection = likeness.createCollection("scale", Profile.HOUSEHOLD);
        }
        SourceId source;
        try (SqlRecords records = SqlRecords.sqlite(file, new Keys(settings.keys()), Clock.systemUTC())) {
            source = fill(records, collection, photos);
        }
        System.out.printf(
                Locale.ROOT,
                "%n%,d photos, records of %,d MB, median ms of %d%n%n",
                photos,
                Files.size(file) >> 20,
                RUNS);
        System.out.println("| | first page | deep page | neighbours | one source, first page | layout | size |");
        System.out.println("|---|---|---|---|---|---|---|");
        measure(settings, collection, source, "with the index");
        try (Likeness likeness = Likeness.open(settings)) {
            PhotoId first = likeness.photos(collection, 1).getFirst().id();
            if (!likeness.demands().restrict(Target.of(first)).demand().target().equals(Target.of(first))) {
                throw new IllegalStateException("something else is held");
            }
        }
        measure(settings, collection, source, "with it, one photo held");
        try (Connection raw = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = raw.createStatement()) {
            statement.execute("DROP INDEX photo_timeline");
        }
        measure(settings, collection, source, "without it");
    }

    private static void measure(Settings settings, Collection collection, SourceId source, String name) {
        try (Likeness likeness = Likeness.open(settings)) {
            BrowseDesk desk = likeness.browse();
            TimelineFilter all = TimelineFilter.all(collection.id());
            TimelineFilter some =
                    new TimelineFilter(collection.id(), Optional.of(source), Optional.empty(), Optional.empty());
            TimelineLayout layout = desk.layout(all);
            TimelinePosition deep = layout.starts().get(layout.starts().size() * 9 / 10);
            List<TimelinePhoto> page = desk.page(all, Optional.of(deep), PAGE);
            PhotoId middle = page.get(page.size() / 2).id();
            System.out.printf(
                    Locale.ROOT,
                    "| %s | %.1f | %.1f | %.1f | %.1f | %.0f | %.0f |%n",
                    name,
                    median(() -> desk.page(all, Optional.empty(), PAGE)),
                    median(() -> desk.page(all, Optional.of(deep), PAGE)),
                    median(() -> desk.photo(collection.id(), middle)),
                    median(() -> desk.page(some, Optional.empty(), PAGE)),
                    median(() -> desk.layout(all)),
                    median(() -> desk.size(collection.id())));
        }
    }

    private static double median(Runnable question) {
        double[] ms = new double[RUNS];
        for (int i = 0; i < RUNS; i++) {
            long start = System.nanoTime();
            question.run();
            ms[i] = (System.nanoTime() - start) / 1e6;
        }
        Arrays.sort(ms);
        return ms[RUNS / 2];
    }

    /// Nine tenths from one source; the rest from the other, which is given back.
    private SourceId fill(SqlRecords records, Collection collection, int photos) {
        Instant now = Instant.now();
        List<Source> sources = List.of(
                new Source(SourceId.next(), collection.id(), "large", now),
                new Source(SourceId.next(), collection.id(), "small", now));
        List<Grant> grants = sources.stream()
                .map(source -> new Grant(
                        GrantId.next(),
                        source.id(),
                        source.name(),
                        Set.of(Use.values()),
                        now,
                        Optional.empty(),
                        Optional.empty()))
                .toList();
        boolean added = records.change(tx -> {
            sources.forEach(tx::add);
            grants.forEach(tx::add);
            return new Records.Changed<>(true, entry(collection));
        });
        for (int from = 0; added && from < photos; from += BATCH) {
            List<Photo> batch = new ArrayList<>();
            for (int i = 0; i < Math.min(BATCH, photos - from); i++) {
                batch.add(photo(collection, grants.get(random.nextInt(10) == 0 ? 1 : 0)));
            }
            added = records.change(tx -> {
                batch.forEach(tx::add);
                return new Records.Changed<>(true, entry(collection));
            });
        }
        return sources.getLast().id();
    }

    private static AuditEntry entry(Collection collection) {
        return AuditEntry.of(
                Instant.now(),
                Actor.OWNER,
                AuditEntry.Action.PHOTO_IMPORTED,
                collection.id().value(),
                collection.id());
    }

    private Photo photo(Collection collection, Grant grant) {
        byte[] digest = new byte[32];
        random.nextBytes(digest);
        return new Photo(
                PhotoId.next(),
                collection.id(),
                grant.source(),
                grant.id(),
                Sha256.of(digest),
                4_000_000,
                MediaType.JPEG,
                4_000,
                3_000,
                Storage.COPY,
                "file:///photos/2019/summer/IMG_1234.jpg",
                Instant.now(),
                random.nextInt(10) == 0
                        ? Optional.empty()
                        : Optional.of(LocalDateTime.of(2011, 1, 1, 0, 0)
                                .plusMinutes(random.nextInt(MINUTES))
                                .plusSeconds(random.nextInt(60))));
    }
}
