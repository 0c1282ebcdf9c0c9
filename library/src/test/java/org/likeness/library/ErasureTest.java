package org.likeness.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.likeness.core.LikenessException;
import org.likeness.core.audit.AuditEntry;
import org.likeness.core.audit.AuditEntry.Action;
import org.likeness.core.audit.Receipt;
import org.likeness.core.collection.Collection;
import org.likeness.core.collection.Profile;
import org.likeness.core.collection.Purpose;
import org.likeness.core.demand.Census;
import org.likeness.core.demand.Demand;
import org.likeness.core.demand.DemandId;
import org.likeness.core.demand.ErasurePlan;
import org.likeness.core.demand.ErasureTarget;
import org.likeness.core.demand.Means;
import org.likeness.core.demand.Scope;
import org.likeness.core.demand.Target;
import org.likeness.core.ingest.FileOutcome.Result;
import org.likeness.core.ingest.ImportReport;
import org.likeness.core.person.Details;
import org.likeness.core.person.Person;
import org.likeness.core.photo.Face;
import org.likeness.core.photo.Photo;
import org.likeness.core.photo.Storage;
import org.likeness.core.records.ErasableStore;
import org.likeness.core.records.ReadTransaction;
import org.likeness.core.records.WriteTransaction;
import org.likeness.core.rights.DemandDesk.Pointed;
import org.likeness.core.rights.Eraser;
import org.likeness.core.search.SearchAnswer;
import org.likeness.core.template.Rate;
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
        search(0, 1);
        String location = photo.location().substring(photo.location().lastIndexOf('/') + 1);
        ErasurePlan plan = likeness.eraser().plan(Target.of(photo.id()), ours.id());
        assertThat(plan.lines())
                .extracting(ErasurePlan.Line::store)
                .contains(
                        "crops",
                        "thumbnails",
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

    // A person.

    private static final String NAME = "Ottoline Quilchester";

    private Person person() {
        return likeness.people().add(ours.id(), details(), Optional.empty());
    }

    private static Details details() {
        return new Details(Optional.of(NAME), Optional.of("ottoline@example.org"), Optional.empty());
    }

    @Test
    void r33_nothing_of_an_erased_person_is_anywhere_in_the_data_directory() throws IOException {
        importAll();
        Person person = person();
        Path key = data.resolve("keys").resolve(ours.id() + "." + person.id() + ".person.key");
        byte[] secret =
                Files.readString(key).lines().skip(2).findFirst().orElseThrow().getBytes(StandardCharsets.UTF_8);
        byte[] sealed = sealed(person);
        assertThat(new DiskSearch().bytes(secret).find(data)).isPresent();
        assertThat(new DiskSearch().bytes(sealed).find(data)).isPresent();
        Eraser.Outcome outcome = erase(Target.of(person.id()));
        assertThat(outcome.census().notZero()).isEmpty();
        assertThat(likeness.people().person(person.id()).state()).isEqualTo(Person.State.FORGOTTEN);
        likeness.close();
        DiskSearch traces = new DiskSearch()
                .bytes(NAME.getBytes(StandardCharsets.UTF_8))
                .bytes("ottoline@example.org".getBytes(StandardCharsets.UTF_8))
                .bytes(secret)
                .bytes(sealed);
        assertThat(traces.find(data)).isEmpty();
        assertThat(key).doesNotExist();
    }

    private byte[] sealed(Person person) throws IOException {
        likeness.records().scrub();
        try (var connection = java.sql.DriverManager.getConnection("jdbc:sqlite:" + data.resolve("records.sqlite"));
                var statement = connection.prepareStatement("SELECT sealed FROM person WHERE id = ?")) {
            statement.setString(1, person.id().toString());
            try (var row = statement.executeQuery()) {
                assertThat(row.next()).isTrue();
                return java.util.Arrays.copyOf(row.getBytes(1), 32);
            }
        } catch (java.sql.SQLException e) {
            throw new IOException(e);
        }
    }

    // Sources and collections.

    @Test
    void r33_a_source_goes_with_its_photos_and_they_stay_out() {
        importAll();
        Target source = likeness.records()
                .read(tx -> Target.of(tx.sources(ours.id()).getFirst().id()));
        Eraser.Outcome outcome = erase(source);
        assertThat(outcome.census().notZero()).isEmpty();
        likeness.records().read(tx -> {
            assertThat(tx.photoCount(ours.id())).isZero();
            assertThat(tx.sources(ours.id())).isEmpty();
            return true;
        });
        assertThat(importAll().count(Result.REFUSED)).isEqualTo(2);
    }

    @Test
    void r33_a_collection_goes_whole_and_its_name_is_free_again() throws IOException {
        importAll();
        Person person = person();
        Eraser.Outcome outcome = erase(Target.of(ours.id()));
        assertThat(outcome.census().notZero()).isEmpty();
        assertThat(likeness.collections()).isEmpty();
        assertThat(files())
                .noneMatch(file -> file.contains(ours.id().toString()) && !file.endsWith(".shredded"))
                .noneMatch(file -> file.contains(person.id().toString()) && file.endsWith(".key"));
        ours = likeness.createCollection("ours", Profile.HOUSEHOLD);
        assertThat(importAll().count(Result.IMPORTED))
                .as("nobody blocked these photos")
                .isEqualTo(2);
    }

    // Faults.

    /// A store that is counted and not erased.
    private record KnockedOut(ErasableStore store) implements ErasableStore.Outside {
        @Override
        public String name() {
            return store.name();
        }

        @Override
        public Means means() {
            return store.means();
        }

        @Override
        public long count(ReadTransaction tx, DemandId erasure) {
            return store.count(tx, erasure);
        }

        @Override
        public void erase(List<ErasureTarget> targets) {}
    }

    private static List<ErasableStore> with(List<ErasableStore> stores, int index, ErasableStore other) {
        List<ErasableStore> changed = new ArrayList<>(stores);
        changed.set(index, other);
        return changed;
    }

    /// Every store in turn, on a collection that has something in each.
    @Test
    void r33_no_store_can_be_forgotten_without_the_census_saying_so() throws IOException {
        List<ErasableStore> all = new ArrayList<>();
        likeness.eraser(stores -> {
            all.addAll(stores);
            return stores;
        });
        for (int i = 0; i < all.size(); i++) {
            String name = all.get(i).name();
            ErasurePlan plan = prepare(i);
            if (plan.lines().stream().noneMatch(line -> line.store().equals(name))) {
                erase(plan.target());
                continue; // it holds nothing here; what it would hold is another test's
            }
            int index = i;
            Eraser lame = likeness.eraser(stores -> with(stores, index, new KnockedOut(stores.get(index))));
            DemandId demand = likeness.demands().erase(plan.target()).demand().id();
            Eraser.Outcome outcome = lame.execute(demand);
            assertThat(outcome.attestation()).as(name).isEmpty();
            assertThat(outcome.demand().state()).as(name).isEqualTo(Demand.State.FAILED);
            assertThat(outcome.census().notZero())
                    .extracting(Census.Count::store)
                    .contains(name);
            assertThat(likeness.demands().statements(demand)).hasSize(1); // that it was received
            List<Eraser.Outcome> resumed = likeness.eraser().resume(true);
            assertThat(resumed)
                    .singleElement()
                    .satisfies(done -> assertThat(done.attestation()).as(name).isPresent());
        }
    }

    private ErasurePlan prepare(int round) throws IOException {
        ours = likeness.createCollection("round " + round, Profile.HOUSEHOLD);
        Path tiny = Files.createDirectories(temp.resolve("round" + round));
        Path photo = tiny.resolve("photo.jpg");
        Files.copy(photos.get(0), photo);
        Files.writeString(photo, "round " + round, java.nio.file.StandardOpenOption.APPEND);
        likeness.importPhotos(ours, List.of(photo), Storage.COPY, Optional.empty(), Optional.empty(), (_, _) -> {});
        likeness.search(ours, likeness.probe(ours, photo), 1, Purpose.PERSONAL, new Rate(0.001), 100);
        Person person = person();
        likeness.people().change(person.id(), Optional.of(java.time.LocalDate.parse("2040-01-01")));
        likeness.people().addGuardian(person.id(), details());
        Files.createDirectories(data.resolve("pages"));
        Files.writeString(data.resolve("pages/result.html"), "<img>");
        Files.writeString(data.resolve("collections/" + ours.id() + "/staging/left"), "half a photo");
        return likeness.eraser().plan(Target.of(ours.id()), ours.id());
    }

    /// Stops at every call of a store in turn, as a crash would, and opens again.
    @Test
    void r41_a_crash_anywhere_is_finished_at_the_next_opening_and_never_attested_early() throws IOException {
        int crashes = 0;
        for (int round = 0; ; round++) {
            Target target = prepare(1000 + round).target();
            AtomicInteger left = new AtomicInteger(round * 5);
            Eraser mortal = likeness.eraser(stores -> stores.stream()
                    .<ErasableStore>map(store -> store instanceof ErasableStore.Rows rows
                            ? new MortalRows(rows, left)
                            : new MortalOutside((ErasableStore.Outside) store, left))
                    .toList());
            DemandId demand = likeness.demands().erase(target).demand().id();
            boolean ended = true;
            try {
                mortal.execute(demand);
            } catch (DeathException _) {
                ended = false;
            }
            if (!ended) {
                crashes++;
                assertThat(likeness.demands().statements(demand)).hasSize(1);
                assertThat(likeness.demands().demand(demand).state()).isEqualTo(Demand.State.EXECUTING);
                reopen();
            }
            assertThat(likeness.demands().demand(demand).state()).isEqualTo(Demand.State.DONE);
            assertThat(likeness.demands().statements(demand)).hasSize(2);
            assertThat(likeness.collections()).isEmpty();
            if (ended) {
                break;
            }
        }
        assertThat(crashes).isGreaterThan(5);
    }

    private static void die(AtomicInteger left) {
        if (left.getAndDecrement() == 0) {
            throw new DeathException();
        }
    }

    private static final class DeathException extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private record MortalRows(ErasableStore.Rows store, AtomicInteger left) implements ErasableStore.Rows {
        @Override
        public String name() {
            return store.name();
        }

        @Override
        public long count(ReadTransaction tx, DemandId erasure) {
            die(left);
            return store.count(tx, erasure);
        }

        @Override
        public void erase(WriteTransaction tx, DemandId erasure, Scope scope, long from, long to) {
            die(left);
            store.erase(tx, erasure, scope, from, to);
        }
    }

    private record MortalOutside(ErasableStore.Outside store, AtomicInteger left) implements ErasableStore.Outside {
        @Override
        public String name() {
            return store.name();
        }

        @Override
        public Means means() {
            return store.means();
        }

        @Override
        public long count(ReadTransaction tx, DemandId erasure) {
            die(left);
            return store.count(tx, erasure);
        }

        @Override
        public void erase(List<ErasureTarget> targets) {
            store.erase(targets);
            die(left);
        }
    }

    @Test
    void r43_the_log_names_nobody() {
        importAll();
        Person person = person();
        likeness.demands().restrict(Target.of(person.id()));
        likeness.demands().lift(Target.of(person.id()));
        erase(Target.of(person.id()));
        erase(Target.of(photo(0).id()));
        for (AuditEntry entry : likeness.audit(1, 10_000)) {
            assertThat(entry.canonical()).doesNotContainIgnoringCase("ottoline").doesNotContain(".jpg", "sample");
        }
        assertThat(likeness.audit(1, 10_000))
                .extracting(AuditEntry::action)
                .contains(Action.DEMAND_RECEIVED, Action.DEMAND_CLOSED, Action.ERASED, Action.ERASURE_FINISHED);
        assertThatThrownBy(() -> likeness.demands().erase(Target.of(person.id())))
                .hasMessageContaining("was erased");
    }
}
