package org.likeness.core.search;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.likeness.core.audit.Actor;
import org.likeness.core.collection.CollectionId;
import org.likeness.core.collection.Purpose;
import org.likeness.core.consent.Audience;
import org.likeness.core.person.PersonId;
import org.likeness.core.photo.Sha256;
import org.likeness.core.template.ModelId;

/// One use of the search, however it ended; what came back is in the [Search] of the same id. Immutable.
///
/// @param person who was searched for, where it was somebody
/// @param audience on whose behalf; there exactly when a person is
/// @param probe of the bytes of the photo that was searched with or that proved who asked; the photo is
///     forgotten
/// @param endedAt empty while it runs, and for ever when its process was killed
public record SearchAttempt(
        SearchId id,
        CollectionId collection,
        Purpose purpose,
        Optional<PersonId> person,
        Optional<Audience> audience,
        Actor actor,
        Optional<Sha256> probe,
        ModelId model,
        State state,
        Instant startedAt,
        Optional<Instant> endedAt) {
    /// How it ended.
    public enum State {
        /// Running, or cut off.
        OPEN,
        ANSWERED,
        /// No consent, no reference, or too many attempts.
        REFUSED,
        /// Somebody else's face was shown as the person's own.
        FLAGGED,
        /// It failed.
        ABORTED;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public SearchAttempt {
        if ((state == State.OPEN) != endedAt.isEmpty() || person.isPresent() != audience.isPresent()) {
            throw new IllegalArgumentException("an attempt has an end unless it is open, and an audience for a person");
        }
    }

    /// The same, ended.
    public SearchAttempt ended(State how, Instant at) {
        return new SearchAttempt(
                id, collection, purpose, person, audience, actor, probe, model, how, startedAt, Optional.of(at));
    }
}
