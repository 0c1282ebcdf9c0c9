package org.likeness.store;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.function.Consumer;
import org.likeness.core.audit.Actor;
import org.likeness.core.audit.AuditEntry;
import org.likeness.core.collection.Collection;
import org.likeness.core.collection.CollectionId;
import org.likeness.core.collection.Profile;
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
import org.likeness.core.records.WriteTransaction;
import org.likeness.core.source.Grant;
import org.likeness.core.source.GrantId;
import org.likeness.core.source.Source;
import org.likeness.core.source.SourceId;
import org.likeness.core.source.Use;
import org.likeness.core.template.ModelId;
import org.likeness.core.template.Template;

/// Values of every kind, made up.
final class Samples {
    static final Instant NOW = Instant.parse("2026-06-01T12:00:00.123Z");
    static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
    static final ModelId MODEL = new ModelId("face-api", "1.0", "dlib-33-150-v1");

    private final SplittableRandom random;

    Samples(long seed) {
        random = new SplittableRandom(seed);
    }

    /// A collection with one source and one grant that allows everything from a day ago on.
    record Home(Collection collection, Source source, Grant grant) {
        CollectionId id() {
            return collection.id();
        }
    }

    Home home(Records records, String name, Profile profile) {
        Home home = home(name, profile);
        change(records, tx -> {
            tx.add(home.collection());
            tx.add(home.source());
            tx.add(home.grant());
        });
        return home;
    }

    Home home(String name, Profile profile) {
        Collection collection = new Collection(CollectionId.next(), name, profile, MODEL, NOW);
        Source source = new Source(SourceId.next(), collection.id(), "folder of " + name, NOW);
        return new Home(
                collection, source, grant(source, NOW.minusSeconds(86_400), Optional.empty(), Set.of(Use.values())));
    }

    Grant grant(Source source, Instant startsAt, Optional<Instant> endsAt, Set<Use> uses) {
        return new Grant(GrantId.next(), source.id(), "the photographer", uses, startsAt, endsAt, Optional.empty());
    }

    Photo photo(Home home) {
        return photo(home, home.grant());
    }

    Photo photo(Home home, Grant grant) {
        byte[] digest = new byte[32];
        random.nextBytes(digest);
        return new Photo(
                PhotoId.next(),
                home.id(),
                home.source().id(),
                grant.id(),
                Sha256.of(digest),
                1 + random.nextLong(1L << 40),
                List.of(MediaType.values()).get(random.nextInt(MediaType.values().length)),
                1 + random.nextInt(10_000),
                1 + random.nextInt(10_000),
                random.nextBoolean() ? Storage.COPY : Storage.LINK,
                "file:///photos/gr%C3%BC%C3%9Fe-" + random.nextLong() + ".jpg",
                NOW,
                random.nextBoolean()
                        ? Optional.of(LocalDateTime.of(2026, 5, 1, 10, 30, random.nextInt(60)))
                        : Optional.empty());
    }

    Face face(Photo photo) {
        Set<Quality.Flaw> flaws = random.nextBoolean() ? Set.of() : Set.of(Quality.Flaw.SMALL, Quality.Flaw.DARK);
        return new Face(
                FaceId.next(),
                photo.id(),
                new Box(
                        random.nextDouble(-9, 900),
                        random.nextDouble(),
                        random.nextDouble(1, 99),
                        random.nextDouble(1, 99)),
                new Landmarks(point(), point(), point(), point(), point()),
                new Quality(
                        random.nextDouble(9, 99), random.nextDouble(), random.nextDouble(), random.nextDouble(), flaws),
                random.nextDouble());
    }

    private Point point() {
        return new Point(random.nextDouble(1000), random.nextDouble(1000));
    }

    Template template() {
        return template(MODEL);
    }

    Template template(ModelId model) {
        float[] values = new float[128];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextDouble(-1, 1);
        }
        return new Template(model, values);
    }

    /// One photo with one face, stored.
    Face storedFace(Records records, Home home) {
        return storedFace(records, home, home.grant());
    }

    Face storedFace(Records records, Home home, Grant grant) {
        Photo photo = photo(home, grant);
        Face face = face(photo);
        change(records, tx -> {
            tx.add(photo);
            tx.add(home.id(), face);
        });
        return face;
    }

    static AuditEntry entry() {
        return new AuditEntry(
                UUID.randomUUID(),
                NOW,
                Actor.OWNER,
                AuditEntry.Action.PHOTO_IMPORTED,
                UUID.randomUUID(),
                Optional.empty(),
                1,
                Optional.empty());
    }

    static void change(Records records, Consumer<WriteTransaction> work) {
        boolean done = records.change(tx -> {
            work.accept(tx);
            return new Records.Changed<>(true, entry());
        });
        assert done;
    }

    /// A template as the collection keeps it.
    static Template keyed(Records records, CollectionId collection, Template template) {
        return records.read(tx -> tx.vault().keyed(collection, template));
    }

    /// Faces and templates as `templates` gives them.
    record Stored(FaceId face, Template template) {}

    static List<Stored> templates(Records records, CollectionId collection, long after, Instant now) {
        return records.read(tx -> {
            List<Stored> found = new java.util.ArrayList<>();
            tx.templates(collection, after, now, (face, template) -> found.add(new Stored(face, template)));
            return List.copyOf(found);
        });
    }
}
