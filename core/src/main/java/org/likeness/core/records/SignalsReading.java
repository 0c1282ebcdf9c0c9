package org.likeness.core.records;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.likeness.core.audit.Actor;
import org.likeness.core.photo.Photo;
import org.likeness.core.photo.PhotoFilter;
import org.likeness.core.photo.PhotoId;
import org.likeness.core.photo.PhotoState;
import org.likeness.core.signal.Signal;
import org.likeness.core.source.GrantId;

/// What photos say of themselves, and what people decided about it. Reached by [ReadTransaction#signals].
public interface SignalsReading {
    /// A signal as it is kept with its photo.
    ///
    /// @param decision empty while it is only observed
    record Kept(Signal signal, Signal.State state, Instant seenAt, Optional<Decision> decision) {}

    /// Who decided about a signal, when, and for an overruled one on which grant.
    ///
    /// @param by a person's name: for the records only, never for the log
    record Decision(String by, Instant at, Optional<GrantId> grant) {
        @Override
        public String toString() {
            return "Decision[" + at + "]";
        }
    }

    /// @throws org.likeness.core.LikenessException NOT_FOUND when there is no such photo
    PhotoState state(PhotoId photo);

    /// The signals of a photo in the order they were seen.
    List<Kept> of(PhotoId photo);

    /// The photos that are meant, in the order they were imported, after the given one.
    List<Photo> photos(PhotoFilter filter, Optional<PhotoId> after, int limit);

    /// How many [#photos] would give in all.
    long count(PhotoFilter filter);

    /// Who imported a photo, by the log; empty when the log does not reach back that far any more.
    Optional<Actor> importedBy(PhotoId photo);
}
