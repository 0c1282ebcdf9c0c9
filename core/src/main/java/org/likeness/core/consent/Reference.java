package org.likeness.core.consent;

import java.time.Instant;
import org.likeness.core.collection.CollectionId;
import org.likeness.core.person.PersonId;
import org.likeness.core.template.ModelId;

/// What is known of a template by which somebody who agreed is found, without the template. Immutable.
///
/// @param consent the yes it rests on
/// @param expiresAt set when it was made; never moves
public record Reference(
        ReferenceId id,
        CollectionId collection,
        PersonId person,
        ConsentEventId consent,
        ModelId model,
        Instant createdAt,
        Instant expiresAt) {
    public Reference {
        if (!expiresAt.isAfter(createdAt)) {
            throw new IllegalArgumentException("a reference must end after it was made");
        }
    }
}
