package org.likeness.server;

import java.util.List;
import org.likeness.core.person.Person;
import org.likeness.core.rights.ConsentDesk;

/// A person as those see them who may know the name. Immutable.
///
/// @param references how many photos they can be found by
public record PersonView(Person person, String name, String contact, List<ConsentDesk.Answer> answers, int references) {
    public PersonView {
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
