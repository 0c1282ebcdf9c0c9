package org.likeness.server;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.likeness.core.audit.Statement;
import org.likeness.core.collection.CollectionId;
import org.likeness.core.consent.Choice;
import org.likeness.core.consent.Consent;
import org.likeness.core.consent.Method;
import org.likeness.core.consent.Standing;
import org.likeness.core.consent.WithdrawalCode;
import org.likeness.core.member.Right;
import org.likeness.core.person.Details;
import org.likeness.core.person.Person;
import org.likeness.core.person.PersonId;
import org.likeness.core.rights.ConsentDesk;
import org.likeness.core.rights.PeopleDesk;
import org.likeness.library.Likeness;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/// People who may be found, and what they answered. Every answer that shows names is recorded, with how
/// many it showed.
@RestController
@RequestMapping("/api/v1/collections/{collection}/people")
class PersonApi extends CollectionController {
    private final AccessAnswers answers;

    PersonApi(Likeness likeness, AccessAnswers answers) {
        super(likeness);
        this.answers = answers;
    }

    /// What the answers to one choice come to now.
    ///
    /// @param choice `myself`, `staff` or `group:NAME`
    /// @param why the reason of the state
    record AnswerState(String choice, Standing.State state, Standing.Reason why, Optional<Instant> endsAt) {
        static AnswerState of(ConsentDesk.Answer answer) {
            return new AnswerState(
                    answer.choice().word(),
                    answer.standing().state(),
                    answer.standing().reason(),
                    answer.consent().flatMap(Consent::endsAt));
        }
    }

    /// Somebody who decides for a minor.
    ///
    /// @param notifiedAt when they were told; until then nobody's yes counts for the minor
    record GuardianView(UUID id, Optional<String> name, Optional<String> contact, Optional<Instant> notifiedAt) {}

    /// Somebody who may be found, or was asked.
    ///
    /// @param majorityOn the first day on which this person decides alone
    /// @param references how many faces they are found by
    record PersonDetails(
            UUID id,
            Person.State state,
            Optional<String> name,
            Optional<String> contact,
            Optional<String> language,
            Optional<LocalDate> majorityOn,
            List<AnswerState> answers,
            List<GuardianView> guardians,
            int references) {}

    /// Somebody after a change. Names are told only where they are asked for, and that is recorded.
    record PersonChanged(UUID id, Person.State state) {
        static PersonChanged of(Person person) {
            return new PersonChanged(person.id().value(), person.state());
        }
    }

    /// Some people in the order they were added; `next` is the `after` to go on from, missing at the end.
    record PeoplePage(List<PersonDetails> people, Optional<UUID> next) {}

    /// Who somebody is; all of it may be missing.
    ///
    /// @param language BCP 47, such as `de`
    record NewPerson(
            Optional<String> name,
            Optional<String> contact,
            Optional<String> language,
            Optional<LocalDate> majorityOn) {
        Details details() {
            return new Details(filled(name), filled(contact), filled(language));
        }
    }

    /// Whether somebody is kept out of use because they asked for that.
    record Suspension(boolean suspended) {}

    /// A guardian to add.
    record NewGuardian(Optional<String> name, Optional<String> contact, Optional<String> language) {}

    /// What somebody answered.
    ///
    /// @param choices `myself`, `staff` or `group:NAME`, each with true for yes and false for no
    /// @param guardian who answered for a minor
    /// @param notice the version they were shown; missing: the current one
    /// @param language in which they were shown it
    /// @param endsAt when a yes ends at the latest
    record NewAnswers(
            Map<String, Boolean> choices,
            Method method,
            Optional<UUID> guardian,
            Optional<Integer> notice,
            Optional<String> language,
            Optional<Instant> endsAt) {}

    /// How somebody said that they take everything back.
    record NewWithdrawal(Method method, Optional<UUID> guardian) {}

    /// What was recorded.
    ///
    /// @param receipt the statement that proves it; missing when there was nothing to record
    /// @param code ends the consent by being shown; told once
    record RecordedAnswers(Optional<UUID> receipt, Optional<String> code, List<String> choices) {
        static RecordedAnswers of(ConsentDesk.Recorded recorded) {
            return new RecordedAnswers(
                    recorded.statement().map(statement -> statement.id().value()),
                    recorded.code().map(WithdrawalCode::text),
                    recorded.choices().stream().map(Choice::word).toList());
        }
    }

    private PersonDetails view(PersonId id) {
        PeopleDesk.Known known = likeness().people().known(id);
        return new PersonDetails(
                id.value(),
                known.person().state(),
                known.details().flatMap(Details::name),
                known.details().flatMap(Details::contact),
                known.details().flatMap(Details::language),
                known.person().majorityOn(),
                likeness().consents().answers(id).stream().map(AnswerState::of).toList(),
                known.guardians().stream().map(PersonApi::guardian).toList(),
                likeness().find().references().references(id).size());
    }

    private static GuardianView guardian(PeopleDesk.KnownGuardian known) {
        return new GuardianView(
                known.guardian().id().value(),
                known.details().flatMap(Details::name),
                known.details().flatMap(Details::contact),
                known.guardian().notifiedAt());
    }

    private PersonDetails shown(UUID collection, PersonId id) {
        theirs().people().shown(new CollectionId(collection), 1);
        return view(id);
    }

    /// Lists the people of a collection who are not forgotten.
    @GetMapping
    @Allowed(Right.SEE_PEOPLE)
    PeoplePage people(
            @PathVariable UUID collection,
            @RequestParam Optional<UUID> after,
            @RequestParam(defaultValue = "100") int limit) {
        CollectionId id = collection(collection).id();
        Keyset<UUID, Person> page = Keyset.of(
                likeness().people().people(id).stream()
                        .filter(person -> person.state() != Person.State.FORGOTTEN)
                        .toList(),
                person -> person.id().value(),
                after,
                limit);
        if (!page.some().isEmpty()) {
            theirs().people().shown(id, page.some().size());
        }
        return new PeoplePage(
                page.some().stream().map(person -> view(person.id())).toList(), page.next());
    }

    /// Adds somebody who may be asked.
    @PostMapping
    @Allowed(Right.MANAGE_PEOPLE)
    @ResponseStatus(HttpStatus.CREATED)
    PersonChanged addPerson(@PathVariable UUID collection, @RequestBody NewPerson wanted) {
        return PersonChanged.of(
                theirs().people().add(collection(collection).id(), wanted.details(), wanted.majorityOn()));
    }

    /// Shows who somebody is and what they answered.
    @GetMapping("/{person}")
    @Allowed(Right.SEE_PEOPLE)
    PersonDetails person(@PathVariable UUID collection, @PathVariable UUID person) {
        return shown(collection, known(collection, person).id());
    }

    /// Replaces who somebody is.
    @PutMapping("/{person}")
    @Allowed(Right.MANAGE_PEOPLE)
    PersonChanged changePerson(
            @PathVariable UUID collection, @PathVariable UUID person, @RequestBody NewPerson wanted) {
        Person known = known(collection, person);
        theirs().people().change(known.id(), wanted.details());
        if (!known.majorityOn().equals(wanted.majorityOn())) {
            theirs().people().change(known.id(), wanted.majorityOn());
        }
        return PersonChanged.of(likeness().people().person(known.id()));
    }

    /// Keeps somebody out of use, or ends that.
    @PutMapping("/{person}/suspension")
    @Allowed(Right.MANAGE_PEOPLE)
    PersonChanged suspendPerson(
            @PathVariable UUID collection, @PathVariable UUID person, @RequestBody Suspension wanted) {
        PersonId id = known(collection, person).id();
        if (wanted.suspended()) {
            theirs().people().suspend(id);
        } else {
            theirs().people().resume(id);
        }
        return PersonChanged.of(likeness().people().person(id));
    }

    /// Adds somebody who decides for a minor.
    @PostMapping("/{person}/guardians")
    @Allowed(Right.MANAGE_PEOPLE)
    @ResponseStatus(HttpStatus.CREATED)
    PersonChanged addGuardian(
            @PathVariable UUID collection, @PathVariable UUID person, @RequestBody NewGuardian wanted) {
        PersonId id = known(collection, person).id();
        theirs().people()
                .addGuardian(
                        id, new Details(filled(wanted.name()), filled(wanted.contact()), filled(wanted.language())));
        return PersonChanged.of(likeness().people().person(id));
    }

    /// Replaces who a guardian is.
    @PutMapping("/{person}/guardians/{guardian}")
    @Allowed(Right.MANAGE_PEOPLE)
    PersonChanged changeGuardian(
            @PathVariable UUID collection,
            @PathVariable UUID person,
            @PathVariable UUID guardian,
            @RequestBody NewGuardian wanted) {
        PersonId id = known(collection, person).id();
        theirs().people()
                .changeGuardian(
                        guardianOf(id, guardian),
                        new Details(filled(wanted.name()), filled(wanted.contact()), filled(wanted.language())));
        return PersonChanged.of(likeness().people().person(id));
    }

    /// Removes a guardian who answered nothing.
    @DeleteMapping("/{person}/guardians/{guardian}")
    @Allowed(Right.MANAGE_PEOPLE)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void removeGuardian(@PathVariable UUID collection, @PathVariable UUID person, @PathVariable UUID guardian) {
        theirs().people().removeGuardian(guardianOf(known(collection, person).id(), guardian));
    }

    /// Records that a guardian was told.
    @PostMapping("/{person}/guardians/{guardian}/notification")
    @Allowed(Right.MANAGE_PEOPLE)
    PersonChanged guardianNotified(
            @PathVariable UUID collection, @PathVariable UUID person, @PathVariable UUID guardian) {
        PersonId id = known(collection, person).id();
        theirs().people().notified(guardianOf(id, guardian));
        return PersonChanged.of(likeness().people().person(id));
    }

    /// Records what somebody answered, each choice by itself, and makes the receipt.
    @PostMapping("/{person}/answers")
    @Allowed(Right.RECORD_CONSENT)
    @ResponseStatus(HttpStatus.CREATED)
    RecordedAnswers answer(@PathVariable UUID collection, @PathVariable UUID person, @RequestBody NewAnswers wanted) {
        Map<Choice, Boolean> yes = new LinkedHashMap<>();
        wanted.choices().forEach((word, answer) -> yes.put(Choice.parse(word), answer));
        PersonId id = known(collection, person).id();
        return RecordedAnswers.of(theirs().consents()
                .record(new ConsentDesk.Answers(
                        id,
                        wanted.guardian().map(guardian -> guardianOf(id, guardian)),
                        yes,
                        wanted.method(),
                        wanted.notice(),
                        filled(wanted.language()),
                        wanted.endsAt())));
    }

    /// Records that somebody takes back every yes.
    @PostMapping("/{person}/withdrawals")
    @Allowed(Right.RECORD_CONSENT)
    @ResponseStatus(HttpStatus.CREATED)
    RecordedAnswers withdraw(
            @PathVariable UUID collection, @PathVariable UUID person, @RequestBody NewWithdrawal wanted) {
        PersonId id = known(collection, person).id();
        return RecordedAnswers.of(theirs().consents()
                .withdraw(id, wanted.guardian().map(guardian -> guardianOf(id, guardian)), wanted.method()));
    }

    /// Hands over everything that is held on somebody who asked, as a ZIP file, and records that.
    @PostMapping(path = "/{person}/access", produces = AccessAnswers.ZIP)
    @Allowed(Right.HANDLE_DEMANDS)
    void access(@PathVariable UUID collection, @PathVariable UUID person, HttpServletResponse response)
            throws IOException {
        answers.send(theirs(), known(collection, person).id(), response);
    }

    /// Lists the receipts of what somebody answered.
    @GetMapping("/{person}/receipts")
    @Allowed(Right.SEE_PEOPLE)
    List<ReceiptLine> personReceipts(@PathVariable UUID collection, @PathVariable UUID person) {
        return statements(collection, person).stream().map(ReceiptLine::of).toList();
    }

    private List<Statement> statements(UUID collection, UUID person) {
        return likeness()
                .demands()
                .statementsAbout(known(collection, person).id().value());
    }

    /// Hands out a receipt: it verifies offline, with `Verify.java` alone.
    @GetMapping(path = "/{person}/receipts/{statement}", produces = "application/json")
    @Allowed(Right.SEE_PEOPLE)
    String personReceipt(@PathVariable UUID collection, @PathVariable UUID person, @PathVariable UUID statement) {
        return receipt(statements(collection, person), statement);
    }
}
