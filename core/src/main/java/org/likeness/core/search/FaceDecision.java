package org.likeness.core.search;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.likeness.core.audit.Actor;
import org.likeness.core.collection.CollectionId;
import org.likeness.core.person.PersonId;
import org.likeness.core.photo.FaceId;

/// A human act on a face: this is, or is not, that person, or takes that back. Only ever added; of one
/// actor the last one counts. Immutable.
///
/// @param search that suggested it
public record FaceDecision(
        UUID id,
        CollectionId collection,
        FaceId face,
        PersonId person,
        Verdict verdict,
        Optional<SearchId> search,
        Actor actor,
        Instant at) {
    /// What was decided. Whoever is not sure decides nothing.
    public enum Verdict {
        IS,
        IS_NOT,
        /// What was said before is taken back: nothing is decided any more.
        OPEN;

        /// The verdict in the words of commands and pages: `is-not`.
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }
}
