package org.likeness.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.likeness.core.LikenessException;
import org.likeness.core.audit.Actor;
import org.likeness.core.audit.AuditEntry;
import org.likeness.core.audit.AuditEntry.Action;
import org.likeness.core.collection.BasisDraft;
import org.likeness.core.collection.Collection;
import org.likeness.core.collection.Profile;
import org.likeness.core.collection.Purpose;
import org.likeness.core.consent.Choice;
import org.likeness.core.consent.Method;
import org.likeness.core.consent.Notice;
import org.likeness.core.consent.Standing.State;
import org.likeness.core.demand.Target;
import org.likeness.core.person.Details;
import org.likeness.core.person.Guardian;
import org.likeness.core.person.Person;
import org.likeness.core.person.PersonId;
import org.likeness.core.records.Records;
import org.likeness.core.rights.ConsentDesk;
import org.likeness.core.rights.ConsentDesk.Recorded;

/// People and their consent through the library, with every real part and a clock that is moved.
class ConsentTest {
    private static final Details ADA =
            new Details(Optional.of("Ada Sönnichsen"), Optional.of("ada@mail.example"), Optional.of("de"));

    @TempDir
    private Path temp;

    private final MovableClock clock = new MovableClock();
    private Likeness likeness;
    private Collection club;

    @BeforeEach
    void open() {
        likeness = reopened();
        club = likeness.createCollection("club", Profile.EVENT);
        publish(true);
        likeness.bases().record(club, Bases.complete(Profile.EVENT));
    }

    private Likeness reopened() {
        return Likeness.open(Settings.of(temp.resolve("data")), clock);
    }

    @AfterEach
    void close() {
        likeness.close();
    }

    private void publish(boolean material) {
        likeness.notices().publish(club.id(), List.of(Notice.Text.of("en", "We look for faces.")), material);
    }

    private PersonId ada() {
        return likeness.people().add(club.id(), ADA, Optional.empty()).id();
    }

    private Recorded answer(PersonId person, Map<Choice, Boolean> yes) {
        return likeness.consents()
                .record(new ConsentDesk.Answers(
                        person,
                        Optional.empty(),
                        yes,
                        Method.PAGE,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()));
    }

    private State state(PersonId person, Choice choice) {
        return likeness.consents().answers(person).stream()
                .filter(answer -> answer.choice().equals(choice))
                .map(answer -> answer.standing().state())
                .findFirst()
                .orElse(State.UNKNOWN);
    }

    private void refused(Runnable action, String why) {
        long entries = likeness.auditSize();
        assertThatExceptionOfType(LikenessException.class)
                .isThrownBy(action::run)
                .withMessageContaining(why)
                .matches(e -> e.kind() == LikenessException.Kind.REFUSED);
        assertThat(likeness.auditSize()).isEqualTo(entries);
    }

    @Test
    void r19_the_life_of_a_consent_from_unknown_to_withdrawn_with_one_entry_for_each_step() {
        PersonId ada = ada();
        assertThat(state(ada, Choice.MYSELF)).isEqualTo(State.UNKNOWN);
        long entries = likeness.auditSize();
        Recorded given = answer(ada, Map.of(Choice.MYSELF, true));
        assertThat(likeness.auditSize()).isEqualTo(entries + 1);
        assertThat(state(ada, Choice.MYSELF)).isEqualTo(State.GIVEN);
        assertThat(likeness.people().person(ada).state()).isEqualTo(Person.State.ENROLLED);

        likeness.people().suspend(ada);
        assertThat(state(ada, Choice.MYSELF)).isEqualTo(State.SUSPENDED);
        likeness.people().resume(ada);
        assertThat(state(ada, Choice.MYSELF)).isEqualTo(State.GIVEN);

        likeness.consents().withdraw(given.code().orElseThrow());
        assertThat(state(ada, Choice.MYSELF)).isEqualTo(State.WITHDRAWN);
        clock.advance(Duration.ofDays(1));
        answer(ada, Map.of(Choice.MYSELF, true, Choice.STAFF, true));
        assertThat(state(ada, Choice.MYSELF)).isEqualTo(State.GIVEN);
        likeness.consents().revoke(ada);
        assertThat(state(ada, Choice.STAFF)).isEqualTo(State.REVOKED);
        refused(() -> likeness.consents().revoke(ada), "no consent to end");
        answer(ada, Map.of(Choice.MYSELF, false));
        assertThat(state(ada, Choice.MYSELF)).isEqualTo(State.REFUSED);
    }

    @Test
    void r26_a_consent_nobody_renews_expires_after_three_years_and_reads_so_without_any_job() {
        BasisDraft none = BasisDraft.EMPTY;
        likeness.bases()
                .record(
                        club,
                        new BasisDraft(
                                none.controller(),
                                none.lawfulBasis(),
                                none.condition(),
                                none.purposes(),
                                none.photosKept(),
                                none.templatesKept(),
                                Optional.of(Period.ofYears(3)),
                                none.purposeEndsAt(),
                                none.noticeVersion(),
                                none.alternative(),
                                none.assessment()));
        PersonId ada = ada();
        answer(ada, Map.of(Choice.MYSELF, true));
        clock.advance(Duration.ofDays(3 * 365)); // a leap day is still to come
        assertThat(state(ada, Choice.MYSELF)).isEqualTo(State.GIVEN);
        clock.advance(Duration.ofDays(2));
        assertThat(state(ada, Choice.MYSELF)).isEqualTo(State.EXPIRED);
    }

    @Test
    void r20_each_choice_is_named_by_itself_and_all_can_be_refused() {
        PersonId ada = ada();
        assertThatExceptionOfType(LikenessException.class)
                .isThrownBy(() -> answer(ada, Map.of()))
                .withMessageContaining("at least one choice");
        answer(ada, Map.of(Choice.MYSELF, false, Choice.STAFF, false, Choice.group("team 1"), false));
        assertThat(likeness.people().person(ada).state()).isEqualTo(Person.State.ENROLLED);
        answer(ada, Map.of(Choice.group("team 1"), true));
        assertThat(state(ada, Choice.group("team 1"))).isEqualTo(State.GIVEN);
        assertThat(state(ada, Choice.group("team 2"))).isEqualTo(State.UNKNOWN);
        assertThat(state(ada, Choice.STAFF)).isEqualTo(State.REFUSED);
    }

    @Test
    void r21_an_answer_stands_on_a_published_notice_in_a_language_it_has() {
        PersonId ada = ada();
        likeness.notices()
                .publish(club.id(), List.of(Notice.Text.of("en", "Faces."), Notice.Text.of("de", "Gesichter.")), false);
        assertThatExceptionOfType(LikenessException.class)
                .isThrownBy(() -> answer(ada, Map.of(Choice.MYSELF, true)))
                .withMessageContaining("--language de, en");
        Collection other = likeness.createCollection("other", Profile.EVENT);
        PersonId bob = likeness.people()
                .add(other.id(), Details.NONE, Optional.empty())
                .id();
        refused(() -> answer(bob, Map.of(Choice.MYSELF, true)), "no notice was published");
    }

    @Test
    void r23_a_material_notice_suspends_every_consent_at_once_and_a_correction_none() {
        PersonId ada = ada();
        Map<Choice, Boolean> both = new LinkedHashMap<>();
        both.put(Choice.MYSELF, true);
        both.put(Choice.STAFF, true);
        answer(ada, both);
        publish(false);
        assertThat(state(ada, Choice.MYSELF)).isEqualTo(State.GIVEN);
        publish(true);
        assertThat(state(ada, Choice.MYSELF)).isEqualTo(State.SUSPENDED);
        assertThat(state(ada, Choice.STAFF)).isEqualTo(State.SUSPENDED);
        refused(
                () -> likeness.consents()
                        .record(new ConsentDesk.Answers(
                                ada,
                                Optional.empty(),
                                both,
                                Method.PAGE,
                                Optional.of(1),
                                Optional.empty(),
                                Optional.empty())),
                "is outdated");
        answer(ada, Map.of(Choice.MYSELF, true));
        assertThat(state(ada, Choice.MYSELF)).isEqualTo(State.GIVEN);
        assertThat(state(ada, Choice.STAFF)).isEqualTo(State.SUSPENDED);
    }

    @Test
    void r37_a_demanded_restriction_and_the_operators_suspension_are_lifted_apart() {
        PersonId ada = ada();
        answer(ada, Map.of(Choice.MYSELF, true));
        Target target = Target.of(ada);
        likeness.demands().restrict(target);
        assertThat(state(ada, Choice.MYSELF)).isEqualTo(State.SUSPENDED);
        refused(() -> likeness.people().resume(ada), "likeness unrestrict --person " + ada);
        likeness.demands().lift(target);
        assertThat(state(ada, Choice.MYSELF)).isEqualTo(State.GIVEN);
        likeness.people().suspend(ada);
        likeness.demands().restrict(target);
        likeness.demands().lift(target);
        assertThat(state(ada, Choice.MYSELF)).isEqualTo(State.SUSPENDED);
        likeness.people().resume(ada);
        assertThat(state(ada, Choice.MYSELF)).isEqualTo(State.GIVEN);
        likeness.demands().restrict(target);
        assertThat(state(ada, Choice.MYSELF)).isEqualTo(State.SUSPENDED);
    }

    @Test
    void r19_r21_a_yes_needs_a_basis_with_its_purpose_and_a_no_needs_none() {
        Collection bare = likeness.createCollection("bare", Profile.EVENT);
        likeness.notices().publish(bare.id(), List.of(Notice.Text.of("en", "We look for faces.")), true);
        PersonId ada = likeness.people().add(bare.id(), ADA, Optional.empty()).id();
        refused(() -> answer(ada, Map.of(Choice.MYSELF, true)), "likeness collection basis");
        answer(ada, Map.of(Choice.MYSELF, false));
        BasisDraft whole = Bases.complete(Profile.EVENT);
        likeness.bases()
                .record(
                        bare,
                        new BasisDraft(
                                whole.controller(),
                                whole.lawfulBasis(),
                                whole.condition(),
                                Set.of(Purpose.FIND_MYSELF),
                                whole.photosKept(),
                                whole.templatesKept(),
                                whole.inactivity(),
                                whole.purposeEndsAt(),
                                whole.noticeVersion(),
                                whole.alternative(),
                                whole.assessment()));
        refused(() -> answer(ada, Map.of(Choice.STAFF, true)), "find-consenting");
        assertThat(answer(ada, Map.of(Choice.MYSELF, true, Choice.STAFF, false))
                        .statement()
                        .orElseThrow()
                        .text())
                .contains("\"purposes\":[\"find-myself\"]");
    }

    private void basis(String controller, Optional<Instant> purposeEndsAt) {
        BasisDraft whole = Bases.complete(Profile.EVENT);
        likeness.bases()
                .record(
                        club,
                        new BasisDraft(
                                Optional.of(controller),
                                whole.lawfulBasis(),
                                whole.condition(),
                                whole.purposes(),
                                whole.photosKept(),
                                whole.templatesKept(),
                                whole.inactivity(),
                                purposeEndsAt,
                                whole.noticeVersion(),
                                whole.alternative(),
                                whole.assessment()));
    }

    @Test
    void r23_r26_another_controller_suspends_and_the_end_of_the_purpose_ends_consent() {
        basis("The club", Optional.of(clock.instant().plus(Duration.ofDays(100))));
        PersonId ada = ada();
        Recorded given = answer(ada, Map.of(Choice.MYSELF, true));
        assertThat(given.statement().orElseThrow().text())
                .contains("\"basis\":2")
                .contains("\"controllerSha256\":\"")
                .contains("\"inactivity\":\"P1Y\"");
        basis("Somebody else", Optional.of(clock.instant().plus(Duration.ofDays(100))));
        assertThat(state(ada, Choice.MYSELF)).isEqualTo(State.SUSPENDED);
        answer(ada, Map.of(Choice.MYSELF, true));
        assertThat(state(ada, Choice.MYSELF)).isEqualTo(State.GIVEN);
        clock.advance(Duration.ofDays(100).minusMillis(1));
        assertThat(state(ada, Choice.MYSELF)).isEqualTo(State.GIVEN);
        clock.advance(Duration.ofMillis(1));
        assertThat(state(ada, Choice.MYSELF)).isEqualTo(State.EXPIRED);
    }

    @Test
    void r24_a_guardian_answers_for_a_minor_until_the_day_they_come_of_age() {
        PersonId ben = likeness.people()
                .add(club.id(), Details.NONE, Optional.of(LocalDate.parse("2027-01-01")))
                .id();
        Guardian guardian = likeness.people().addGuardian(ben, ADA);
        Recorded given = likeness.consents()
                .record(new ConsentDesk.Answers(
                        ben,
                        Optional.of(guardian.id()),
                        Map.of(Choice.MYSELF, true),
                        Method.PAPER,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()));
        assertThat(state(ben, Choice.MYSELF)).isEqualTo(State.GIVEN);
        assertThat(given.statement().orElseThrow().text()).contains("\"by\":\"guardian " + guardian.id());
        clock.advance(Duration.ofDays(60));
        assertThat(state(ben, Choice.MYSELF)).isEqualTo(State.EXPIRED);
        assertThat(likeness.consents().withdraw(given.code().orElseThrow()).statement())
                .as("the receipt of a guardian who decides no longer")
                .isEmpty();
        refused(() -> likeness.people().addGuardian(ben, Details.NONE), "decides alone");
    }

    @Test
    void r22_the_code_alone_takes_consent_back_and_the_records_hold_only_its_hash() throws IOException {
        PersonId ada = ada();
        Recorded given = answer(ada, Map.of(Choice.MYSELF, true));
        String code = given.code().orElseThrow().text();
        Recorded back = likeness.consents().withdraw(given.code().orElseThrow());
        assertThat(back.person()).isEqualTo(ada);
        assertThat(back.code()).isEmpty();
        assertThat(back.statement().orElseThrow().text()).contains("myself=withdrawn");
        assertThat(likeness.consents().withdraw(given.code().orElseThrow()).statement())
                .isEmpty();
        likeness.close();
        assertThat(onDisk()).noneMatch(content -> content.contains(code) || content.contains(code.replace("-", "")));
    }

    private List<String> onDisk() throws IOException {
        try (Stream<Path> files = Files.walk(temp.resolve("data"))) {
            return files.filter(Files::isRegularFile).map(ConsentTest::content).toList();
        }
    }

    private static String content(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void r43_names_stand_nowhere_in_the_clear_and_not_in_the_log() throws IOException {
        PersonId ada = ada();
        likeness.people().change(ada, new Details(ADA.name(), ADA.contact(), Optional.of("en")));
        assertThat(likeness.people().known(ada).details().flatMap(Details::language))
                .contains("en");
        likeness.close();
        assertThat(onDisk()).noneMatch(content -> content.contains("nnichsen") || content.contains("ada@mail"));
    }

    @Test
    void r14_what_names_people_and_guardians_survives_a_new_key_of_the_collection() {
        PersonId ada = ada();
        PersonId ben = likeness.people()
                .add(club.id(), Details.NONE, Optional.of(LocalDate.parse("2030-01-01")))
                .id();
        likeness.people().addGuardian(ben, ADA);
        assertThat(likeness.vault().rekey(club, _ -> {}).destroyed()).isEqualTo(1);
        assertThat(likeness.people().known(ada).details()).contains(ADA);
        assertThat(likeness.people().known(ben).guardians().getFirst().details())
                .contains(ADA);
        assertThat(likeness.log().verify(List.of()).isSound()).isTrue();
    }

    @Test
    void r15_a_destroyed_secret_stays_destroyed_when_its_file_comes_back() throws IOException {
        PersonId ada = ada();
        Path secret = secret(ada);
        byte[] copy = Files.readAllBytes(secret);
        likeness.records().change(tx -> {
            tx.vault().destroyPersonKey(club.id(), ada.value());
            return new Records.Changed<>(
                    true, AuditEntry.of(clock.instant(), Actor.OWNER, Action.KEY_DESTROYED, ada.value(), club.id()));
        });
        assertThat(secret).doesNotExist();
        Files.write(secret, copy);
        refused(() -> likeness.people().known(ada), "destroyed on purpose");
        likeness.close();
        likeness = reopened();
        assertThat(secret).as("swept at opening").doesNotExist();
    }

    private Path secret(PersonId person) throws IOException {
        try (Stream<Path> files = Files.list(temp.resolve("data/keys"))) {
            return files.filter(file -> file.getFileName().toString().contains(person.toString()))
                    .findFirst()
                    .orElseThrow();
        }
    }

    @Test
    void r15_shredding_a_collection_closes_what_names_its_people_too() {
        PersonId ada = ada();
        likeness.vault().shred(club);
        refused(() -> likeness.people().known(ada), "destroyed on purpose");
    }

    @Test
    void a_household_names_people_and_is_asked_nothing() {
        Collection home = likeness.createCollection("home", Profile.HOUSEHOLD);
        PersonId ada = likeness.people().add(home.id(), ADA, Optional.empty()).id();
        assertThat(likeness.people().known(ada).details()).contains(ADA);
        assertThat(likeness.notices().notices(home.id())).isEmpty();
        refused(() -> answer(ada, Map.of(Choice.MYSELF, true)), "has no choice");
    }
}
