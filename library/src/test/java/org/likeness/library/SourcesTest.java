package org.likeness.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.awt.Image;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.likeness.core.LikenessException;
import org.likeness.core.audit.AuditEntry;
import org.likeness.core.audit.AuditEntry.Action;
import org.likeness.core.collection.Collection;
import org.likeness.core.collection.Profile;
import org.likeness.core.collection.Purpose;
import org.likeness.core.ingest.FileOutcome;
import org.likeness.core.ingest.FileOutcome.Reason;
import org.likeness.core.ingest.FileOutcome.Result;
import org.likeness.core.ingest.ImportListener;
import org.likeness.core.ingest.ImportReport;
import org.likeness.core.photo.Photo;
import org.likeness.core.photo.PhotoFilter;
import org.likeness.core.photo.PhotoState;
import org.likeness.core.photo.Sha256;
import org.likeness.core.photo.Storage;
import org.likeness.core.rights.SourceDesk;
import org.likeness.core.search.Probe;
import org.likeness.core.source.Capacity;
import org.likeness.core.source.Grant;
import org.likeness.core.source.Source;
import org.likeness.core.source.SourceContact;
import org.likeness.core.source.SourceState;
import org.likeness.core.source.Use;
import org.likeness.core.template.Rate;
import org.likeness.testkit.TestPhotos;

/// Sources, their grants and their stop, on real photos, with every real part.
class SourcesTest {
    private static final Rate RATE = new Rate(0.001);
    private static final SourceDesk.Terms REPORTED = terms(Capacity.REPORTED, Optional.empty());
    private static final SourceDesk.Terms SIGNED =
            terms(Capacity.OWNER, Optional.of(new Sha256("0123456789abcdef".repeat(4))));

    @TempDir
    private Path temp;

    private Path data;
    private List<Path> photos;
    private final MovableClock clock = new MovableClock();
    private Likeness likeness;

    private static SourceDesk.Terms terms(Capacity capacity, Optional<Sha256> evidence) {
        return new SourceDesk.Terms(
                "the photographer", capacity, Set.of(Use.STORE, Use.FACE_SEARCH), Optional.empty(), evidence);
    }

    @BeforeEach
    void open() throws IOException {
        data = temp.resolve("data");
        photos = TestPhotos.demo(temp.resolve("photos")).subList(0, 3);
        likeness = Likeness.open(Settings.of(data), clock);
    }

    @AfterEach
    void close() {
        likeness.close();
    }

    private void reopen() {
        likeness.close();
        likeness = Likeness.open(Settings.of(data), clock);
    }

    private Collection household(String name) {
        return likeness.createCollection(name, Profile.HOUSEHOLD);
    }

    private Source source(Collection collection, String name) {
        return likeness.sources()
                .add(collection.id(), name, SourceContact.NONE, REPORTED)
                .source();
    }

    private ImportReport importFrom(Source source, List<Path> files) {
        return importFrom(source, files, (_, _) -> {});
    }

    private ImportReport importFrom(Source source, List<Path> files, ImportListener listener) {
        return likeness.importPhotos(
                collection(source), files, Storage.COPY, Optional.of(source.name()), Optional.empty(), listener);
    }

    private Collection collection(Source source) {
        return likeness.collections().stream()
                .filter(collection -> collection.id().equals(source.collection()))
                .findFirst()
                .orElseThrow();
    }

    private List<Photo> found(Collection collection, Path photo) {
        Probe probe = likeness.probe(collection, photo);
        return likeness.search(collection, probe, 1, Purpose.PERSONAL, RATE, 100).photos().stream()
                .map(candidates -> candidates.photo())
                .toList();
    }

    private void stop(Source source) {
        likeness.sources().stop(source.id());
    }

    private SourceState state(Source source) {
        return likeness.sources().held(source.id()).source().state();
    }

    private static void refused(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatExceptionOfType(LikenessException.class)
                .isThrownBy(call)
                .matches(e -> e.kind() == LikenessException.Kind.REFUSED);
    }

    private List<AuditEntry> audit(Action action) {
        return likeness.audit(1, 10_000).stream()
                .filter(entry -> entry.action() == action)
                .toList();
    }

    /// Files that hold a photo or something made of one.
    private List<Path> pictures() throws IOException {
        try (Stream<Path> walk = Files.walk(data.resolve("collections"))) {
            return walk.filter(Files::isRegularFile)
                    .filter(file -> !file.getFileName().toString().equals("import.lock"))
                    .toList();
        }
    }

    // Grants

    @Test
    void r01_each_way_in_is_refused_without_a_grant_in_force() {
        Collection ours = household("ours");
        Source club = source(ours, "the club");
        Grant grant = likeness.sources().held(club.id()).grants().getFirst();
        likeness.sources().end(grant.id());
        ImportReport own = likeness.importPhotos( // a household that says nothing imports its own photos
                ours, photos.subList(0, 1), Storage.COPY, Optional.empty(), Optional.empty(), (_, _) -> {});
        assertThat(own.count(Result.IMPORTED)).isEqualTo(1);
        Source event = source(likeness.createCollection("event", Profile.EVENT), "the club");
        likeness.sources()
                .end(likeness.sources().held(event.id()).grants().getFirst().id());
        refused(() -> importFrom(event, photos));
        assertThat(likeness.sources().held(event.id()).photos()).isZero();
        Source sharing = likeness.sources()
                .add(
                        event.collection(),
                        "shares only",
                        SourceContact.NONE,
                        new SourceDesk.Terms(
                                "them", Capacity.OWNER, Set.of(Use.SHARE), Optional.empty(), Optional.empty()))
                .source();
        refused(() -> importFrom(sharing, photos));
    }

    @Test
    void r01_a_grant_that_ends_while_importing_ends_the_import() {
        Source club = source(household("ours"), "the club");
        Grant grant = likeness.sources().held(club.id()).grants().getFirst();
        List<FileOutcome> outcomes = new ArrayList<>();
        importFrom(club, photos, (outcome, _) -> {
            if (outcomes.isEmpty()) {
                likeness.sources().end(grant.id());
            }
            outcomes.add(outcome);
        });
        assertThat(outcomes.getFirst().result()).isEqualTo(Result.IMPORTED);
        assertThat(outcomes.subList(1, 3))
                .allSatisfy(outcome -> assertThat(outcome.reason()).contains(Reason.NO_GRANT));
    }

    @Test
    void r03_what_is_held_is_found_by_source_by_time_and_by_place() throws IOException {
        Collection ours = household("ours");
        Source club = source(ours, "the club");
        Source anna = source(ours, "Anna");
        Path elsewhere = Files.createDirectories(temp.resolve("Annas Fotos"));
        Path moved = Files.copy(photos.get(2), elsewhere.resolve("grüße 1.jpg"));
        importFrom(club, photos.subList(0, 1));
        clock.advance(Duration.ofDays(1));
        Instant between = clock.instant();
        importFrom(club, photos.subList(1, 2));
        importFrom(anna, List.of(moved));
        PhotoFilter all = PhotoFilter.all(ours.id());
        assertThat(files(all)).containsExactlyInAnyOrder("sample1.jpg", "sample2.jpg", "grüße 1.jpg");
        assertThat(files(all.from(club.id()))).containsExactlyInAnyOrder("sample1.jpg", "sample2.jpg");
        assertThat(files(all.from(anna.id()))).containsExactly("grüße 1.jpg");
        assertThat(files(new PhotoFilter(
                        ours.id(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(between),
                        Optional.empty(),
                        Optional.empty())))
                .containsExactlyInAnyOrder("sample2.jpg", "grüße 1.jpg");
        assertThat(files(new PhotoFilter(
                        ours.id(),
                        Optional.of(club.id()),
                        Optional.of(temp.resolve("photos").toUri().toString()),
                        Optional.empty(),
                        Optional.of(between),
                        Optional.empty())))
                .containsExactly("sample1.jpg");
        assertThat(files(new PhotoFilter(
                        ours.id(),
                        Optional.empty(),
                        Optional.of(elsewhere.toUri().toString()),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty())))
                .containsExactly("grüße 1.jpg");
        Photo photo = likeness.photoDesk()
                .list(all.from(anna.id()), Optional.empty(), 9)
                .getFirst();
        PhotoDesk.Held held = likeness.photoDesk().show(photo.id());
        assertThat(held.source().id()).isEqualTo(anna.id());
        assertThat(held.grant().grantedBy()).isEqualTo("the photographer");
        assertThat(held.importedBy()).isPresent();
        assertThat(photo.importedAt()).isEqualTo(between);
        assertThat(photo.location()).isEqualTo(moved.toUri().toString());
    }

    private List<String> files(PhotoFilter filter) {
        return likeness.photoDesk().list(filter, Optional.empty(), 100).stream()
                .map(photo -> Path.of(java.net.URI.create(photo.location()))
                        .getFileName()
                        .toString())
                .toList();
    }

    @Test
    void r04_the_chain_of_grants_shows_who_allowed_what_and_when_it_ended() {
        Collection ours = household("ours");
        Source club = source(ours, "the club");
        importFrom(club, photos);
        Grant first = likeness.sources().held(club.id()).grants().getFirst();
        clock.advance(Duration.ofDays(1));
        SourceDesk.Succeeded second = likeness.sources().succeed(first.id(), SIGNED);
        assertThat(second.photos()).isEqualTo(3);
        assertThat(found(ours, photos.getFirst())).isNotEmpty();
        List<Grant> chain = likeness.sources().held(club.id()).grants();
        assertThat(chain).extracting(Grant::id).containsExactly(second.grant().id(), first.id());
        assertThat(chain.get(0).backing().succeeds()).contains(first.id());
        assertThat(chain.get(0).backing().evidence()).isEqualTo(SIGNED.evidence());
        assertThat(chain.get(1).endedAt()).contains(chain.get(0).startsAt());
        assertThatExceptionOfType(LikenessException.class)
                .isThrownBy(() -> likeness.sources().succeed(first.id(), SIGNED))
                .matches(e -> e.kind() == LikenessException.Kind.CONFLICT);
        assertThat(audit(Action.GRANT_SUCCEEDED))
                .singleElement()
                .satisfies(entry -> assertThat(entry.count()).isEqualTo(3));
    }

    @Test
    void r05_a_grants_end_ends_use_at_once_and_purges_within_the_period() throws IOException {
        Collection ours = household("ours");
        Source club = source(ours, "the club");
        importFrom(club, photos);
        likeness.importPhotos(
                ours,
                TestPhotos.many(temp.resolve("own"), 1),
                Storage.COPY,
                Optional.empty(),
                Optional.empty(),
                (_, _) -> {});
        Grant grant = likeness.sources().held(club.id()).grants().getFirst();
        likeness.sources()
                .succeed(
                        grant.id(),
                        new SourceDesk.Terms(
                                "the photographer",
                                Capacity.OWNER,
                                Set.of(Use.STORE, Use.FACE_SEARCH),
                                Optional.of(clock.instant().plus(Duration.ofHours(1))),
                                Optional.empty()));
        clock.advance(Duration.ofHours(1).minusSeconds(1));
        assertThat(found(ours, photos.get(1))).isNotEmpty();
        clock.advance(Duration.ofSeconds(1));
        assertThat(found(ours, photos.get(1))).isEmpty();
        clock.advance(Duration.ofDays(30).minusSeconds(1));
        assertThat(likeness.purges().run().photos()).isZero();
        assertThat(likeness.sources().held(club.id()).photos()).isEqualTo(3);
        clock.advance(Duration.ofSeconds(1));
        reopen();
        assertThat(likeness.sources().held(club.id()).photos()).isZero();
        assertThat(likeness.summary(likeness.collection("ours")).photos()).isEqualTo(1);
        Photo left = likeness.photos(ours, 9).getFirst();
        assertThat(pictures())
                .allSatisfy(file -> assertThat(file.toString())
                        .containsAnyOf(
                                "crops", left.id().toString(), left.sha256().hex()));
        assertThat(pictures().stream().filter(file -> file.toString().contains("crops")))
                .hasSize(Math.toIntExact(likeness.summary(ours).faces()));
        assertThat(audit(Action.PHOTOS_PURGED))
                .singleElement()
                .satisfies(entry -> assertThat(entry.count()).isEqualTo(3));
    }

    // Stop

    @ParameterizedTest(name = "after {0} files")
    @ValueSource(ints = {1, 3})
    void r39_a_stop_ends_a_running_import_of_the_source_at_the_next_file(int after) throws Exception {
        Source club = source(household("ours"), "the club");
        List<Path> many = TestPhotos.many(temp.resolve("many"), 5);
        CountDownLatch reached = new CountDownLatch(1);
        CountDownLatch stopped = new CountDownLatch(1);
        List<FileOutcome> outcomes = Collections.synchronizedList(new ArrayList<>());
        try (ExecutorService other = Executors.newSingleThreadExecutor()) {
            Future<ImportReport> running = other.submit(() -> importFrom(club, many, (outcome, _) -> {
                outcomes.add(outcome);
                if (outcomes.size() == after) {
                    reached.countDown();
                    await(stopped);
                }
            }));
            reached.await();
            stop(club);
            likeness.purges().run();
            stopped.countDown();
            assertThat(running.get().count(Result.IMPORTED)).isEqualTo(after);
        }
        assertThat(outcomes.subList(after, 5))
                .allSatisfy(outcome -> assertThat(outcome.reason()).contains(Reason.SOURCE_STOPPED));
        likeness.purges().run();
        assertThat(state(club)).isEqualTo(SourceState.PURGED);
        assertThat(pictures()).isEmpty();
        assertThat(audit(Action.SOURCE_STOPPED))
                .singleElement()
                .satisfies(entry -> assertThat(entry.count()).isEqualTo(after));
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void r39_whatever_a_search_began_with_its_answer_shows_nothing_of_a_stopped_source() throws Exception {
        Collection ours = household("ours");
        Source club = source(ours, "the club");
        importFrom(club, photos);
        Probe probe = likeness.probe(ours, photos.get(1));
        assertThat(found(ours, photos.get(1))).isNotEmpty(); // the index is in memory now
        CountDownLatch begun = new CountDownLatch(1);
        List<Boolean> sawSomething = Collections.synchronizedList(new ArrayList<>());
        List<Boolean> afterStop = Collections.synchronizedList(new ArrayList<>());
        CountDownLatch stopped = new CountDownLatch(1);
        try (ExecutorService others = Executors.newFixedThreadPool(2)) {
            List<Future<?>> searches = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                searches.add(others.submit(() -> {
                    while (stopped.getCount() > 0) {
                        sawSomething.add(!search(ours, probe).isEmpty());
                        begun.countDown();
                    }
                    afterStop.add(!search(ours, probe).isEmpty());
                }));
            }
            begun.await();
            long before = likeness.auditSize();
            stop(club);
            stopped.countDown();
            for (Future<?> search : searches) {
                search.get();
            }
            assertThat(afterStop).containsOnly(false);
            assertThat(sawSomething).contains(true);
            List<AuditEntry> log = likeness.audit(before + 1, 10_000);
            int at = log.stream().map(AuditEntry::action).toList().indexOf(Action.SOURCE_STOPPED);
            assertThat(log.subList(at + 1, log.size()))
                    .allSatisfy(entry -> assertThat(entry.count())
                            .isZero()); // the log's order is the order in which it all happened
        }
        likeness.purges().run();
        assertThat(likeness.summary(ours).templates()).isZero();
        assertThat(search(ours, probe)).isEmpty();
    }

    private List<Photo> search(Collection collection, Probe probe) {
        return likeness.search(collection, probe, 1, Purpose.PERSONAL, RATE, 100).photos().stream()
                .map(candidates -> candidates.photo())
                .toList();
    }

    @Test
    void r39_a_purge_that_was_cut_off_is_finished_by_the_next_opening() throws IOException {
        Source club = source(household("ours"), "the club");
        Source others = source(collection(club), "others");
        importFrom(club, photos.subList(0, 2));
        importFrom(others, photos.subList(2, 3));
        stop(club); // and the process dies here
        assertThat(state(club)).isEqualTo(SourceState.STOPPED);
        reopen();
        assertThat(state(club)).isEqualTo(SourceState.PURGED);
        assertThat(likeness.sources().held(club.id()).photos()).isZero();
        assertThat(likeness.sources().held(others.id()).photos()).isEqualTo(1);
        assertThat(pictures()).isNotEmpty();
        assertThatExceptionOfType(LikenessException.class).isThrownBy(() -> stop(club));
    }

    // Block

    @Test
    void r40_what_a_stopped_source_gave_stays_out_under_any_name_path_and_collection() throws IOException {
        Collection ours = household("ours");
        SourceContact contact = new SourceContact(Optional.of("Müller & Söhne"), Optional.of("post@example.org"));
        Source club =
                likeness.sources().add(ours.id(), "The Club", contact, REPORTED).source();
        importFrom(club, photos);
        stop(club);
        likeness.purges().run();
        reopen();

        Collection second = household("second");
        Source renamed = source(second, "somebody else");
        Path copy = Files.copy(
                photos.getFirst(), Files.createDirectories(temp.resolve("usb")).resolve("x.jpg"));
        List<FileOutcome> outcomes = new ArrayList<>();
        importFrom(renamed, List.of(copy, photos.get(1)), (outcome, _) -> outcomes.add(outcome));
        assertThat(outcomes).allSatisfy(outcome -> assertThat(outcome.reason()).contains(Reason.BLOCKED));
        assertThat(likeness.sources().held(renamed.id()).photos()).isZero();

        refused(() -> importFrom(club, photos));
        refused(() -> likeness.importPhotos(
                second, photos, Storage.COPY, Optional.of("the club"), Optional.of("me"), (_, _) -> {}));
        refused(() -> likeness.sources().add(second.id(), "THE-CLUB", SourceContact.NONE, SIGNED));
        refused(() -> likeness.sources()
                .add(
                        second.id(),
                        "new name",
                        new SourceContact(Optional.of("MÜLLER &  SÖHNE"), Optional.empty()),
                        SIGNED));
        refused(() -> likeness.sources().give(club, SIGNED));
        refused(() -> likeness.sources()
                .succeed(likeness.sources().held(club.id()).grants().getFirst().id(), SIGNED));
    }

    @Test
    void r40_only_a_grant_signed_by_the_source_itself_lifts_the_block() {
        Source club = source(household("ours"), "the club");
        importFrom(club, photos);
        stop(club);
        likeness.purges().run();
        refused(() -> likeness.sources().unblock(club.id(), REPORTED));
        refused(() -> likeness.sources().unblock(club.id(), terms(Capacity.REPRESENTATIVE, SIGNED.evidence())));
        refused(() -> likeness.sources().unblock(club.id(), terms(Capacity.OWNER, Optional.empty())));
        likeness.sources().unblock(club.id(), SIGNED);
        assertThat(state(club)).isEqualTo(SourceState.CLEARED);
        assertThat(importFrom(club, photos).count(Result.IMPORTED)).isEqualTo(3);
        assertThat(found(collection(club), photos.get(1))).isNotEmpty();
        assertThat(audit(Action.SOURCE_UNBLOCKED)).hasSize(1);
    }

    @Test
    void r36_a_smaller_or_recompressed_copy_waits_for_a_person() throws IOException {
        Source club = source(household("ours"), "the club");
        importFrom(club, photos.subList(0, 2));
        stop(club);
        likeness.purges().run();
        Collection second = household("second");
        Source other = source(second, "other");
        Path folder = Files.createDirectories(temp.resolve("usb"));
        Path smaller = resized(photos.getFirst(), folder.resolve("smaller.jpg"), 0.6, "jpeg");
        Path converted = resized(photos.get(1), folder.resolve("converted.png"), 0.9, "png");
        Path stranger = Files.copy(photos.get(2), folder.resolve("stranger.jpg"));
        ImportReport report = importFrom(other, List.of(smaller, converted, stranger));
        assertThat(report.count(Result.QUARANTINED)).isEqualTo(2);
        assertThat(report.count(Result.IMPORTED)).isEqualTo(1);
        List<Photo> waiting = likeness.photoDesk()
                .list(PhotoFilter.all(second.id()).inState(PhotoState.QUARANTINED), Optional.empty(), 9);
        for (Photo photo : waiting) {
            PhotoDesk.Held held = likeness.photoDesk().show(photo.id());
            assertThat(held.faces()).isZero();
            assertThat(held.signals())
                    .anySatisfy(kept ->
                            assertThat(kept.signal().value()).contains(club.id().toString()));
        }
        assertThat(likeness.photoDesk()
                        .allow(waiting.getFirst().id(), "Anna", Optional.empty())
                        .faces())
                .isPositive();
        likeness.photoDesk().uphold(waiting.getLast().id(), "Anna");
    }

    @Test
    void r40_a_photo_from_a_folder_of_a_stopped_source_waits_for_a_person() throws IOException {
        Source club = source(household("ours"), "the club");
        importFrom(club, photos.subList(0, 1));
        stop(club);
        Source other = source(household("second"), "other");
        assertThat(importFrom(other, photos.subList(1, 2)).count(Result.QUARANTINED))
                .isEqualTo(1);
    }

    private static Path resized(Path photo, Path to, double scale, String format) throws IOException {
        BufferedImage full = ImageIO.read(photo.toFile());
        int width = (int) (full.getWidth() * scale);
        int height = (int) (full.getHeight() * scale);
        BufferedImage small = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        small.getGraphics().drawImage(full.getScaledInstance(width, height, Image.SCALE_AREA_AVERAGING), 0, 0, null);
        ImageIO.write(small, format, to.toFile());
        return to;
    }
}
