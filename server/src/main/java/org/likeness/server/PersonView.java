package org.likeness.server;

import java.util.List;
import org.likeness.core.person.Person;
import org.likeness.core.rights.ConsentDesk;
import org.likeness.core.rights.PeopleDesk;

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

    public boolean isFindable() {
        return answers.stream().anyMatch(answer -> answer.standing().isGiven());
    }

    /// Names are personal.
    @Override
    public String toString() {
        return "PersonView[" + person.id() + "]";
    }
}
