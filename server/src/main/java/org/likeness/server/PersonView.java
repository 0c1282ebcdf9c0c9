package org.likeness.server;

import java.util.List;
import java.util.Optional;
import org.likeness.core.consent.ConsentEvent;
import org.likeness.core.person.Details;
import org.likeness.core.person.Person;
import org.likeness.core.rights.ConsentDesk;
import org.likeness.core.rights.PeopleDesk;
import org.likeness.library.Likeness;

/// A person as those see them who may know the name. Immutable.
///
/// @param guardians who decide while the person is a minor
/// @param references how many photos they can be found by
public record PersonView(
        Person person,
        String name,
        String contact,
        List<ConsentDesk.Answer> answers,
        List<PeopleDesk.KnownGuardian> guardians,
        int references) {
    public PersonView {
        guardians = List.copyOf(guardians);
        answers = List.copyOf(answers);
    }

    static PersonView of(Likeness likeness, Person person) {
        PeopleDesk.Known known = likeness.people().known(person.id());
        Optional<Details> details = known.details();
        return new PersonView(
                person,
                details.flatMap(Details::name).orElse(""),
                details.flatMap(Details::contact).orElse(""),
                likeness.consents().answers(person.id()),
                known.guardians(),
                likeness.find().references().references(person.id()).size());
    }

    /// Whether somebody may find them, if there is something to find them by.
    public boolean isWilling() {
        return answers.stream().anyMatch(answer -> answer.standing().isGiven());
    }

    public boolean isFindable() {
        return isWilling() && references > 0;
    }

    /// Whether they can be found: the key of a text.
    public String state() {
        if (isFindable()) {
            return "people.findable";
        }
        if (person.state() == Person.State.SUSPENDED) {
            return "people.paused";
        }
        return isWilling() ? "people.willing" : "people.not-findable";
    }

    /// What names the guardian who gave an answer; empty where the person answered.
    ///
    /// @param unnamed what to say of one who has no name
    public Optional<String> givenBy(ConsentEvent event, String unnamed) {
        return event.guardian()
                .map(id -> guardians.stream()
                        .filter(each -> each.guardian().id().equals(id))
                        .findFirst()
                        .flatMap(PeopleDesk.KnownGuardian::details)
                        .flatMap(Details::name)
                        .orElse(unnamed));
    }

    /// Whether a guardian can be removed still: one who answered cannot.
    ///
    /// @param receipts of the answers that were given
    public boolean isRemovable(PeopleDesk.KnownGuardian guardian, List<PersonReceipt> receipts) {
        return receipts.stream()
                .flatMap(receipt -> receipt.answers().stream())
                .noneMatch(event -> event.guardian()
                        .filter(guardian.guardian().id()::equals)
                        .isPresent());
    }

    /// What the answer to a choice comes to now; empty where nobody answered it.
    ///
    /// @param word of the choice: `myself`, `staff`, `group:NAME`
    public Optional<ConsentDesk.Answer> answer(String word) {
        return answers.stream()
                .filter(each -> each.choice().word().equals(word))
                .findFirst();
    }

    /// Names are personal.
    @Override
    public String toString() {
        return "PersonView[" + person.id() + "]";
    }
}
