package org.likeness.core.records;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.likeness.core.collection.CollectionId;
import org.likeness.core.consent.Reference;
import org.likeness.core.consent.ReferenceId;
import org.likeness.core.person.PersonId;
import org.likeness.core.template.Template;

/// What can be asked about the references of people who may be found. As [ReadTransaction] says.
public interface ReferencesReading {
    Optional<Reference> reference(ReferenceId id);

    /// A person's, in the order they were added, those whose term is over among them.
    List<Reference> of(PersonId person);

    /// All of a collection, in the order they were added.
    List<Reference> of(CollectionId collection);

    /// Opens a person's references whose term is not over. All come in the collection's present space.
    ///
    /// @throws org.likeness.core.LikenessException UNAVAILABLE when the person's secret is not there;
    ///     CORRUPT when one was altered or moved
    List<Template> templates(PersonId person, Instant now);
}
