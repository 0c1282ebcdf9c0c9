package org.likeness.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.likeness.core.LikenessException;
import org.likeness.core.audit.Actor;
import org.likeness.core.collection.CollectionId;
import org.likeness.core.collection.Profile;
import org.likeness.core.collection.Purpose;
import org.likeness.core.ingest.Choosing;
import org.likeness.core.ingest.ImportId;
import org.likeness.core.ingest.ImportRun;
import org.likeness.core.photo.Face;
import org.likeness.core.photo.FaceId;
import org.likeness.core.photo.Photo;
import org.likeness.core.photo.PhotoId;
import org.likeness.core.photo.Storage;
import org.likeness.core.records.Records;
import org.likeness.core.search.Search;
import org.likeness.core.search.SearchId;
import org.likeness.core.source.Grant;
import org.likeness.core.source.Source;
import org.likeness.core.source.SourceId;
import org.likeness.core.source.Use;
import org.likeness.core.template.ModelId;
import org.likeness.core.template.Template;
import org.likeness.core.template.TemplateIndex;
import org.likeness.core.template.Threshold;

/// What any implementation of the records must do, run on each database.
abstract class RecordsContract {
    @TempDir
    Path folder;

    final Samples samples = new Samples(20260601);
    Records records;

    /// Opens the test's database; a second call opens it again.
    abstract SqlRecords open(Keys keys) throws Exception;

    /// A connection past our own code.
    abstract Connection raw() throws SQLException;

    @BeforeEach
    void openRecords() throws Exception {
        records = open(new Keys(folder.resolve("keys")));
    }

    @AfterEach
    void closeRecords() {
        records.close();
    }

    final void raw(String statement, Object... values) throws SQLException {
        try (Connection connection = raw();
                PreparedStatement prepared = connection.prepareStatement(statement)) {
            for (int i = 0; i < values.length; i++) {
                prepared.setObject(
                        i + 1,
                        values[i] instanceof byte[] || values[i] instanceof Number ? values[i] : values[i].toString());
            }
            prepared.executeUpdate();
        }
    }

    static void fails(LikenessException.Kind kind, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        LikenessException.class, e -> assertThat(e.kind()).isEqualTo(kind));
    }

    @Test
    void gives_back_collections_sources_and_grants_as_they_were_added() {
        Samples.Home b = samples.home(records, "b", Profile.EVENT);
        Samples.Home a = samples.home(records, "A grüße", Profile.ARCHIVE);
        Grant second =
                samples.grant(a.source(), Samples.NOW, Optional.of(Samples.NOW.plusSeconds(9)), Set.of(Use.SHARE));
        Source other = new Source(SourceId.next(), a.id(), "an export", Samples.NOW);
        Samples.change(records, tx -> {
            tx.add(second);
            tx.add(other);
        });

        records.read(tx -> {
            assertThat(tx.collections()).containsExactly(a.collection(), b.collection());
            assertThat(tx.collection(a.id())).contains(a.collection());
            assertThat(tx.collection("b")).contains(b.collection());
            assertThat(tx.collection("nobody's")).isEmpty();
            assertThat(tx.source(a.id(), "an export")).contains(other);
            assertThat(tx.source(b.id(), "an export")).isEmpty();
            assertThat(tx.sources(a.id())).containsExactly(other, a.source());
            assertThat(tx.grant(second.id())).contains(second);
            assertThat(tx.grants(a.source().id())).containsExactly(second, a.grant());
            return true;
        });
    }

    @Test
    void gives_back_photos_and_faces_as_they_were_added_largest_face_first() {
        Samples.Home home = samples.home(records, "home", Profile.HOUSEHOLD);
        List<Photo> photos =
                IntStream.range(0, 20).mapToObj(i -> samples.photo(home)).toList();
        List<Face> faces = IntStream.range(0, 9)
                .mapToObj(i -> samples.face(photos.getFirst()))
                .toList();
        Samples.change(records, tx -> {
            photos.forEach(tx::add);
            faces.forEach(face -> tx.add(home.id(), face));
        });

        records.read(tx -> {
            for (Photo photo : photos) {
                assertThat(tx.photo(photo.id())).contains(photo);
                assertThat(tx.photo(home.id(), photo.sha256())).contains(photo);
                assertThat(tx.photo(CollectionId.next(), photo.sha256())).isEmpty();
            }
            assertThat(tx.faces(photos.getFirst().id()))
                    .isEqualTo(faces.stream()
                            .sorted(Comparator.comparingDouble(
                                            (Face f) -> f.box().height())
                                    .reversed())
                            .toList());
            assertThat(tx.photoCount(home.id())).isEqualTo(20);
            assertThat(tx.faceCount(home.id())).isEqualTo(9);
            assertThat(tx.templateCount(home.id())).isZero();
            return true;
        });
    }

    @Test
    void refuses_the_same_content_twice_in_a_collection_but_not_in_two() {
        Samples.Home one = samples.home(records, "one", Profile.HOUSEHOLD);
        Samples.Home two = samples.home(records, "two", Profile.HOUSEHOLD);
        Photo photo = samples.photo(one);
        Samples.change(records, tx -> tx.add(photo));

        fails(LikenessException.Kind.CONFLICT, () -> Samples.change(records, tx -> tx.add(moved(photo, one))));
        Samples.change(records, tx -> tx.add(moved(photo, two)));
    }

    private static Photo moved(Photo p, Samples.Home home) {
        return new Photo(
                PhotoId.next(),
                home.id(),
                home.source().id(),
                home.grant().id(),
                p.sha256(),
                p.sizeBytes(),
                p.mediaType(),
                p.width(),
                p.height(),
                p.storage(),
                p.location(),
                p.importedAt(),
                p.takenAt());
    }

    @Test
    void refuses_two_collections_or_sources_of_one_name_and_leaves_no_key() throws Exception {
        Samples.Home home = samples.home(records, "home", Profile.HOUSEHOLD);
        fails(LikenessException.Kind.CONFLICT, () -> samples.home(records, "home", Profile.EVENT));
        fails(
                LikenessException.Kind.CONFLICT,
                () -> Samples.change(
                        records,
                        tx -> tx.add(new Source(
                                SourceId.next(), home.id(), home.source().name(), Samples.NOW))));
        Samples.Home half = samples.home("half", Profile.EVENT);
        assertThatThrownBy(() -> Samples.change(records, tx -> {
            tx.add(half.collection());
            throw new IllegalStateException("after the key was written");
        }));
        assertThat(folder.resolve("keys")).isDirectoryContaining("glob:**" + home.id() + ".1.key");
        try (var files = java.nio.file.Files.list(folder.resolve("keys"))) {
            assertThat(files).hasSize(1);
        }
    }

    @Test
    void refuses_templates_of_another_model_without_a_term_or_of_a_face_elsewhere() {
        Samples.Home archive = samples.home(records, "archive", Profile.ARCHIVE);
        Samples.Home home = samples.home(records, "home", Profile.HOUSEHOLD);
        Face face = samples.storedFace(records, archive);
        Optional<Instant> end = Optional.of(Samples.NOW.plusSeconds(60));
        Template foreign = samples.template(new ModelId("other", "1", "x"));

        fails(
                LikenessException.Kind.REFUSED,
                () -> Samples.change(records, tx -> tx.addFeatureSet(archive.id(), face.id(), foreign, end)));
        fails(
                LikenessException.Kind.REFUSED,
                () -> Samples.change(
                        records,
                        tx -> tx.addFeatureSet(archive.id(), face.id(), samples.template(), Optional.empty())));
        fails(
                LikenessException.Kind.NOT_FOUND,
                () -> Samples.change(
                        records, tx -> tx.addFeatureSet(home.id(), face.id(), samples.template(), Optional.empty())));
        fails(
                LikenessException.Kind.NOT_FOUND,
                () -> Samples.change(
                        records,
                        tx -> tx.addFeatureSet(CollectionId.next(), face.id(), samples.template(), Optional.empty())));
    }

    @Test
    void an_import_ends_once() {
        Samples.Home home = samples.home(records, "home", Profile.HOUSEHOLD);
        ImportRun run = new ImportRun(
                ImportId.next(), home.id(), home.grant().id(), Storage.COPY, Samples.NOW, Optional.empty());
        Samples.change(records, tx -> tx.add(run));
        assertThat(records.<Optional<ImportRun>>read(tx -> tx.importRun(run.id())))
                .contains(run);

        Instant end = Samples.NOW.plusSeconds(5);
        Samples.change(records, tx -> tx.end(run, end));
        assertThat(records.<Optional<ImportRun>>read(tx -> tx.importRun(run.id()))
                        .flatMap(ImportRun::endedAt))
                .contains(end);
        fails(LikenessException.Kind.CONFLICT, () -> Samples.change(records, tx -> tx.end(run, end)));
    }

    @Test
    void an_import_goes_on_when_more_comes_of_what_was_chosen_together() {
        Samples.Home home = samples.home(records, "home", Profile.HOUSEHOLD);
        Choosing chosen = Choosing.of(UUID.randomUUID(), UUID.randomUUID());
        ImportRun run = new ImportRun(
                ImportId.next(),
                home.id(),
                home.grant().id(),
                Storage.LINK,
                Samples.NOW,
                Optional.empty(),
                Optional.of(chosen));
        Samples.change(records, tx -> tx.add(run));
        Samples.change(records, tx -> tx.end(run, Samples.NOW.plusSeconds(5)));
        Samples.change(records, tx -> tx.reopen(run));
        assertThat(records.<Optional<ImportRun>>read(
                        tx -> tx.timeline(Samples.NOW).importOf(home.grant().id(), chosen)))
                .contains(run);
        Samples.Home other = samples.home(records, "other", Profile.HOUSEHOLD);
        assertThat(records.<Optional<ImportRun>>read(
                        tx -> tx.timeline(Samples.NOW).importOf(other.grant().id(), chosen)))
                .isEmpty();
    }

    @Test
    void gives_back_a_search_with_its_answer_in_order() {
        Samples.Home home = samples.home(records, "home", Profile.HOUSEHOLD);
        Samples.Home other = samples.home(records, "other", Profile.HOUSEHOLD);
        List<TemplateIndex.Hit> answer = IntStream.range(0, 30)
                .mapToObj(i ->
                        new TemplateIndex.Hit(samples.storedFace(records, home).id(), 1.0 / (i + 1)))
                .toList();
        Search search = search(home, answer);
        Search empty = search(home, List.of());
        Samples.change(records, tx -> tx.add(search));
        Samples.change(records, tx -> tx.add(empty));

        assertThat(records.<Optional<Search>>read(tx -> tx.search(search.id()))).contains(search);
        assertThat(records.<Optional<Search>>read(tx -> tx.search(empty.id()))).contains(empty);
        assertThat(records.<Optional<Search>>read(tx -> tx.search(SearchId.next())))
                .isEmpty();
        fails(LikenessException.Kind.NOT_FOUND, () -> Samples.change(records, tx -> tx.add(search(other, answer))));
    }

    private static Search search(Samples.Home home, List<TemplateIndex.Hit> answer) {
        return new Search(
                SearchId.next(),
                home.id(),
                Purpose.PERSONAL,
                Actor.OWNER,
                Samples.NOW,
                Samples.NOW.plusMillis(40),
                new Threshold(Samples.MODEL, 0.47, 0.001, 1e-7, 30, true),
                answer);
    }

    @Test
    void only_faces_under_a_grant_in_force_are_searchable_first_instant_in_last_out() throws Exception {
        Samples.Home home = samples.home(records, "home", Profile.HOUSEHOLD);
        Instant start = Samples.NOW;
        Instant end = start.plusSeconds(60);
        Grant term = samples.grant(home.source(), start, Optional.of(end), Set.of(Use.FACE_SEARCH));
        Grant noSearch =
                samples.grant(home.source(), start.minusSeconds(9), Optional.empty(), Set.of(Use.STORE, Use.SHARE));
        Samples.change(records, tx -> {
            tx.add(term);
            tx.add(noSearch);
        });
        Face face = samples.storedFace(records, home, term);
        Face never = samples.storedFace(records, home, noSearch);
        List<FaceId> both = List.of(face.id(), never.id());

        assertThat(shown(home, both, start.minusMillis(1))).isEmpty();
        assertThat(shown(home, both, start)).containsExactly(face.id());
        assertThat(shown(home, both, end.minusMillis(1))).containsExactly(face.id());
        assertThat(shown(home, both, end)).isEmpty();
        raw(
                "UPDATE permission_grant SET ended_at = ? WHERE id = ?",
                start.plusSeconds(7).toEpochMilli(),
                term.id());
        assertThat(shown(home, both, start.plusMillis(6_999))).containsExactly(face.id());
        assertThat(shown(home, both, start.plusSeconds(7))).isEmpty();
    }

    /// Asks in all three ways, which must agree.
    private List<FaceId> shown(Samples.Home home, List<FaceId> faces, Instant now) {
        return records.read(tx -> {
            List<FaceId> shown = tx.searchable(home.id(), faces, now).stream()
                    .map(found -> found.face().id())
                    .toList();
            assertThat(tx.searchableFaces(home.id(), now, Optional.empty(), 100))
                    .containsExactlyInAnyOrderElementsOf(shown);
            assertThat(tx.searchableFaceCount(home.id(), now)).isEqualTo(shown.size());
            return shown;
        });
    }

    @Test
    void searchable_answers_in_the_order_asked_across_chunks_and_collections() {
        Samples.Home home = samples.home(records, "home", Profile.HOUSEHOLD);
        Samples.Home other = samples.home(records, "other", Profile.HOUSEHOLD);
        Photo photo = samples.photo(home);
        List<Face> faces =
                IntStream.range(0, 1_203).mapToObj(i -> samples.face(photo)).toList();
        Samples.change(records, tx -> {
            tx.add(photo);
            faces.forEach(face -> tx.add(home.id(), face));
        });
        List<FaceId> asked =
                new ArrayList<>(faces.stream().map(Face::id).toList().reversed());
        List<FaceId> expected = List.copyOf(asked);
        asked.add(600, FaceId.next());
        asked.add(samples.storedFace(records, other).id());
        asked.add(asked.getFirst());

        records.read(tx -> {
            var found = tx.searchable(home.id(), asked, Samples.NOW);
            assertThat(found).extracting(f -> f.face().id()).isEqualTo(expected);
            assertThat(found).allMatch(f -> f.photo().equals(photo));
            assertThat(tx.searchable(home.id(), List.of(), Samples.NOW)).isEmpty();
            return true;
        });
        List<FaceId> paged = new ArrayList<>();
        records.read(tx -> {
            for (Optional<FaceId> after = Optional.empty(); ; after = Optional.of(paged.getLast())) {
                List<FaceId> page = tx.searchableFaces(home.id(), Samples.NOW, after, 100);
                paged.addAll(page);
                if (page.size() < 100) {
                    return true;
                }
            }
        });
        assertThat(paged)
                .isEqualTo(expected.stream()
                        .sorted(Comparator.comparing(FaceId::toString))
                        .toList());
    }

    @Test
    void templates_come_back_in_order_until_their_term_ends() {
        Samples.Home home = samples.home(records, "home", Profile.ARCHIVE);
        List<Samples.Stored> stored = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            Samples.Stored one = new Samples.Stored(
                    samples.storedFace(records, home).id(), Samples.keyed(records, home.id(), samples.template()));
            Optional<Instant> end = Optional.of(Samples.NOW.plusSeconds(i));
            Samples.change(records, tx -> tx.addFeatureSet(home.id(), one.face(), one.template(), end));
            stored.add(one);
        }
        Instant before = Samples.NOW.minusMillis(1);
        assertThat(Samples.templates(records, home.id(), 0, before)).isEqualTo(stored);
        assertThat(Samples.templates(records, home.id(), 0, Samples.NOW)).isEqualTo(stored.subList(1, 5));
        assertThat(Samples.templates(records, CollectionId.next(), 0, before)).isEmpty();
        long last = records.read(tx -> tx.templates(home.id(), 0, before, (face, template) -> {}));
        assertThat(records.<Long>read(tx -> tx.templates(home.id(), last, before, (face, template) -> {})))
                .isEqualTo(last);
        assertThat(Samples.templates(records, home.id(), last - 2, before)).isEqualTo(stored.subList(3, 5));

        long deleted = records.change(tx -> new Records.Changed<>(
                tx.deleteExpiredTemplates(home.id(), Samples.NOW.plusSeconds(4)), Samples.entry()));
        assertThat(deleted).isEqualTo(5);
        assertThat(records.<Long>read(tx -> tx.templateCount(home.id()))).isZero();
        Samples.Stored next = new Samples.Stored(
                samples.storedFace(records, home).id(), Samples.keyed(records, home.id(), samples.template()));
        Samples.change(
                records,
                tx -> tx.addFeatureSet(
                        home.id(), next.face(), next.template(), Optional.of(Samples.NOW.plusSeconds(9))));
        assertThat(Samples.templates(records, home.id(), last, before))
                .containsExactly(next); // no sequence is used twice
    }

    @Test
    void an_altered_or_swapped_template_does_not_open() throws Exception {
        Samples.Home home = samples.home(records, "home", Profile.HOUSEHOLD);
        Face one = samples.storedFace(records, home);
        Face two = samples.storedFace(records, home);
        Samples.change(records, tx -> {
            tx.addFeatureSet(home.id(), one.id(), samples.template(), Optional.empty());
            tx.addFeatureSet(home.id(), two.id(), samples.template(), Optional.empty());
        });
        raw(
                "UPDATE template SET face = ? WHERE face = ?",
                samples.storedFace(records, home).id(),
                one.id());
        fails(LikenessException.Kind.CORRUPT, () -> Samples.templates(records, home.id(), 0, Samples.NOW));
    }

    static void execute(Connection connection, String statement) throws SQLException {
        try (Statement s = connection.createStatement()) {
            s.execute(statement);
        }
    }
}
