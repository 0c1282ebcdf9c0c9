package org.likeness.core.source;

import java.time.Instant;
import org.likeness.core.LikenessException;
import org.likeness.core.collection.CollectionId;

/// Where photos of one collection come from: a folder, an account export, a photographer. Immutable.
///
/// @param name unique in its collection, 1 to 200 characters
public record Source(SourceId id, CollectionId collection, String name, SourceState state, Instant createdAt) {
    private static final int NAME_LENGTH_MAX = 200;

    /// @throws LikenessException BAD_INPUT when the name is not usable
    public Source {
        if (name.isBlank() || name.length() > NAME_LENGTH_MAX) {
            throw new LikenessException(
                            LikenessException.Kind.BAD_INPUT,
                            "source name must be 1 to " + NAME_LENGTH_MAX
                                    + " characters\nName who or what the photos come from.")
                    .called("source.name", NAME_LENGTH_MAX);
        }
    }

    /// A source that has just been named.
    public Source(SourceId id, CollectionId collection, String name, Instant createdAt) {
        this(id, collection, name, SourceState.CLEARED, createdAt);
    }

    /// Personal data may stand in the name, so it is not printed.
    @Override
    public String toString() {
        return "Source[" + id + " " + state + "]";
    }
}
