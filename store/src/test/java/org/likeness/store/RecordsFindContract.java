package org.likeness.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.time.Instant;
import java.time.Period;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.likeness.core.LikenessException;
import org.likeness.core.audit.Actor;
import org.likeness.core.collection.Assessment;
import org.likeness.core.collection.Basis;
import org.likeness.core.collection.LawfulBasis;
import org.likeness.core.collection.Profile;
import org.likeness.core.collection.Purpose;
import org.likeness.core.collection.Retention;
import org.likeness.core.collection.SpecialCondition;
import org.likeness.core.consent.Audience;
import org.likeness.core.consent.Choice;
import org.likeness.core.consent.ConsentEvent;
import org.likeness.core.consent.ConsentEventId;
import org.likeness.core.consent.Method;
import org.likeness.core.consent.Notice;
import org.likeness.core.consent.Reference;
import org.likeness.core.consent.ReferenceId;
import org.likeness.core.person.Details;
import org.likeness.core.person.Person;
import org.likeness.core.person.PersonId;
import org.likeness.core.photo.Face;
import org.likeness.core.photo.Sha256;
import org.likeness.core.search.FaceDecision;
import org.likeness.core.search.FaceDecision.Verdict;
import org.likeness.core.search.SearchAttempt;
import org.likeness.core.search.SearchId;
import org.likeness.core.template.Template;

/// What the records do for whom may be found: bases, references, the record of searches and decisions.
abstract class RecordsFindContract extends RecordsContract {
    private static Basis basis(Samples.Home home, int version) {
        return new Basis(
                home.id(),
                version,
                version > 1,
                Samples.NOW,
                "Vereïn «Beispiel»",
                LawfulBasis.LEGITIMATE_INTERESTS,
                SpecialCondition.EXPLICIT_CONSENT,
                EnumSet.of(Purpose.FIND_MYSELF, Purpose.FIND_CONSENTING),
                new Retention(
                        Period.of(1, 2, 3),
                        Period.ofDays(90),
                        Period.ofMonths(7),
                        version > 1 ? Optional.of(Samples.NOW.plusSeconds(9)) : Optional.empty()),
                1,
                "By date.",
                new Assessment(Assessment.Decision.NOT_NEEDED, "Few photos."));
    }

    private Samples.Home event(String name) {
        Samples.Home home = samples.home(records, name, Profile.EVENT);
        Samples.change(
                records,
                tx -> tx.people()
                        .add(new Notice(home.id(), 1, true, Samples.NOW, List.of(Notice.Text.of("en", "We look.")))));
        return home;
    }

    private Person person(Samples.Home home) {
        Person person = new Person(PersonId.next(), home.id(), Person.State.ENROLLED, Optional.empty(), Samples.NOW);
        Samples.change(records, tx -> tx.people().add(person, Details.NONE));
        return person;
    }

    private ConsentEvent yes(Person person) {
        ConsentEvent event = new ConsentEvent(
                ConsentEventId.next(),
                person.collection(),
                person.id(),
                Optional.empty(),
                Choice.MYSELF,
                ConsentEvent.Act.GIVEN,
                Optional.of(Notice.Text.of("en", "We look."))
                        .map(text -> new Notice.Shown(1, text.language(), text.sha256())),
                1,
                Method.PAGE,
                Actor.OWNER,
                Samples.NOW,
                Optional.empty());
        Samples.change(records, tx -> tx.people().add(event));
        return event;
    }

    private static Reference reference(Person person, ConsentEvent yes) {
        return new Reference(
                ReferenceId.next(),
                person.collection(),
                person.id(),
                yes.id(),
                Samples.MODEL,
                Samples.NOW,
                Samples.NOW.plusSeconds(60));
    }

    @Test
    void gives_back_bases_as_they_were_added_and_lets_nobody_change_one() throws Exception {
        Samples.Home home = event("event");
        Basis first = basis(home, 1);
        Basis second = basis(home, 2);
        assertThatThrownBy(() -> Samples.change(records, tx -> tx.basis().add(second)))
                .isInstanceOf(LikenessException.class); // not the next
        Samples.change(records, tx -> tx.basis().add(first));
        assertThat(records.<Integer>read(tx -> tx.basis().materialVersion(home.id())))
                .isZero();
        Samples.change(records, tx -> tx.basis().add(second));
        assertThat(records.<List<Basis>>read(tx -> tx.basis().versions(home.id())))
                .containsExactly(first, second);
        assertThat(records.<Optional<Basis>>read(tx -> tx.basis().inForce(home.id())))
                .contains(second);
        assertThat(records.<Integer>read(tx -> tx.basis().materialVersion(home.id())))
                .isEqualTo(2);
        samples.storedFace(records, home);
        assertThatThrownBy(() -> raw("UPDATE basis SET controller = 'x'")).isInstanceOf(SQLException.class);
        assertThatThrownBy(() -> raw("DELETE FROM basis")).isInstanceOf(SQLException.class);
        Samples.Home other = samples.home(records, "other", Profile.EVENT);
        fails(
                LikenessException.Kind.BAD_INPUT,
                () -> Samples.change(records, tx -> tx.basis().add(basis(other, 1))));
    }

    @Test
    void a_reference_needs_consent_and_a_basis_and_opens_for_its_person_only() throws Exception {
        Samples.Home home = event("event");
        Person person = person(home);
        Person other = person(home);
        ConsentEvent yes = yes(person);
        Reference reference = reference(person, yes);
        Template template = samples.template();
        assertThatThrownBy(() -> Samples.change(records, tx -> tx.references().add(reference, template)))
                .isInstanceOf(LikenessException.class); // no basis
        Samples.change(records, tx -> tx.basis().add(basis(home, 1)));
        assertThatThrownBy(() -> Samples.change(records, tx -> tx.references().add(reference(other, yes), template)))
                .isInstanceOf(LikenessException.class); // another's consent
        Samples.change(records, tx -> tx.references().add(reference, template));
        assertThat(records.<List<Reference>>read(tx -> tx.references().of(person.id())))
                .containsExactly(reference);
        assertThat(records.<List<Reference>>read(tx -> tx.references().of(home.id())))
                .containsExactly(reference);
        Template keyed = Samples.keyed(records, home.id(), template);
        assertThat(opened(person, Samples.NOW)).containsExactly(keyed);
        assertThat(opened(person, reference.expiresAt())).isEmpty();
        assertThatThrownBy(() -> raw("UPDATE person_reference SET expires_at = expires_at + 1"))
                .isInstanceOf(SQLException.class);
        assertThatThrownBy(() -> raw("UPDATE person_reference SET person = ?", other.id()))
                .isInstanceOf(SQLException.class);

        Samples.change(records, tx -> tx.vault().addKey(home.id()));
        assertThat(records.<Long>read(tx -> tx.vault().templatesBehind(home.id())))
                .isEqualTo(1);
        Samples.change(
                records, tx -> assertThat(tx.vault().reseal(home.id(), 10)).isPositive());
        assertThat(records.<Long>read(tx -> tx.vault().templatesBehind(home.id())))
                .isZero();
        Template moved = Samples.keyed(records, home.id(), template);
        assertThat(opened(person, Samples.NOW).getFirst().space()).isEqualTo(moved.space());
        raw("UPDATE person_reference SET nonce = ?", new byte[12]);
        fails(LikenessException.Kind.CORRUPT, () -> opened(person, Samples.NOW));

        Samples.change(records, tx -> tx.people().forget(person.id()));
        assertThat(records.<List<Reference>>read(tx -> tx.references().of(home.id())))
                .isEmpty();
    }

    private List<Template> opened(Person person, Instant now) {
        return records.read(tx -> tx.references().templates(person.id(), now));
    }

    @Test
    void a_search_is_recorded_once_and_ends_once() {
        Samples.Home home = event("event");
        Person person = person(home);
        SearchAttempt open = new SearchAttempt(
                SearchId.next(),
                home.id(),
                Purpose.FIND_CONSENTING,
                Optional.of(person.id()),
                Optional.of(new Audience.Group("Klasse 3b")),
                Actor.OWNER,
                Optional.of(Sha256.of(new byte[32])),
                Samples.MODEL,
                SearchAttempt.State.OPEN,
                Samples.NOW,
                Optional.empty());
        Samples.change(records, tx -> tx.searches().add(open));
        assertThat(records.<Optional<SearchAttempt>>read(tx -> tx.searches().attempt(open.id())))
                .contains(open);
        assertThat(records.<Long>read(tx -> tx.searches().ownAttempts(person.id(), Instant.EPOCH)))
                .isZero();
        Instant end = Samples.NOW.plusSeconds(1);
        Samples.change(records, tx -> tx.searches().end(open.id(), SearchAttempt.State.ANSWERED, end));
        Samples.change(records, tx -> tx.searches().end(open.id(), SearchAttempt.State.ABORTED, end));
        assertThat(records.<List<SearchAttempt>>read(tx -> tx.searches().attempts(person.id(), 10)))
                .containsExactly(open.ended(SearchAttempt.State.ANSWERED, end));
        assertThatThrownBy(() -> raw("UPDATE search_attempt SET state = 'ABORTED'"))
                .isInstanceOf(SQLException.class);
    }

    @Test
    void the_last_decision_on_a_face_and_a_person_counts() {
        Samples.Home home = samples.home(records, "ours", Profile.HOUSEHOLD);
        Person anna = person(home);
        Person ben = person(home);
        Face face = samples.storedFace(records, home);
        Face other = samples.storedFace(records, home);
        assertThat(notThem(anna, face, other)).isEmpty();
        decide(home, face, anna, Verdict.IS_NOT);
        assertThat(notThem(anna, face, other)).containsExactly(face.id());
        assertThat(notThem(ben, face, other)).isEmpty();
        decide(home, face, anna, Verdict.IS);
        assertThat(notThem(anna, face, other)).isEmpty();
        assertThat(notThem(ben, face, other)).containsExactly(face.id()); // it is anna
        decide(home, face, ben, Verdict.IS);
        assertThat(notThem(ben, face, other)).isEmpty();
        decide(home, other, ben, Verdict.IS_NOT);
        decide(home, other, ben, Verdict.OPEN);
        assertThat(notThem(ben, face, other)).isEmpty(); // taken back
        decide(home, other, anna, Verdict.IS);
        decide(home, other, anna, Verdict.OPEN);
        assertThat(notThem(ben, face, other)).isEmpty();
        assertThat(records.<List<FaceDecision>>read(tx -> tx.decisions().decisions(face.id())))
                .hasSize(3);
        assertThatThrownBy(() -> raw("UPDATE face_decision SET verdict = 'IS'")).isInstanceOf(SQLException.class);
    }

    private java.util.Set<org.likeness.core.photo.FaceId> notThem(Person person, Face... faces) {
        return records.read(tx -> org.likeness.core.search.Verdicts.notThem(
                Profile.HOUSEHOLD,
                person.id(),
                tx.decisions().decisions(List.of(faces).stream().map(Face::id).toList())));
    }

    private void decide(Samples.Home home, Face face, Person person, Verdict verdict) {
        FaceDecision decision = new FaceDecision(
                UUID.randomUUID(),
                home.id(),
                face.id(),
                person.id(),
                verdict,
                Optional.empty(),
                Actor.OWNER,
                Samples.NOW);
        Samples.change(records, tx -> tx.decisions().add(decision));
    }
}
