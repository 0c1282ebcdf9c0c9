package org.likeness.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.likeness.core.collection.Profile;
import org.likeness.core.photo.Face;
import org.likeness.core.photo.FaceId;
import org.likeness.core.records.ReadTransaction;
import org.likeness.core.records.Records;
import org.likeness.core.source.Grant;
import org.likeness.core.source.Use;
import org.likeness.core.template.Template;

/// Random operations on the records and on plain maps, which must agree after each.
final class RecordsModelTest {
    private static final int OPERATIONS = 80;

    @TempDir
    Path folder;

    private record Expected(Face face, Grant grant, Optional<Template> template, Optional<Instant> end) {
        boolean held(Instant now) {
            return template.isPresent() && end.map(now::isBefore).orElse(true);
        }
    }

    /// `-Dseed=N` replays one case.
    static LongStream seeds() {
        Long only = Long.getLong("seed");
        return only == null ? new SplittableRandom().longs(8) : LongStream.of(only);
    }

    @ParameterizedTest(name = "seed={0}")
    @MethodSource("seeds")
    void agrees_with_maps_through_random_operations(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Samples samples = new Samples(seed);
        Records records = open();
        try {
            Samples.Home home = samples.home(records, "home " + seed, Profile.HOUSEHOLD);
            List<Grant> grants = new ArrayList<>(List.of(home.grant()));
            Map<FaceId, Expected> model = new LinkedHashMap<>();
            Instant now = Samples.NOW;
            for (int i = 0; i < OPERATIONS; i++) {
                switch (random.nextInt(8)) {
                    case 0 -> grants.add(addGrant(records, home, samples, random, now));
                    case 1 -> expire(records, home, model, now);
                    case 2 -> now = now.plusSeconds(random.nextInt(20));
                    case 3 -> {
                        records.close();
                        records = open();
                    }
                    default -> {
                        Grant grant = grants.get(random.nextInt(grants.size()));
                        Expected added = addFace(records, home, grant, samples, random, now);
                        model.put(added.face().id(), added);
                    }
                }
                compare(records, home, model, now);
            }
        } finally {
            records.close();
        }
    }

    private Records open() {
        return SqlRecords.sqlite(folder.resolve("records.db"), new Keys(folder.resolve("keys")), Samples.CLOCK);
    }

    private static Grant addGrant(
            Records records, Samples.Home home, Samples samples, SplittableRandom random, Instant now) {
        Set<Use> uses = random.nextInt(3) == 0 ? Set.of(Use.STORE) : Set.of(Use.STORE, Use.FACE_SEARCH);
        Instant start = now.plusSeconds(random.nextInt(-30, 30));
        Optional<Instant> end =
                random.nextBoolean() ? Optional.empty() : Optional.of(start.plusSeconds(random.nextInt(1, 60)));
        Grant grant = samples.grant(home.source(), start, end, uses);
        Samples.change(records, tx -> tx.add(grant));
        return grant;
    }

    private static Expected addFace(
            Records records, Samples.Home home, Grant grant, Samples samples, SplittableRandom random, Instant now) {
        Face face = samples.storedFace(records, home, grant);
        if (random.nextInt(4) == 0) {
            return new Expected(face, grant, Optional.empty(), Optional.empty());
        }
        Template template = samples.template();
        Optional<Instant> end =
                random.nextBoolean() ? Optional.empty() : Optional.of(now.plusSeconds(random.nextInt(1, 60)));
        Samples.change(records, tx -> tx.addFeatureSet(home.id(), face.id(), template, end));
        return new Expected(face, grant, Optional.of(Samples.keyed(records, home.id(), template)), end);
    }

    private static void expire(Records records, Samples.Home home, Map<FaceId, Expected> model, Instant now) {
        long deleted = records.<Long>change(
                tx -> new Records.Changed<>(tx.deleteExpiredTemplates(home.id(), now), Samples.entry()));
        long expected = model.values().stream()
                .filter(e -> e.template().isPresent() && !e.held(now))
                .count();
        assertThat(deleted).isEqualTo(expected);
        model.replaceAll(
                (id, e) -> e.held(now) ? e : new Expected(e.face(), e.grant(), Optional.empty(), Optional.empty()));
    }

    private static void compare(Records records, Samples.Home home, Map<FaceId, Expected> model, Instant now) {
        assertThat(Samples.templates(records, home.id(), 0, now))
                .isEqualTo(model.values().stream()
                        .filter(e -> e.held(now))
                        .map(e -> new Samples.Stored(e.face().id(), e.template().orElseThrow()))
                        .toList());
        List<Face> searchable = model.values().stream()
                .filter(e -> e.grant().allows(Use.FACE_SEARCH, now))
                .map(Expected::face)
                .toList();
        boolean agrees = records.<Boolean>read(tx -> {
            assertThat(tx.searchable(home.id(), model.keySet(), now))
                    .extracting(ReadTransaction.FoundFace::face)
                    .isEqualTo(searchable);
            assertThat(tx.searchableFaceCount(home.id(), now)).isEqualTo(searchable.size());
            assertThat(tx.faceCount(home.id())).isEqualTo(model.size());
            assertThat(tx.templateCount(home.id()))
                    .isEqualTo(model.values().stream()
                            .filter(e -> e.template().isPresent())
                            .count());
            return true;
        });
        assertThat(agrees).isTrue();
    }
}
