package org.likeness.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.likeness.core.LikenessException;
import org.likeness.core.audit.Receipt;
import org.likeness.core.collection.Collection;
import org.likeness.core.collection.Profile;
import org.likeness.core.collection.Purpose;
import org.likeness.core.demand.Demand;
import org.likeness.core.demand.DemandId;
import org.likeness.core.demand.ErasurePlan;
import org.likeness.core.demand.Scope;
import org.likeness.core.demand.Target;
import org.likeness.core.ingest.FileOutcome.Result;
import org.likeness.core.ingest.ImportReport;
import org.likeness.core.photo.Face;
import org.likeness.core.photo.Photo;
import org.likeness.core.photo.PhotoFiles;
import org.likeness.core.photo.Storage;
import org.likeness.core.rights.DemandDesk.Pointed;
import org.likeness.core.rights.Eraser;
import org.likeness.core.search.SearchAnswer;
import org.likeness.core.template.Rate;
import org.likeness.store.DataFiles;
import org.likeness.testkit.DiskSearch;
import org.likeness.testkit.TestPhotos;

/// Demands and erasures with every real part, on few photos.
class ErasureTest {
    @TempDir
    private Path temp;

    private Path data;
    private List<Path> photos;
    private final MovableClock clock = new MovableClock();
    private Likeness likeness;
    private Collection ours;

    @BeforeEach
    void open() throws IOException {
        data = temp.resolve("data");
        photos = TestPhotos.demo(temp.resolve("photos")).subList(0, 2);
        likeness = Likeness.open(Settings.of(data), clock);
        ours = likeness.createCollection("ours", Profile.HOUSEHOLD);
    }

    @AfterEach
    void close() {
        likeness.close();
    }

    private void reopen() {
        likeness.close();
        likeness = Likeness.open(Settings.of(data), clock);
    }

    private ImportReport importAll() {
        return importAll(ours, Storage.COPY);
    }

    private ImportReport importAll(Collection collection, Storage storage) {
        return likeness.importPhotos(collection, photos, storage, Optional.empty(), Optional.empty(), (_, _) -> {});
    }

    private SearchAnswer search(int photo, int face) {
        return likeness.search(
                ours, likeness.probe(ours, photos.get(photo)), face, Purpose.PERSONAL, new Rate(0.001), 100);
    }

    private Photo photo(int index) {
        String name = String.valueOf(photos.get(index).getFileName());
        return likeness.photos(ours, 100).stream()
                .filter(photo -> photo.location().endsWith(name))
                .findFirst()
                .orElseThrow();
    }

    private List<Face> faces(Photo photo) {
        return likeness.records().read(tx -> tx.faces(photo.id()));
    }

    private Eraser.Outcome erase(Target target) {
        return likeness.eraser()
                .execute(likeness.demands().erase(target).demand().id());
    }

    private Set<String> files() throws IOException {
        try (Stream<Path> walk = Files.walk(data)) {
            return walk.filter(Files::isRegularFile)
                    .map(file -> data.relativize(file).toString())
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    // A photo.

    @Test
    void r33_an_erased_photo_is_in_no_store_and_stays_out() throws IOException {
        importAll();
        Photo photo = photo(0);
        assertThat(likeness.browse().preview(ours.id(), photo.id())).isNotEmpty();
        search(0, 1);
        String location = photo.location().substring(photo.location().lastIndexOf('/') + 1);
        ErasurePlan plan = likeness.eraser().plan(Target.of(photo.id()), ours.id());
        assertThat(plan.lines())
                .extracting(ErasurePlan.Line::store)
                .contains(
                        "crops",
                        "thumbnails",
                        "previews",
                        "originals",
                        "table face",
                        "table template",
                        "table search_candidate",
                        "table file_outcome",
                        "table photo",
                        "indexes in memory");
        assertThat(likeness.demands().demands()).isEmpty();

        Eraser.Outcome outcome = erase(Target.of(photo.id()));
        assertThat(outcome.census().notZero()).isEmpty();
        assertThat(outcome.demand().state()).isEqualTo(Demand.State.DONE);
        assertThat(likeness.eraser().plan(Target.of(photo(1).id()), ours.id()).lines())
                .as("the other photo is whole")
                .extracting(ErasurePlan.Line::store)
                .contains("originals", "crops");
        assertThat(likeness.photos(ours, 10)).hasSize(1);
        likeness.close();
        assertThat(files())
                .noneMatch(file -> file.contains(photo.sha256().hex())
                        || file.contains(photo.id().toString()));
        DiskSearch traces = new DiskSearch().bytes(location.getBytes(StandardCharsets.UTF_8));
        assertThat(traces.find(data)).isEmpty();

        likeness = Likeness.open(Settings.of(data), clock);
        Path copy = Files.copy(photos.get(0), temp.resolve("another name.jpg"));
        ImportReport again = likeness.importPhotos(
                likeness.createCollection("other", Profile.HOUSEHOLD),
                List.of(copy),
                Storage.COPY,
                Optional.empty(),
                Optional.empty(),
                (_, _) -> {});
        assertThat(again.count(Result.REFUSED)).isEqualTo(1);
        assertThat(importAll().count(Result.REFUSED)).isEqualTo(1);
    }

    @Test
    void r33_a_preview_that_is_made_while_its_photo_is_erased_is_not_kept() throws Exception {
        importAll();
        Photo photo = photo(0);
        PhotoFiles files = new DataFiles(data);
        PhotoFiles late = (PhotoFiles) Proxy.newProxyInstance(
                PhotoFiles.class.getClassLoader(), new Class<?>[] {PhotoFiles.class}, (_, method, arguments) -> {
                    if (method.getName().equals("writePreview")) {
                        erase(Target.of(photo.id())); // after the picture was made, before it is written
                    }
                    return method.invoke(files, arguments);
                });
        Settings settings = Settings.of(data);
        try (Engine engine = Engine.open(
                new Packs(data.resolve("models"), Catalogue.ENTRIES, Catalogue::text).pack(ours.model()),
                settings,
                likeness.records(),
                late,
                clock)) {
            assertThat(new BrowseDesk(likeness.records(), late, _ -> engine, settings, clock)
                            .preview(ours.id(), photo.id()))
                    .isNotEmpty();
        }
        assertThat(likeness.demands().demands()).extracting(Demand::state).containsExactly(Demand.State.DONE);
        assertThat(files()).noneMatch(file -> file.contains(photo.id().toString()));
    }

    @Test
    void r41_the_attestation_verifies_and_says_what_went() {
        importAll(ours, Storage.LINK);
        Photo photo = photo(0);
        Eraser.Outcome outcome = erase(Target.of(photo.id()));
        assertThat(outcome.residuals())
                .singleElement()
                .satisfies(residual -> assertThat(residual.count()).isEqualTo(1));
        assertThat(photos.get(0)).exists();
        Receipt receipt = likeness.receipt(outcome.attestation().orElseThrow(), java.util.Map.of());
        assertThat(receipt.statement())
                .contains("ERASURE_ATTESTATION", "table template: ", "row deleted", "not ours to delete: 1")
                .doesNotContain("file:", ".jpg");
        assertThat(receipt.proof().proves(receipt.entry())).isTrue();
        assertThat(likeness.log().verify(List.of(receipt)).findings()).isEmpty();
    }

    // A face.

    @Test
    void r35_a_face_is_blocked_by_pointing_at_a_photo() {
        importAll();
        Photo photo = photo(0);
        Face face = faces(photo).getFirst();
        int before = faces(photo).size();
        assertThat(found(0)).isTrue();
        DemandId demand = likeness.demands()
                .object(photo.sha256(), new Pointed.Numbered(1))
                .demand()
                .id();
        assertThat(found(0)).as("stopped before anything is deleted").isFalse();
        Eraser.Outcome outcome = likeness.eraser().execute(demand);
        assertThat(outcome.attestation()).isPresent();
        assertThat(faces(photo)).hasSize(before - 1).doesNotContain(face);
        assertThat(likeness.photos(ours, 10)).hasSize(2);
        assertThat(found(0)).isFalse();
    }

    /// Whether a search with the largest face of a photo finds that very face.
    private boolean found(int photo) {
        return search(photo, 1).photos().stream()
                .flatMap(found -> found.candidates().stream())
                .anyMatch(candidate -> candidate.score() > 0.99);
    }

    @Test
    void r36_a_blocked_face_stays_out_when_the_photo_is_imported_elsewhere() {
        importAll();
        Photo photo = photo(0);
        int before = faces(photo).size();
        likeness.eraser()
                .execute(likeness.demands()
                        .object(photo.sha256(), new Pointed.Numbered(1))
                        .demand()
                        .id());
        Collection other = likeness.createCollection("other", Profile.HOUSEHOLD);
        ImportReport report = importAll(other, Storage.COPY);
        assertThat(report.count(Result.IMPORTED)).isEqualTo(2);
        Photo copy = likeness.records()
                .read(tx -> tx.photo(other.id(), photo.sha256()))
                .orElseThrow();
        assertThat(faces(copy)).hasSize(before - 1);
        reopen();
        assertThat(faces(copy)).hasSize(before - 1);
    }

    @Test
    void r36_a_place_without_a_known_face_can_be_blocked_too() {
        importAll(ours, Storage.LINK);
        Photo photo = photo(0);
        Face face = faces(photo).getFirst();
        org.likeness.core.photo.Point middle = new org.likeness.core.photo.Point(
                face.box().x() + face.box().width() / 2,
                face.box().y() + face.box().height() / 2);
        assertThat(likeness.demands()
                        .object(photo.sha256(), new Pointed.At(middle))
                        .demand()
                        .target())
                .isEqualTo(Target.of(face.id()));
        Target corner = likeness.demands()
                .object(photo.sha256(), new Pointed.At(new org.likeness.core.photo.Point(1, 1)))
                .demand()
                .target();
        assertThat(corner).isEqualTo(new Target(Scope.FACE, photo.id().value()));
        assertThatExceptionOfType(LikenessException.class)
                .isThrownBy(() -> likeness.demands()
                        .object(photo.sha256(), new Pointed.At(new org.likeness.core.photo.Point(99_999, 1))))
                .matches(e -> e.kind() == LikenessException.Kind.BAD_INPUT);
    }

    @Test
    void r35_a_face_is_named_by_its_id_and_shown_before_it_is_blocked() {
        importAll();
        Photo photo = photo(0);
        Face face = faces(photo).getLast();
        Pointed known = new Pointed.Known(face.id());
        assertThat(likeness.demands().region(photo.id(), known)).isEqualTo(face.box());
        assertThat(likeness.demands().demands()).as("it was only shown").isEmpty();
        assertThat(likeness.demands().object(photo.id(), known).demand().target())
                .isEqualTo(Target.of(face.id()));
        assertThatExceptionOfType(LikenessException.class)
                .isThrownBy(() -> likeness.demands().region(photo.id(), known))
                .matches(e -> e.kind() == LikenessException.Kind.CONFLICT);
        Face elsewhere = faces(photo(1)).getFirst();
        assertThatExceptionOfType(LikenessException.class)
                .isThrownBy(() -> likeness.demands().object(photo.id(), new Pointed.Known(elsewhere.id())))
                .matches(e -> e.kind() == LikenessException.Kind.NOT_FOUND);
    }

    // Restriction.

    @Test
    void r37_a_restricted_photo_or_face_is_kept_and_not_found() {
        importAll();
        Photo photo = photo(0);
        for (Target target :
                List.of(Target.of(photo.id()), Target.of(faces(photo).getFirst().id()))) {
            assertThat(found(0)).isTrue();
            likeness.demands().restrict(target);
            assertThat(found(0)).isFalse();
            assertThatExceptionOfType(LikenessException.class)
                    .isThrownBy(() -> likeness.demands().restrict(target))
                    .matches(e -> e.kind() == LikenessException.Kind.CONFLICT);
            assertThat(importAll().count(Result.DUPLICATE)).isEqualTo(2);
            reopen();
            assertThat(found(0)).isFalse();
            assertThat(faces(photo)).isNotEmpty();
            likeness.demands().lift(target);
        }
        assertThat(found(0)).isTrue();
    }
}
