package org.likeness.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.likeness.core.LikenessException;
import org.likeness.core.audit.Actor;
import org.likeness.core.audit.AuditEntry;
import org.likeness.core.audit.AuditEntry.Action;
import org.likeness.core.collection.Collection;
import org.likeness.core.collection.Profile;
import org.likeness.core.collection.Purpose;
import org.likeness.core.consent.Audience;
import org.likeness.core.ingest.FileOutcome.Result;
import org.likeness.core.ingest.ImportReport;
import org.likeness.core.person.PersonId;
import org.likeness.core.photo.Photo;
import org.likeness.core.photo.Storage;
import org.likeness.core.records.Records;
import org.likeness.core.search.PhotoCandidates;
import org.likeness.core.search.Probe;
import org.likeness.core.search.Search;
import org.likeness.core.search.SearchAnswer;
import org.likeness.core.source.Grant;
import org.likeness.core.source.GrantId;
import org.likeness.core.source.Source;
import org.likeness.core.source.SourceId;
import org.likeness.core.source.Use;
import org.likeness.core.template.Rate;
import org.likeness.testkit.DiskSearch;
import org.likeness.testkit.TestPhotos;

/// The invariants of the design that hold whatever door is used, on real photos, with every real part.
class InvariantsTest {
    private static final Rate RATE = new Rate(0.001);

    @TempDir
    private Path temp;

    private Path data;
    private List<Path> photos;
    private final MovableClock clock = new MovableClock();
    private Likeness likeness;

    @BeforeEach
    void open() throws IOException {
        data = temp.resolve("data");
        photos = TestPhotos.demo(temp.resolve("photos"));
        likeness = Likeness.open(Settings.of(data), clock);
    }

    @AfterEach
    void close() {
        likeness.close();
    }

    private Collection household(String name) {
        return likeness.createCollection(name, Profile.HOUSEHOLD);
    }

    /// A collection with its basis recorded.
    private Collection founded(String name, Profile profile) {
        Collection collection = likeness.createCollection(name, profile);
        Bases.record(likeness, collection);
        return collection;
    }

    private ImportReport importInto(Collection collection) {
        return importInto(collection, Storage.COPY);
    }

    private ImportReport importInto(Collection collection, Storage storage) {
        boolean household = collection.profile() == Profile.HOUSEHOLD;
        return likeness.importPhotos(
                collection,
                List.of(temp.resolve("photos")),
                storage,
                household ? Optional.empty() : Optional.of("the club"),
                household ? Optional.empty() : Optional.of("the club's board"),
                (_, _) -> {});
    }

    private SearchAnswer search(Collection collection, Path photo, int face) {
        Purpose purpose = collection.profile().purposes().iterator().next();
        return likeness.search(collection, likeness.probe(collection, photo), face, purpose, RATE, 100);
    }

    private SearchAnswer own(PersonId person) {
        return likeness.find().search(person, new Audience.Myself(), Optional.empty(), RATE, 100, _ -> {});
    }

    private List<AuditEntry> audit(Action action) {
        return likeness.audit(1, 10_000).stream()
                .filter(entry -> entry.action() == action)
                .toList();
    }

    // 1. No photo without exactly one source and a grant active at the time of use.

    @Test
    void r01_nobody_but_a_household_imports_without_saying_who_allowed_it() {
        for (Profile profile : List.of(Profile.EVENT, Profile.ARCHIVE)) {
            Collection collection = likeness.createCollection(profile.word(), profile);
            assertThatExceptionOfType(LikenessException.class)
                    .isThrownBy(() -> likeness.importPhotos(
                            collection, photos, Storage.COPY, Optional.empty(), Optional.empty(), (_, _) -> {}))
                    .withMessageContaining("--source")
                    .matches(e -> e.kind() == LikenessException.Kind.REFUSED);
            assertThatExceptionOfType(LikenessException.class)
                    .isThrownBy(() -> likeness.importPhotos(
                            collection, photos, Storage.COPY, Optional.of("club"), Optional.empty(), (_, _) -> {}))
                    .withMessageContaining("--granted-by");
            assertThat(likeness.summary(collection).photos()).isZero();
        }
    }

    @Test
    void r01_every_photo_names_its_source_and_its_grant() {
        Collection event = likeness.createCollection("event", Profile.EVENT);
        importInto(event);
        Grant grant = onlyGrant(event);
        for (Photo photo : likeness.photos(event, 100)) {
            assertThat(photo.grant()).isEqualTo(grant.id());
            assertThat(photo.source()).isEqualTo(grant.source());
        }
        assertThat(grant.grantedBy()).isEqualTo("the club's board");
    }

    private Grant onlyGrant(Collection collection) {
        return likeness.records().read(tx -> {
            List<Grant> grants = new ArrayList<>();
            tx.sources(collection.id()).forEach(source -> grants.addAll(tx.grants(source.id())));
            assertThat(grants).hasSize(1);
            return grants.getFirst();
        });
    }

    @Test
    void r05_a_grant_that_ends_ends_every_use_at_that_instant() {
        Collection archive = founded("archive", Profile.ARCHIVE);
        grantUntil(archive, "club", EnumSet.of(Use.STORE, Use.FACE_SEARCH), Duration.ofHours(1));
        likeness.importPhotos(archive, photos, Storage.COPY, Optional.of("club"), Optional.empty(), (_, _) -> {});
        assertThat(search(archive, photos.getFirst(), 1).photos()).isNotEmpty();
        clock.advance(Duration.ofHours(1).minusMillis(1));
        assertThat(search(archive, photos.getFirst(), 1).photos()).isNotEmpty();
        clock.advance(Duration.ofMillis(1));
        assertThat(search(archive, photos.getFirst(), 1).photos()).isEmpty();
        assertThatExceptionOfType(LikenessException.class)
                .isThrownBy(() -> likeness.importPhotos(
                        archive, photos, Storage.COPY, Optional.of("club"), Optional.empty(), (_, _) -> {}))
                .withMessageContaining("--granted-by");
    }

    @Test
    void r01_a_grant_to_store_is_not_a_grant_to_look_for_faces() {
        Collection archive = likeness.createCollection("archive", Profile.ARCHIVE);
        grantUntil(archive, "club", EnumSet.of(Use.STORE), Duration.ofHours(1));
        ImportReport report = likeness.importPhotos(
                archive, photos, Storage.COPY, Optional.of("club"), Optional.empty(), (_, _) -> {});
        assertThat(report.count(Result.IMPORTED)).isEqualTo(6);
        assertThat(likeness.summary(archive).faces()).isZero();
        assertThat(likeness.summary(archive).templates()).isZero();
    }

    private void grantUntil(Collection collection, String name, Set<Use> uses, Duration term) {
        Source source = new Source(SourceId.next(), collection.id(), name, clock.instant());
        Grant grant = new Grant(
                GrantId.next(),
                source.id(),
                "the club's board",
                uses,
                clock.instant(),
                Optional.of(clock.instant().plus(term)),
                Optional.empty());
        likeness.records().change(tx -> {
            tx.add(source);
            tx.add(grant);
            return new Records.Changed<>(
                    grant,
                    AuditEntry.of(
                            clock.instant(),
                            Actor.OWNER,
                            Action.GRANT_GIVEN,
                            grant.id().value(),
                            collection.id()));
        });
    }

    // 2. EVENT: no template at rest. Nothing biometric on disk in the clear, whatever the profile.

    @Test
    void r10_an_event_finds_a_person_and_keeps_no_template() throws IOException {
        Collection event = founded("event", Profile.EVENT);
        ImportReport report = importInto(event);
        assertThat(report.faces()).isGreaterThanOrEqualTo(15);
        SearchAnswer answer = own(Bases.findable(likeness, event, photos.get(1)));
        assertThat(answer.photos()).isNotEmpty();
        assertThat(fileOf(answer.photos().getFirst())).isEqualTo("sample2.jpg");
        assertThat(likeness.summary(event).templates()).isEqualTo(1); // the reference, sealed
        assertNoTemplateOnDisk(event);
    }

    @Test
    void r13_a_household_keeps_its_templates_sealed() throws IOException {
        Collection household = household("ours");
        ImportReport report = importInto(household);
        assertThat(likeness.summary(household).templates()).isEqualTo(report.faces());
        search(household, photos.get(1), 1);
        assertNoTemplateOnDisk(household);
    }

    /// Searches every byte of the data directory for every template of the demo photos, and shows that
    /// the search would
    /// find one if it were there.
    private void assertNoTemplateOnDisk(Collection collection) throws IOException {
        DiskSearch search = new DiskSearch();
        float[] one = {};
        for (Path photo : photos) {
            Probe probe = likeness.probe(collection, photo);
            for (int face = 1; face <= probe.faces().size(); face++) {
                one = probe.template(face).values();
                search.vector(one);
            }
        }
        assertThat(search.find(data)).isEmpty();
        likeness.close();
        assertThat(search.find(data)).isEmpty();
        Path planted = data.resolve("planted");
        java.nio.ByteBuffer bytes =
                java.nio.ByteBuffer.allocate(3 + 4 * one.length).position(3);
        for (float value : one) {
            bytes.putFloat(value);
        }
        Files.write(planted, bytes.array());
        assertThat(search.find(data))
                .hasValueSatisfying(where -> assertThat(where).startsWith("planted"));
    }

    @Test
    void r27_a_search_must_name_a_purpose_of_the_profile() {
        Collection archive = founded("archive", Profile.ARCHIVE);
        Probe probe = likeness.probe(archive, photos.getFirst());
        for (Purpose purpose : List.of(Purpose.PERSONAL, Purpose.FIND_MYSELF)) {
            assertThatExceptionOfType(LikenessException.class)
                    .isThrownBy(() -> likeness.search(archive, probe, 1, purpose, RATE, 10))
                    .matches(e -> e.kind() == LikenessException.Kind.REFUSED)
                    .withMessageContaining("catalogue");
        }
        assertThat(audit(Action.SEARCHED)).isEmpty();
    }

    // 4. No comparison across collections.

    @Test
    void r12_a_search_never_leaves_its_collection() {
        Collection full = household("full");
        Collection empty = household("empty");
        importInto(full);
        assertThat(search(empty, photos.getFirst(), 1).photos()).isEmpty();
        assertThat(search(empty, photos.getFirst(), 1).compared()).isZero();
        importInto(empty);
        Set<String> own = likeness.photos(empty, 100).stream()
                .map(photo -> photo.id().toString())
                .collect(Collectors.toSet());
        assertThat(search(empty, photos.getFirst(), 1).photos())
                .isNotEmpty()
                .allSatisfy(found -> assertThat(own).contains(found.photo().id().toString()));
    }

    // 12. Probes are never stored; every search is recorded.

    @Test
    void r28_the_probe_is_forgotten_and_the_search_is_not() throws IOException {
        Collection ours = household("ours");
        importInto(ours);
        Path probe = Files.copy(TestPhotos.many(temp.resolve("probe"), 4).get(3), temp.resolve("selfie-name.jpg"));
        Set<Path> before = files();
        SearchAnswer answer = search(ours, probe, 1);
        assertThat(files()).isEqualTo(before);
        byte[] picture = Files.readAllBytes(probe);
        DiskSearch search = new DiskSearch()
                .bytes("selfie-name".getBytes(java.nio.charset.StandardCharsets.UTF_8))
                .bytes("number 3".getBytes(java.nio.charset.StandardCharsets.UTF_8))
                .vector(likeness.probe(ours, probe).template(1).values());
        assertThat(picture).hasSizeGreaterThan(1000);
        assertThat(search.find(data)).isEmpty();
        assertThat(audit(Action.SEARCHED)).singleElement().satisfies(entry -> {
            assertThat(entry.object()).isEqualTo(answer.id().value());
            assertThat(entry.count())
                    .isEqualTo(answer.photos().stream()
                            .mapToLong(p -> p.candidates().size())
                            .sum());
        });
        Search recorded = likeness.records().read(tx -> tx.search(answer.id()).orElseThrow());
        assertThat(recorded.purpose()).isEqualTo(Purpose.PERSONAL);
        assertThat(recorded.answer())
                .hasSize((int) audit(Action.SEARCHED).getFirst().count());
    }

    private Set<Path> files() throws IOException {
        try (Stream<Path> walk = Files.walk(data)) {
            return walk.filter(path -> !path.getFileName().toString().startsWith("records.sqlite"))
                    .collect(Collectors.toSet());
        }
    }

    // 13. Importing twice changes nothing.

    @Test
    void importing_twice_changes_nothing() {
        Collection ours = household("ours");
        ImportReport first = importInto(ours);
        Summary before = likeness.summary(ours);
        assertThat(first.count(Result.IMPORTED)).isEqualTo(6);
        ImportReport second = importInto(ours);
        assertThat(second.count(Result.DUPLICATE)).isEqualTo(6);
        assertThat(second.count(Result.IMPORTED)).isZero();
        assertThat(likeness.summary(ours)).isEqualTo(before);
        assertThat(audit(Action.PHOTO_IMPORTED)).hasSize(6);
    }

    @Test
    void what_was_found_is_found_again_after_opening_anew() {
        Collection ours = household("ours");
        importInto(ours, Storage.LINK);
        SearchAnswer before = search(ours, photos.get(2), 2);
        likeness.close();
        likeness = Likeness.open(Settings.of(data), clock);
        SearchAnswer after = search(likeness.collection("ours"), photos.get(2), 2);
        assertThat(after.photos()).isEqualTo(before.photos());
        assertThat(fileOf(after.photos().getFirst())).isEqualTo("sample3.jpg");
        assertThat(after.photos().getFirst().best().score()).isGreaterThan(0.99);
    }

    // 14. Expiry.

    @Test
    void r11_an_archives_templates_end_when_their_term_does() {
        Collection archive = founded("archive", Profile.ARCHIVE);
        importInto(archive);
        assertThat(search(archive, photos.getFirst(), 1).photos()).isNotEmpty();
        clock.advance(Duration.ofDays(365).minusMinutes(1));
        assertThat(search(archive, photos.getFirst(), 1).photos()).isNotEmpty();
        importInto(archive); // a re-import extends nothing
        clock.advance(Duration.ofMinutes(2));
        assertThat(search(archive, photos.getFirst(), 1).photos()).isEmpty();
        likeness.close();
        likeness = Likeness.open(Settings.of(data), clock);
        assertThat(likeness.summary(likeness.collection("archive")).templates()).isZero();
        assertThat(audit(Action.TEMPLATES_EXPIRED)).hasSize(1);
    }

    // Derivatives can always be rebuilt.

    @Test
    void missing_crops_and_thumbnails_are_rebuilt() throws IOException {
        Collection event = founded("event", Profile.EVENT);
        importInto(event);
        PersonId person = Bases.findable(likeness, event, photos.get(1));
        SearchAnswer before = own(person);
        int deleted = 0;
        for (Path file : files()) {
            if (file.toString().matches(".*/(crops|thumbnails)/.*\\.(png|jpg)")) {
                Files.delete(file);
                deleted++;
            }
        }
        assertThat(deleted).isGreaterThan(20);
        SearchAnswer after = own(person);
        assertThat(after.photos()).isEqualTo(before.photos());
        assertThat(after.notCompared()).isZero();
        assertThat(likeness.thumbnail(event, after.photos().getFirst().photo())).isPresent();
    }

    private static String fileOf(PhotoCandidates found) {
        return Path.of(java.net.URI.create(found.photo().location()))
                .getFileName()
                .toString();
    }
}
