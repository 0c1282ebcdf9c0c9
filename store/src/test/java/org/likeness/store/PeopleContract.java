package org.likeness.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.likeness.core.LikenessException;
import org.likeness.core.audit.Actor;
import org.likeness.core.audit.AuditEntry;
import org.likeness.core.audit.StatementId;
import org.likeness.core.collection.CollectionId;
import org.likeness.core.collection.Profile;
import org.likeness.core.consent.Choice;
import org.likeness.core.consent.ConsentEvent;
import org.likeness.core.consent.ConsentEvent.Act;
import org.likeness.core.consent.ConsentEventId;
import org.likeness.core.consent.Method;
import org.likeness.core.consent.Notice;
import org.likeness.core.consent.Withdrawable;
import org.likeness.core.consent.WithdrawalCode;
import org.likeness.core.person.Details;
import org.likeness.core.person.Guardian;
import org.likeness.core.person.GuardianId;
import org.likeness.core.person.Person;
import org.likeness.core.person.PersonId;
import org.likeness.core.records.Records;

/// What the records hold and refuse about people, notices and answers; the rest is in [RecordsRulesContract].
abstract class PeopleContract extends RecordsRulesContract {
    private static final Details ADA =
            new Details(Optional.of("Ada Sönnichsen"), Optional.of("ada@mail.example"), Optional.of("de"));

    private Person added(CollectionId collection) {
        Person person = new Person(
                PersonId.next(),
                collection,
                Person.State.INVITED,
                Optional.of(LocalDate.parse("2030-02-28")),
                Samples.NOW);
        Samples.change(records, tx -> tx.people().add(person, ADA));
        return person;
    }

    private Notice published(CollectionId collection, int version) {
        Notice notice = new Notice(
                collection,
                version,
                version > 1,
                Samples.NOW,
                List.of(Notice.Text.of("en", "Faces."), Notice.Text.of("de", "Gesichter.")));
        Samples.change(records, tx -> tx.people().add(notice));
        return notice;
    }

    private static ConsentEvent event(Person person, Optional<GuardianId> guardian, Choice choice, Notice.Shown shown) {
        return new ConsentEvent(
                ConsentEventId.next(),
                person.collection(),
                person.id(),
                guardian,
                choice,
                Act.GIVEN,
                Optional.of(shown),
                0,
                Method.PAPER,
                Actor.OWNER,
                Samples.NOW,
                Optional.of(Samples.NOW.plusSeconds(9)));
    }

    @Test
    void people_guardians_notices_and_answers_come_back_as_they_were() {
        Samples.Home home = samples.home(records, "club", Profile.EVENT);
        Person person = added(home.id());
        Guardian guardian = new Guardian(GuardianId.next(), person.id(), Samples.NOW, Optional.empty());
        Notice notice = published(home.id(), 1);
        ConsentEvent first = event(person, Optional.empty(), Choice.group("team 1"), notice.shown(Optional.of("de")));
        ConsentEvent second = event(person, Optional.of(guardian.id()), Choice.MYSELF, notice.shown(Optional.of("en")));
        Withdrawable code = new Withdrawable(
                WithdrawalCode.next().sha256(), person.id(), Optional.of(guardian.id()), StatementId.next());
        Samples.change(records, tx -> {
            tx.people().add(guardian, ADA);
            tx.people().notified(guardian.id(), Samples.NOW);
            tx.people().add(first);
            tx.people().add(second);
            tx.people().add(code);
            tx.people().addOwnSearch(person.id(), Samples.NOW);
            tx.people().addOwnSearch(person.id(), Samples.NOW);
        });
        records.read(tx -> {
            assertThat(tx.people().people(home.id())).containsExactly(person);
            assertThat(tx.people().details(person.id())).contains(ADA);
            assertThat(tx.people().details(guardian.id())).contains(ADA);
            assertThat(tx.people().guardians(person.id()))
                    .containsExactly(new Guardian(guardian.id(), person.id(), Samples.NOW, Optional.of(Samples.NOW)));
            assertThat(tx.people().consentEvents(person.id())).containsExactly(first, second);
            assertThat(tx.people().currentNotice(home.id())).contains(notice);
            assertThat(tx.people().materialNoticeVersion(home.id())).isZero();
            assertThat(tx.people().withdrawable(code.codeSha256())).contains(code);
            assertThat(tx.people().ownSearches(person.id())).containsExactly(Samples.NOW);
            assertThat(tx.people().personalRows(person.id())).isEqualTo(4);
            return true;
        });
        published(home.id(), 2);
        assertThat(records.<Integer>read(tx -> tx.people().materialNoticeVersion(home.id())))
                .isEqualTo(2);
    }

    @Test
    void r21_answers_and_notices_never_change_and_name_a_text_that_was_published() throws Exception {
        Samples.Home home = samples.home(records, "club", Profile.EVENT);
        Person person = added(home.id());
        Notice notice = published(home.id(), 1);
        ConsentEvent answer = event(person, Optional.empty(), Choice.MYSELF, notice.shown(Optional.of("en")));
        Samples.change(records, tx -> tx.people().add(answer));
        for (String statement : List.of(
                "UPDATE consent_event SET act = 'REFUSED'",
                "UPDATE consent_event SET ends_at = NULL",
                "UPDATE consent_event SET notice_version = 2",
                "DELETE FROM consent_event",
                "UPDATE notice SET material = 1",
                "UPDATE notice_text SET text = 'something else'",
                "DELETE FROM notice_text",
                "DELETE FROM notice",
                "DELETE FROM person",
                "UPDATE person SET sealed = NULL",
                "UPDATE consent_event SET text_sha256 = '" + "ab".repeat(32) + "'")) {
            assertThatThrownBy(() -> raw(statement)).as(statement).isInstanceOf(SQLException.class);
        }
        Notice.Shown invented =
                new Notice.Shown(1, "en", notice.shown(Optional.of("de")).sha256());
        assertThatThrownBy(() -> Samples.change(
                        records, tx -> tx.people().add(event(person, Optional.empty(), Choice.STAFF, invented))))
                .isInstanceOf(LikenessException.class);
        assertThatThrownBy(() -> published(home.id(), 3)).isInstanceOf(LikenessException.class);
        assertThat(records.<List<ConsentEvent>>read(tx -> tx.people().consentEvents(person.id())))
                .containsExactly(answer);
    }

    @Test
    void r24_no_answer_comes_from_another_person_s_guardian_or_another_collection() {
        Samples.Home home = samples.home(records, "club", Profile.EVENT);
        Samples.Home other = samples.home(records, "other", Profile.EVENT);
        Person person = added(home.id());
        Person stranger = added(other.id());
        Notice notice = published(home.id(), 1);
        Guardian guardian = new Guardian(GuardianId.next(), stranger.id(), Samples.NOW, Optional.empty());
        Samples.change(records, tx -> tx.people().add(guardian, Details.NONE));
        Notice.Shown shown = notice.shown(Optional.of("en"));
        assertThatThrownBy(() -> Samples.change(
                        records,
                        tx -> tx.people().add(event(person, Optional.of(guardian.id()), Choice.MYSELF, shown))))
                .isInstanceOf(LikenessException.class);
        assertThatThrownBy(() -> Samples.change(
                        records, tx -> tx.people().add(event(stranger, Optional.empty(), Choice.MYSELF, shown))))
                .isInstanceOf(LikenessException.class);
    }

    @Test
    void r15_r33_who_is_forgotten_leaves_ids_and_answers_and_their_secret_never_comes_back() throws Exception {
        Samples.Home home = samples.home(records, "club", Profile.EVENT);
        Person person = added(home.id());
        Notice notice = published(home.id(), 1);
        Samples.change(
                records,
                tx -> tx.people().add(event(person, Optional.empty(), Choice.MYSELF, notice.shown(Optional.of("en")))));
        assertThatThrownBy(() -> Samples.change(records, tx -> tx.people().destroySecret(person.id())))
                .isInstanceOf(IllegalStateException.class);
        Samples.change(records, tx -> tx.people().forget(person.id()));
        Samples.change(records, tx -> tx.people().destroySecret(person.id()));
        records.read(tx -> {
            assertThat(tx.people().details(person.id())).isEmpty();
            assertThat(tx.people().personalRows(person.id())).isZero();
            assertThat(tx.people().hasSecret(person.id())).isFalse();
            assertThat(tx.people().consentEvents(person.id())).hasSize(1);
            return true;
        });
        assertThatThrownBy(() -> raw("UPDATE person SET state = 'INVITED'")).isInstanceOf(SQLException.class);
        long gone = records.change(tx -> new Records.Changed<>(
                tx.people().deleteForgotten(person.id()),
                AuditEntry.of(
                        Samples.NOW,
                        Actor.OWNER,
                        AuditEntry.Action.PERSON_CHANGED,
                        person.id().value())));
        assertThat(gone).isEqualTo(2);
        assertThatThrownBy(() -> Samples.change(records, tx -> tx.people().add(person, ADA)))
                .as("the secret of an id that was used")
                .isInstanceOf(LikenessException.class);
    }
}
