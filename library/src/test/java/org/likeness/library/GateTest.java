package org.likeness.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.likeness.core.LikenessException;
import org.likeness.core.audit.AuditEntry.Action;
import org.likeness.core.collection.Assessment;
import org.likeness.core.collection.Basis;
import org.likeness.core.collection.BasisDraft;
import org.likeness.core.collection.BasisDraft.Field;
import org.likeness.core.collection.Collection;
import org.likeness.core.collection.LawfulBasis;
import org.likeness.core.collection.Profile;
import org.likeness.core.collection.Purpose;
import org.likeness.core.collection.SpecialCondition;
import org.likeness.core.consent.Audience;
import org.likeness.core.consent.Choice;
import org.likeness.core.consent.Method;
import org.likeness.core.ingest.FileOutcome.Result;
import org.likeness.core.ingest.ImportReport;
import org.likeness.core.person.Details;
import org.likeness.core.person.PersonId;
import org.likeness.core.photo.Photo;
import org.likeness.core.photo.Storage;
import org.likeness.core.rights.ConsentDesk;
import org.likeness.core.search.Probe;
import org.likeness.core.search.SearchAnswer;
import org.likeness.core.template.Rate;
import org.likeness.testkit.TestPhotos;

/// Nothing is compared before it is recorded on what that rests, and nobody but a household is spared it.
class GateTest {
    private static final Rate RATE = new Rate(0.001);

    @TempDir
    private Path temp;

    private Path photo;
    private final MovableClock clock = new MovableClock();
    private Likeness likeness;

    @BeforeEach
    void open() throws IOException {
        photo = TestPhotos.demo(temp.resolve("photos")).getFirst();
        likeness = Likeness.open(Settings.of(temp.resolve("data")), clock);
    }

    @AfterEach
    void close() {
        likeness.close();
    }

    private ImportReport importOne(Collection collection) {
        return likeness.importPhotos(
                collection, List.of(photo), Storage.COPY, Optional.of("club"), Optional.of("the board"), (_, _) -> {});
    }

    private static void refused(String mentions, ThrowingCallable call) {
        assertThatExceptionOfType(LikenessException.class)
                .isThrownBy(call)
                .matches(e -> e.kind() == LikenessException.Kind.REFUSED)
                .withMessageContaining(mentions);
    }

    /// How to leave out each field.
    private static Map<Field, UnaryOperator<BasisDraft>> without() {
        BasisDraft none = BasisDraft.EMPTY;
        Map<Field, UnaryOperator<BasisDraft>> without = new EnumMap<>(Field.class);
        for (Field field : Field.values()) {
            without.put(
                    field,
                    d -> new BasisDraft(
                            field == Field.CONTROLLER ? none.controller() : d.controller(),
                            field == Field.LAWFUL_BASIS ? none.lawfulBasis() : d.lawfulBasis(),
                            field == Field.CONDITION ? none.condition() : d.condition(),
                            field == Field.PURPOSES ? none.purposes() : d.purposes(),
                            field == Field.PHOTOS_KEPT ? none.photosKept() : d.photosKept(),
                            field == Field.TEMPLATES_KEPT ? none.templatesKept() : d.templatesKept(),
                            field == Field.INACTIVITY ? none.inactivity() : d.inactivity(),
                            d.purposeEndsAt(),
                            field == Field.NOTICE ? none.noticeVersion() : d.noticeVersion(),
                            field == Field.ALTERNATIVE ? none.alternative() : d.alternative(),
                            field == Field.ASSESSMENT ? none.assessment() : d.assessment()));
        }
        return without;
    }

    @Test
    void r09_the_embedder_does_not_run_while_any_part_of_the_basis_is_missing() {
        for (Profile profile : List.of(Profile.EVENT, Profile.ARCHIVE)) {
            Collection collection = likeness.createCollection(profile.word(), profile);
            Bases.publish(likeness, collection);
            without().forEach((field, leaveOut) -> {
                BasisDraft draft = leaveOut.apply(Bases.complete(profile));
                refused(field.flag(), () -> likeness.bases().record(collection, draft));
                refused(field.flag(), () -> likeness.probe(collection, photo));
            });
            assertThat(likeness.bases().inForce(collection)).isEmpty();
            assertThat(importOne(collection).count(Result.IMPORTED)).isEqualTo(1);
            assertThat(likeness.summary(collection).faces()).isPositive();
            assertThat(likeness.summary(collection).templates()).isZero();
            likeness.bases().record(collection, Bases.complete(profile));
            assertThat(likeness.probe(collection, photo).template(1).dimension())
                    .isEqualTo(128);
        }
        assertThat(likeness.audit(1, 1000))
                .filteredOn(e -> e.action() == Action.BASIS_RECORDED)
                .hasSize(2);
    }

    @Test
    void r09_a_basis_must_fit_the_profile_and_name_a_notice_that_was_published() {
        Collection event = likeness.createCollection("event", Profile.EVENT);
        BasisDraft draft = Bases.complete(Profile.EVENT);
        assertThatExceptionOfType(LikenessException.class)
                .isThrownBy(() -> likeness.bases().record(event, draft))
                .matches(e -> e.kind() == LikenessException.Kind.BAD_INPUT)
                .withMessageContaining("notice 1");
        Bases.publish(likeness, event);
        refused("find-consenting", () -> likeness.bases().record(event, Bases.complete(Profile.ARCHIVE)));
        Collection household = likeness.createCollection("ours", Profile.HOUSEHOLD);
        refused("household", () -> likeness.bases().record(household, draft));
        assertThat(likeness.probe(household, photo).faces()).isNotEmpty();
    }

    @Test
    void r11_a_template_cannot_be_kept_longer_than_the_hard_maximum() {
        Collection archive = likeness.createCollection("archive", Profile.ARCHIVE);
        Bases.publish(likeness, archive);
        refused(
                "1 year 1 day",
                () -> likeness.bases().record(archive, kept(Bases.complete(Profile.ARCHIVE), Period.of(1, 0, 1))));
        likeness.bases().record(archive, kept(Bases.complete(Profile.ARCHIVE), Period.ofDays(30)));
        importOne(archive);
        clock.advance(Duration.ofDays(30).minusMillis(1));
        assertThat(search(archive).photos()).hasSize(1);
        clock.advance(Duration.ofMillis(1));
        importOne(archive);
        assertThat(search(archive).photos()).isEmpty();
    }

    private static BasisDraft kept(BasisDraft d, Period templates) {
        return new BasisDraft(
                d.controller(),
                d.lawfulBasis(),
                d.condition(),
                d.purposes(),
                d.photosKept(),
                Optional.of(templates),
                d.inactivity(),
                d.purposeEndsAt(),
                d.noticeVersion(),
                d.alternative(),
                d.assessment());
    }

    private SearchAnswer search(Collection archive) {
        return likeness.search(archive, likeness.probe(archive, photo), 1, Purpose.CATALOGUE, RATE, 10);
    }

    @Test
    void what_an_archive_found_before_its_basis_can_be_compared_after_it() {
        Collection archive = likeness.createCollection("archive", Profile.ARCHIVE);
        importOne(archive);
        clock.advance(Duration.ofDays(100));
        Bases.record(likeness, archive);
        assertThat(search(archive).photos()).hasSize(1);
        assertThat(likeness.summary(archive).templates())
                .isEqualTo(likeness.summary(archive).faces());
        assertThat(likeness.fillTemplates(archive, _ -> {})).isZero();
        clock.advance(Duration.ofDays(265)); // counted from the import
        assertThat(search(archive).photos()).isEmpty();
    }

    @Test
    void r23_a_new_basis_is_material_when_it_changes_who_why_or_on_which_ground() {
        Collection archive = likeness.createCollection("archive", Profile.ARCHIVE);
        Basis first = Bases.record(likeness, archive);
        assertThat(first.material()).isFalse();
        BasisDraft none = BasisDraft.EMPTY;
        Basis same = likeness.bases().record(archive, draft(Optional.empty(), Optional.of("Another look.")));
        assertThat(same.material()).isFalse();
        assertThat(same.version()).isEqualTo(2);
        assertThat(same.controller()).isEqualTo(first.controller());
        Basis other = likeness.bases().record(archive, draft(Optional.of("Somebody else"), Optional.empty()));
        assertThat(other.material()).isTrue();
        assertThat(likeness.bases().versions(archive)).containsExactly(first, same, other);
        assertThat(none.missing()).containsExactly(Field.values());
    }

    private static BasisDraft draft(Optional<String> controller, Optional<String> alternative) {
        return new BasisDraft(
                controller,
                Optional.<LawfulBasis>empty(),
                Optional.<SpecialCondition>empty(),
                Set.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.<Instant>empty(),
                Optional.empty(),
                alternative,
                Optional.<Assessment>empty());
    }

    @Test
    void r26_when_the_purpose_is_over_nothing_is_compared_any_more() {
        Collection archive = likeness.createCollection("archive", Profile.ARCHIVE);
        Bases.publish(likeness, archive);
        BasisDraft d = Bases.complete(Profile.ARCHIVE);
        Instant end = clock.instant().plus(Duration.ofDays(10));
        likeness.bases()
                .record(
                        archive,
                        new BasisDraft(
                                d.controller(),
                                d.lawfulBasis(),
                                d.condition(),
                                d.purposes(),
                                d.photosKept(),
                                d.templatesKept(),
                                d.inactivity(),
                                Optional.of(end),
                                d.noticeVersion(),
                                d.alternative(),
                                d.assessment()));
        importOne(archive);
        Probe probe = likeness.probe(archive, photo);
        clock.advance(Duration.ofDays(10).minusMillis(1));
        assertThat(likeness.search(archive, probe, 1, Purpose.CATALOGUE, RATE, 10)
                        .photos())
                .hasSize(1);
        clock.advance(Duration.ofMillis(1));
        refused("over", () -> likeness.search(archive, probe, 1, Purpose.CATALOGUE, RATE, 10));
        refused("over", () -> likeness.probe(archive, photo));
    }

    @Test
    void r25_everything_but_face_search_works_without_a_basis() {
        Collection event = likeness.createCollection("event", Profile.EVENT);
        assertThat(importOne(event).count(Result.IMPORTED)).isEqualTo(1);
        assertThat(importOne(event).count(Result.DUPLICATE)).isEqualTo(1);
        Photo held = likeness.photos(event, 10).getFirst();
        assertThat(likeness.thumbnail(event, held)).isPresent();
        assertThat(likeness.photoDesk().show(held.id()).faces()).isPositive();
        Bases.publish(likeness, event);
        PersonId person = likeness.people()
                .add(event.id(), Details.NONE, Optional.empty())
                .id();
        ConsentDesk.Recorded recorded = likeness.consents()
                .record(new ConsentDesk.Answers(
                        person,
                        Optional.empty(),
                        Map.of(Choice.MYSELF, false),
                        Method.PAGE,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()));
        assertThat(likeness.receipt(recorded.statement().orElseThrow().id(), Map.of()))
                .isNotNull();
        refused("--controller", () -> likeness.probe(event, photo));
        refused(
                "--controller",
                () -> likeness.find().search(person, new Audience.Myself(), Optional.empty(), RATE, 10, _ -> {}));
        assertThat(likeness.summary(event).templates()).isZero();
    }

    @Test
    void a_probe_read_for_one_collection_cannot_search_another() {
        Collection one = likeness.createCollection("one", Profile.HOUSEHOLD);
        Collection other = likeness.createCollection("other", Profile.HOUSEHOLD);
        Probe probe = likeness.probe(one, photo);
        refused("another", () -> likeness.search(other, probe, 1, Purpose.PERSONAL, RATE, 10));
        refused("collection", () -> likeness.search(one, likeness.probe(photo, true), 1, Purpose.PERSONAL, RATE, 10));
    }
}
