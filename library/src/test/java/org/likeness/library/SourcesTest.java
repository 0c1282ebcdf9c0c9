package org.likeness.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.likeness.core.LikenessException;
import org.likeness.core.audit.AuditEntry;
import org.likeness.core.audit.AuditEntry.Action;
import org.likeness.core.collection.Collection;
import org.likeness.core.collection.Profile;
import org.likeness.core.collection.Purpose;
import org.likeness.core.consent.Audience;
import org.likeness.core.demand.Target;
import org.likeness.core.ingest.FileOutcome;
import org.likeness.core.ingest.FileOutcome.Reason;
import org.likeness.core.ingest.FileOutcome.Result;
import org.likeness.core.ingest.ImportReport;
import org.likeness.core.person.Details;
import org.likeness.core.person.PersonId;
import org.likeness.core.photo.Photo;
import org.likeness.core.photo.PhotoFilter;
import org.likeness.core.photo.Point;
import org.likeness.core.photo.Storage;
import org.likeness.core.rights.DemandDesk;
import org.likeness.core.rights.SourceDesk;
import org.likeness.core.search.Probe;
import org.likeness.core.source.Capacity;
import org.likeness.core.source.Grant;
import org.likeness.core.source.Source;
import org.likeness.core.source.SourceContact;
import org.likeness.core.source.SourceState;
import org.likeness.core.source.Use;
import org.likeness.testkit.TestPhotos;

/// Sources, their grants and their stop, on real photos, with every real part.
class SourcesTest extends WithSources {
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

    @Test
    void r25_everything_but_face_search_works_under_a_grant_that_does_not_allow_it() {
        Collection event = likeness.createCollection("event", Profile.EVENT);
        SourceDesk.Terms storing = new SourceDesk.Terms(
                "the photographer", Capacity.OWNER, Set.of(Use.STORE), Optional.empty(), Optional.empty());
        Source club = likeness.sources()
                .add(event.id(), "the club", SourceContact.NONE, storing)
                .source();
        assertThat(importFrom(club, photos).count(Result.IMPORTED)).isEqualTo(3);
        Photo photo = likeness.photos(event, 9).getFirst();
        assertThat(likeness.photoDesk().list(PhotoFilter.all(event.id()), Optional.empty(), 9))
                .hasSize(3);
        assertThat(likeness.photoDesk().show(photo.id()).source().id()).isEqualTo(club.id());
        assertThat(likeness.thumbnail(event, photo)).isPresent();
        assertThat(likeness.people()
                        .add(event.id(), Details.NONE, Optional.empty())
                        .collection())
                .isEqualTo(event.id());
        assertThat(likeness.documents().make(event)).isNotEmpty();
        likeness.backups().backup(temp.resolve("backup"));
        likeness.demands().restrict(Target.of(photo.id()));
        likeness.demands().lift(Target.of(photo.id()));
        likeness.demands().object(photo.sha256(), new DemandDesk.Pointed.At(new Point(20, 20)));
        assertThat(likeness.eraser()
                        .execute(likeness.demands()
                                .erase(Target.of(photo.id()))
                                .demand()
                                .id())
                        .attestation())
                .isPresent();
        assertThat(likeness.photos(event, 9)).hasSize(2);
        Bases.record(likeness, event);
        PersonId person = Bases.findable(likeness, event, photos.getFirst());
        assertThat(likeness.find()
                        .search(person, new Audience.Myself(), Optional.empty(), RATE, 10, _ -> {})
                        .photos())
                .isEmpty(); // nothing of such a grant is compared
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

        // what was on its way stays out under another name, like what was held
        Source other = source(household("second"), "other");
        assertThat(importFrom(other, many).count(Result.REFUSED)).isEqualTo(5);
        assertThat(audit(Action.SOURCE_FILE_BLOCKED)).hasSize(5 - after);
    }

    @Test
    void an_import_does_not_undo_the_end_of_somebody_elses_grant() {
        Collection ours = household("ours");
        Source club = source(ours, "the club");
        importFrom(club, photos.subList(0, 1));
        likeness.sources()
                .end(likeness.sources().held(club.id()).grants().getFirst().id());
        refused(() -> importFrom(club, photos.subList(0, 1)));
        assertThat(likeness.sources().held(club.id()).grants()).hasSize(1);
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
    void what_a_restriction_keeps_stays_stored_when_its_source_says_stop_and_goes_when_it_is_lifted() {
        Source club = source(household("ours"), "the club");
        importFrom(club, photos);
        Target photo = Target.of(likeness.photos(collection(club), 9).getFirst().id());
        likeness.demands().restrict(photo);
        stop(club);
        likeness.purges().run();
        assertThat(likeness.sources().held(club.id()).photos()).isEqualTo(1);
        assertThat(state(club)).isEqualTo(SourceState.STOPPED);
        likeness.demands().lift(photo);
        assertThat(likeness.browse().size(club.collection()).photos()).isEqualTo(1);
        assertThat(found(collection(club), photos.get(1))).isEmpty();
        likeness.purges().run();
        assertThat(likeness.sources().held(club.id()).photos()).isZero();
        assertThat(state(club)).isEqualTo(SourceState.PURGED);
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

    @Test
    void r38_an_older_copy_of_the_records_does_not_bring_a_stopped_source_back() throws IOException {
        Source club = source(household("ours"), "the club");
        importFrom(club, photos.subList(0, 1));
        likeness.close();
        Path records = data.resolve("records.sqlite");
        Path older = Files.copy(records, temp.resolve("older"));
        likeness = Likeness.open(Settings.of(data), clock);
        stop(club);
        likeness.purges().run();
        likeness.close();
        for (String suffix : List.of("-wal", "-shm")) {
            Files.deleteIfExists(data.resolve("records.sqlite" + suffix));
        }
        Files.copy(older, records, StandardCopyOption.REPLACE_EXISTING);
        likeness = Likeness.open(Settings.of(data), clock);
        assertThat(state(club)).isEqualTo(SourceState.PURGED);
        assertThat(likeness.sources().held(club.id()).photos()).isZero();
        Source other = source(collection(club), "other");
        List<FileOutcome> outcomes = new ArrayList<>();
        importFrom(other, photos.subList(0, 1), (outcome, _) -> outcomes.add(outcome));
        assertThat(outcomes.getFirst().reason()).contains(Reason.BLOCKED);
        refused(() -> source(collection(club), "The Club!"));
    }
}
