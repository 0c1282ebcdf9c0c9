package org.likeness.core.records;

import org.likeness.core.consent.Reference;
import org.likeness.core.consent.ReferenceId;
import org.likeness.core.person.PersonId;
import org.likeness.core.template.Template;

/// What can be changed about the references of people who may be found. As [WriteTransaction] says.
public interface ReferencesWriting extends ReferencesReading {
    /// Turns, seals and stores one.
    ///
    /// @param template as the model made it, or in the collection's space
    void add(Reference reference, Template template);

    /// Deletes one and says whether it was there.
    boolean remove(ReferenceId id);

    /// Deletes all of a person and says how many there were.
    long remove(PersonId person);
}
