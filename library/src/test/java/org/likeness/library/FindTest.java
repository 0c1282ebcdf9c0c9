package org.likeness.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.likeness.core.LikenessException;
import org.likeness.core.audit.Actor;
import org.likeness.core.audit.AuditEntry.Action;
import org.likeness.core.collection.Collection;
import org.likeness.core.collection.Profile;
import org.likeness.core.collection.Purpose;
import org.likeness.core.consent.Audience;
import org.likeness.core.consent.Choice;
import org.likeness.core.consent.Method;
import org.likeness.core.consent.Notice;
import org.likeness.core.demand.Target;
import org.likeness.core.person.Details;
import org.likeness.core.person.PersonId;
import org.likeness.core.photo.FaceId;
import org.likeness.core.photo.Storage;
import org.likeness.core.rights.ConsentDesk;
import org.likeness.core.rights.DecisionDesk;
import org.likeness.core.search.FaceDecision.Verdict;
import org.likeness.core.search.PersonSearch;
import org.likeness.core.search.Probe;
import org.likeness.core.search.SearchAnswer;
import org.likeness.core.search.SearchAttempt;
import org.likeness.core.template.Rate;
import org.likeness.core.template.Template;
import org.likeness.testkit.DiskSearch;
import org.likeness.testkit.TestPhotos;

/// Who may be found in an event, by whom, and what is recorded and kept of it; on real photos, with every
/// real part.
class FindTest {
    private static final Rate RATE = new Rate(0.001);
    private static final int PAGE = 16;
    private static final Audience MYSELF = new Audience.Myself();
    private static final Audience STAFF = new Audience.Staff();

    @TempDir
    private Path temp;

    private Path data;
    private List<Path> photos;
    private final MovableClock clock = new MovableClock();
    private Likeness likeness;
    private Collection event;

    @BeforeEach
    void open() throws IOException {
        data = temp.resolve("data");
        photos = TestPhotos.demo(temp.resolve("photos"));
        likeness = Likeness.open(settings(), clock);
        event = likeness.createCollection("event", Profile.EVENT);
        Bases.record(likeness, event);
    }

    @AfterEach
    void close() {
        likeness.close();
    }

    private Settings settings() {
        return Settings.read(data, Map.of(), Map.of(Setting.OWN_SEARCHES, "4", Setting.THREADS, "2"));
    }

    private void importPhotos(Collection collection, List<Path> paths) {
        likeness.importPhotos(
                collection, paths, Storage.COPY, Optional.of("club"), Optional.of("the board"), (_, _) -> {});
    }

    private PersonId person() {
        return likeness.people().add(event.id(), Details.NONE, Optional.empty()).id();
    }

    private void answer(PersonId person, Choice choice, boolean yes) {
        Map<Choice, Boolean> answers = new LinkedHashMap<>();
        answers.put(choice, yes);
        assertThat(likeness.consents()
                        .record(new ConsentDesk.Answers(
                                person,
                                Optional.empty(),
                                answers,
                                Method.PAGE,
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty()))
                        .choices())
                .containsExactly(choice);
    }

    private Probe probe(int photo) {
        return likeness.probe(event, photos.get(photo));
    }

    private void addReference(PersonId person) {
        Probe probe = probe(1);
        assertThat(likeness.find()
                        .references()
                        .add(person, probe, Bases.clearest(probe))
                        .person())
                .isEqualTo(person);
    }

    private PersonId findable() {
        return Bases.findable(likeness, event, photos.get(1));
    }

    private SearchAnswer search(PersonId person, Audience audience) {
        return likeness.find().search(person, audience, Optional.empty(), RATE, 100, _ -> {});
    }

    private SearchAnswer selfie(PersonId person, Probe probe, int face) {
        return likeness.find()
                .search(person, MYSELF, Optional.of(new PersonSearch.Selfie(probe, face)), RATE, 100, _ -> {});
    }

    private static void refused(String mentions, ThrowingCallable call) {
        assertThatExceptionOfType(LikenessException.class)
                .isThrownBy(call)
                .matches(e -> e.kind() == LikenessException.Kind.REFUSED)
                .withMessageContaining(mentions);
    }

    private List<SearchAttempt.State> states(PersonId person) {
        return likeness.find().decisions().searches(person, 100).stream()
                .map(SearchAttempt::state)
                .toList();
    }

    private static String file(SearchAnswer answer) {
        return Path.of(java.net.URI.create(answer.photos().getFirst().photo().location()))
                .getFileName()
                .toString();
    }

    @Test
    void r19_a_person_is_found_only_while_and_only_by_whom_they_agreed_to() {
        importPhotos(event, photos.subList(1, 3));
        PersonId person = person();
        refused("unknown", () -> search(person, MYSELF));
        refused("agreed", () -> addReference(person));
        answer(person, Choice.MYSELF, true);
        refused("no reference", () -> search(person, MYSELF));
        addReference(person);
        assertThat(likeness.summary(event).templates()).isEqualTo(1);
        SearchAnswer found = search(person, MYSELF);
        assertThat(file(found)).isEqualTo("sample2.jpg");
        assertThat(found.photos().getFirst().best().score()).isGreaterThan(0.99);
        refused("unknown", () -> search(person, STAFF));
        answer(person, Choice.STAFF, false);
        refused("refused", () -> search(person, STAFF));
        Audience class3b = new Audience.Group("class 3b");
        refused("unknown", () -> search(person, class3b));
        answer(person, Choice.of(class3b), true);
        assertThat(search(person, class3b).hits()).isEqualTo(found.hits());
        refused("unknown", () -> search(person, new Audience.Group("class 4a")));
        PersonId other = findable();
        assertThat(search(other, MYSELF).photos()).isNotEmpty();

        assertThat(likeness.consents()
                        .withdraw(person, Optional.empty(), Method.PAGE)
                        .choices())
                .contains(Choice.MYSELF);
        assertThat(likeness.find().references().references(person)).isEmpty();
        assertThat(likeness.summary(event).templates()).isEqualTo(1);
        refused("withdrawn", () -> search(person, MYSELF));
        assertThat(search(other, MYSELF).photos()).isNotEmpty();
        assertThat(states(person)).contains(SearchAttempt.State.REFUSED, SearchAttempt.State.ANSWERED);
        assertThat(likeness.audit(1, 1000))
                .filteredOn(e -> e.action() == Action.SEARCH_STARTED)
                .hasSize(4);
    }

    @Test
    void r19_consent_that_ends_while_the_search_runs_ends_it_without_an_answer() {
        importPhotos(event, photos.subList(0, 4));
        PersonId person = findable();
        refused(
                "withdrawn",
                () -> likeness.find()
                        .search(
                                person,
                                MYSELF,
                                Optional.empty(),
                                RATE,
                                100,
                                _ -> likeness.consents().withdraw(person, Optional.empty(), Method.PAGE)));
        assertThat(states(person)).containsExactly(SearchAttempt.State.REFUSED);
        assertThat(likeness.audit(1, 1000)).noneMatch(e -> e.action() == Action.SEARCHED);
    }

    @Test
    void r19_an_event_is_not_searched_with_a_photo_of_anybody() {
        Probe probe = probe(1);
        refused("--person", () -> likeness.search(event, probe, 1, Purpose.FIND_MYSELF, RATE, 10));
        Collection ours = likeness.createCollection("ours", Profile.HOUSEHOLD);
        PersonId member =
                likeness.people().add(ours.id(), Details.NONE, Optional.empty()).id();
        refused("only in an event", () -> search(member, MYSELF));
    }

    @Test
    void r30_only_the_person_searches_for_themselves_and_not_without_end() {
        importPhotos(event, photos.subList(1, 2));
        PersonId person = findable();
        Probe own = probe(1);
        int face = Bases.clearest(own);
        assertThat(selfie(person, own, face).photos()).hasSize(1);
        int stranger = face == 1 ? 2 : 1;
        refused("is not that of person", () -> selfie(person, own, stranger));
        assertThat(states(person)).containsExactly(SearchAttempt.State.FLAGGED, SearchAttempt.State.ANSWERED);
        search(person, MYSELF);
        search(person, MYSELF);
        refused("limit", () -> search(person, MYSELF));
        clock.advance(Duration.ofDays(1));
        assertThat(search(person, MYSELF).photos()).hasSize(1);
        assertThat(likeness.audit(1, 1000))
                .filteredOn(e -> e.action() == Action.SEARCH_REFUSED)
                .hasSize(2);
    }

    @Test
    void r47_a_breach_drill_counts_references_searches_and_decisions() {
        importPhotos(event, photos.subList(1, 2));
        PersonId person = findable();
        SearchAnswer found = search(person, MYSELF);
        refused("unknown", () -> search(person, STAFF));
        likeness.find().decisions().decide(found.id(), 1, Optional.empty(), Verdict.IS, Actor.OWNER);
        assertThat(likeness.breach().drill(List.of(event)).affected().getFirst().kinds())
                .contains(
                        new BreachDesk.DataKind("references of people", 1, BreachDesk.Protection.SEALED),
                        new BreachDesk.DataKind("searches", 2, BreachDesk.Protection.READABLE),
                        new BreachDesk.DataKind("decisions on faces", 1, BreachDesk.Protection.READABLE))
                .noneMatch(kind -> kind.name().equals("templates of faces"));
    }

    @Test
    void r37_a_rejected_candidate_is_never_suggested_again() {
        importPhotos(event, photos.subList(1, 2));
        PersonId person = findable();
        SearchAnswer found = search(person, MYSELF);
        DecisionDesk.Decided decided =
                likeness.find().decisions().decide(found.id(), 1, Optional.empty(), Verdict.IS_NOT, Actor.OWNER);
        assertThat(decided.confirmed()).isFalse();
        assertThat(search(person, MYSELF).photos()).isEmpty();
        importPhotos(event, photos.subList(1, 2));
        assertThat(search(person, MYSELF).photos()).isEmpty();
        PersonId twin = findable();
        SearchAnswer other = search(twin, MYSELF);
        assertThat(other.photos()).hasSize(1);
        assertThat(likeness.find()
                        .decisions()
                        .decide(other.id(), 1, Optional.empty(), Verdict.IS, Actor.OWNER)
                        .confirmed())
                .isTrue();
        assertThat(search(findable(), MYSELF).photos()).isEmpty(); // it is known whose it is
        likeness.find().decisions().takeBack(person, found.hits().getFirst().face(), Actor.OWNER);
        likeness.find().decisions().decide(other.id(), 1, Optional.empty(), Verdict.OPEN, Actor.OWNER);
        assertThat(search(person, MYSELF).photos()).hasSize(1); // what was said is taken back
        assertThatExceptionOfType(LikenessException.class)
                .isThrownBy(() ->
                        likeness.find().decisions().decide(other.id(), 1, Optional.empty(), Verdict.OPEN, Actor.OWNER))
                .matches(e -> e.kind() == LikenessException.Kind.CONFLICT);
    }

    @Test
    void r29_in_an_archive_two_different_people_confirm() {
        Collection archive = likeness.createCollection("archive", Profile.ARCHIVE);
        Bases.record(likeness, archive);
        importPhotos(archive, photos.subList(1, 2));
        PersonId person = likeness.people()
                .add(archive.id(), Details.NONE, Optional.empty())
                .id();
        Probe probe = likeness.probe(archive, photos.get(1));
        SearchAnswer found = likeness.search(archive, probe, 1, Purpose.CATALOGUE, RATE, 10);
        DecisionDesk desk = likeness.find().decisions();
        assertThatExceptionOfType(LikenessException.class)
                .isThrownBy(() -> desk.decide(found.id(), 1, Optional.empty(), Verdict.IS, Actor.OWNER))
                .withMessageContaining("--person");
        assertThat(desk.decide(found.id(), 1, Optional.of(person), Verdict.IS, Actor.OWNER)
                        .confirmed())
                .isFalse();
        refused("second", () -> desk.decide(found.id(), 1, Optional.of(person), Verdict.IS, Actor.OWNER));
        assertThat(desk.decide(found.id(), 1, Optional.of(person), Verdict.IS, new Actor("second"))
                        .confirmed())
                .isTrue();
        DecisionDesk.Recorded recorded = desk.search(found.id());
        assertThat(recorded.decisions()).hasSize(2);
        Actor third = new Actor("third");
        desk.decide(found.id(), 1, Optional.of(person), Verdict.IS_NOT, third);
        desk.decide(found.id(), 1, Optional.of(person), Verdict.OPEN, Actor.OWNER); // their own yes, not the no
        FaceId face = found.hits().getFirst().face();
        assertThat(desk.notThem(person)).containsExactly(face);
        desk.takeBack(person, face, third);
        assertThat(desk.notThem(person)).isEmpty();
        assertThat(recorded.attempt().probe()).contains(probe.sha256());
    }

    @Test
    void r29_what_people_said_of_a_face_is_told_and_of_whom_may_be_named() {
        Collection archive = likeness.createCollection("archive", Profile.ARCHIVE);
        Bases.record(likeness, archive);
        importPhotos(archive, photos.subList(1, 2));
        PersonId person = likeness.people()
                .add(archive.id(), Details.NONE, Optional.empty())
                .id();
        SearchAnswer found =
                likeness.search(archive, likeness.probe(archive, photos.get(1)), 1, Purpose.CATALOGUE, RATE, 10);
        DecisionDesk desk = likeness.find().decisions();
        List<FaceId> face = List.of(found.hits().getFirst().face());
        assertThat(desk.standing(archive.id(), face)).containsEntry(face.getFirst(), List.of());
        desk.decide(found.id(), 1, Optional.of(person), Verdict.IS, Actor.OWNER);
        assertThat(desk.standing(archive.id(), face).get(face.getFirst()))
                .containsExactly(new DecisionDesk.Standing(person, false, false));
        desk.decide(found.id(), 1, Optional.of(person), Verdict.IS, new Actor("second"));
        assertThat(desk.standing(archive.id(), face).get(face.getFirst()))
                .containsExactly(new DecisionDesk.Standing(person, true, false));
        desk.decide(found.id(), 1, Optional.of(person), Verdict.IS_NOT, new Actor("third"));
        assertThat(desk.standing(archive.id(), face).get(face.getFirst()))
                .containsExactly(new DecisionDesk.Standing(person, false, true));

        assertThat(desk.nameable(archive.id())).extracting(each -> each.id()).containsExactly(person);
        likeness.demands().restrict(Target.of(person));
        assertThat(desk.nameable(archive.id())).isEmpty();
        assertThat(desk.standing(archive.id(), face)).containsEntry(face.getFirst(), List.of());
        refused("is used now", () -> desk.decide(found.id(), 1, Optional.of(person), Verdict.IS, new Actor("third")));
    }

    @Test
    void r27_a_search_leaves_a_complete_record_also_when_it_was_aborted() {
        importPhotos(event, photos.subList(0, 4));
        PersonId person = findable();
        Probe own = probe(1);
        SearchAnswer found = selfie(person, own, Bases.clearest(own));
        DecisionDesk.Recorded recorded = likeness.find().decisions().search(found.id());
        SearchAttempt attempt = recorded.attempt();
        assertThat(attempt.person()).contains(person);
        assertThat(attempt.audience()).contains(MYSELF);
        assertThat(attempt.purpose()).isEqualTo(Purpose.FIND_MYSELF);
        assertThat(attempt.actor()).isEqualTo(Actor.OWNER);
        assertThat(attempt.probe()).contains(own.sha256());
        assertThat(attempt.model()).isEqualTo(event.model());
        assertThat(attempt.state()).isEqualTo(SearchAttempt.State.ANSWERED);
        assertThat(attempt.startedAt()).isEqualTo(clock.instant());
        assertThat(attempt.endedAt()).contains(clock.instant());
        assertThat(recorded.answer().orElseThrow().answer()).isEqualTo(found.hits());
        assertThat(recorded.answer().orElseThrow().threshold()).isEqualTo(found.threshold());
        assertThatThrownBy(() -> likeness.find().search(person, MYSELF, Optional.empty(), RATE, 10, _ -> {
                    throw new IllegalStateException("whoever waited went away");
                }))
                .hasMessageContaining("went away");
        assertThat(states(person)).contains(SearchAttempt.State.ABORTED);
        assertThat(search(person, MYSELF).photos()).isEqualTo(found.photos());
    }

    @Test
    void r10_no_vector_of_anybody_is_on_disk_but_sealed_references() throws IOException {
        importPhotos(event, photos.subList(1, 3));
        PersonId person = findable();
        search(person, MYSELF);
        DiskSearch sought = new DiskSearch();
        for (Path photo : photos.subList(1, 3)) {
            Probe probe = likeness.probe(event, photo);
            for (int face = 1; face <= probe.faces().size(); face++) {
                sought.vector(probe.template(face).values());
            }
        }
        List<Template> kept = likeness.records().read(tx -> tx.references().templates(person, clock.instant()));
        assertThat(kept).hasSize(1);
        sought.vector(kept.getFirst().values());
        assertThat(sought.find(data)).isEmpty();
        assertThat(sought.find(temp)).isEmpty();
        likeness.close();
        assertThat(sought.find(data)).isEmpty();
    }

    @Test
    void r14_a_new_key_carries_references_along_and_a_destroyed_one_closes_them() {
        importPhotos(event, photos.subList(1, 2));
        PersonId person = findable();
        SearchAnswer before = search(person, MYSELF);
        assertThat(likeness.vault().status(event).behind()).isZero();
        assertThat(likeness.vault().rekey(event, _ -> {}).moved()).isPositive();
        assertThat(likeness.vault().status(event).behind()).isZero();
        SearchAnswer after = search(person, MYSELF);
        assertThat(after.hits()).hasSameSizeAs(before.hits());
        assertThat(after.photos().getFirst().best().score())
                .isCloseTo(before.photos().getFirst().best().score(), org.assertj.core.data.Offset.offset(1e-4));
        likeness.vault().shred(event);
        refused("destroyed", () -> search(person, MYSELF));
    }

    @Test
    void r23_r26_a_reference_goes_when_consent_rests_or_ends_by_itself() {
        PersonId person = findable();
        assertThat(likeness.find().references().references(person)).hasSize(1);
        likeness.notices().publish(event.id(), List.of(Notice.Text.of("en", "We do more now.")), true);
        assertThat(likeness.find().references().references(person)).isEmpty();
        refused("suspended", () -> search(person, MYSELF));
        answer(person, Choice.MYSELF, true);
        addReference(person);
        likeness.bases().record(event, Bases.controller("Somebody else"));
        assertThat(likeness.find().references().references(person)).isEmpty();
        refused("suspended", () -> search(person, MYSELF));
        answer(person, Choice.MYSELF, true);
        addReference(person);
        clock.advance(Duration.ofDays(364));
        likeness.close();
        likeness = Likeness.open(settings(), clock);
        assertThat(likeness.find().references().references(person)).hasSize(1);
        clock.advance(Duration.ofDays(2));
        refused("expired", () -> search(person, MYSELF));
        likeness.close();
        likeness = Likeness.open(settings(), clock);
        assertThat(likeness.find().references().references(person)).isEmpty();
    }

    @Test
    void many_searches_at_once_cost_about_what_one_costs() throws Exception {
        int searches = 5;
        importPhotos(event, photos);
        importPhotos(event, TestPhotos.many(temp.resolve("more"), 6));
        List<PersonId> people = new ArrayList<>();
        for (int i = 0; i < searches; i++) {
            people.add(findable());
        }
        long faces = likeness.summary(event).faces();
        SearchAnswer alone = search(people.getFirst(), MYSELF);
        assertThat(alone.compared()).isEqualTo(faces);
        assertThat(alone.embedded()).isEqualTo(faces);
        CountDownLatch allJoined = new CountDownLatch(searches);
        ThreadLocal<Boolean> joined = ThreadLocal.withInitial(() -> false);
        List<Future<SearchAnswer>> running = new ArrayList<>();
        try (ExecutorService guests = Executors.newFixedThreadPool(searches)) {
            for (PersonId person : people) {
                running.add(guests.submit(() -> {
                    try {
                        return likeness.find().search(person, MYSELF, Optional.empty(), RATE, 100, _ -> {
                            if (!joined.get()) { // a page each until everybody is there
                                joined.set(true);
                                allJoined.countDown();
                                await(allJoined);
                            }
                        });
                    } finally {
                        allJoined.countDown(); // the others may have gone the whole round for it
                    }
                }));
            }
        }
        long embedded = 0;
        for (Future<SearchAnswer> one : running) {
            assertThat(one.get().compared()).isEqualTo(faces);
            assertThat(one.get().hits()).isEqualTo(alone.hits());
            embedded = Math.max(embedded, one.get().embedded() - alone.embedded());
        }
        assertThat(embedded).isBetween(faces, faces + (long) searches * PAGE); // a circle, and a page for each newcomer
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
