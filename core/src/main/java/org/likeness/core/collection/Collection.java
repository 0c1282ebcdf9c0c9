package org.likeness.core.collection;

import java.time.Instant;
import org.likeness.core.LikenessException;
import org.likeness.core.template.ModelId;

/// Photos under one profile, one key and one model. Immutable.
///
/// @param name unique among collections, 1 to 100 characters, no control characters, no blank at either end
/// @param model the only model whose templates this collection may hold
public record Collection(CollectionId id, String name, Profile profile, ModelId model, Instant createdAt) {
    private static final int NAME_LENGTH_MAX = 100;

    /// @throws LikenessException BAD_INPUT when the name is not usable
    public Collection {
        if (name.isBlank()
                || !name.equals(name.strip())
                || name.length() > NAME_LENGTH_MAX
                || name.chars().anyMatch(Character::isISOControl)) {
            throw new LikenessException(
                            LikenessException.Kind.BAD_INPUT,
                            "collection name must be 1 to " + NAME_LENGTH_MAX
                                    + " characters without control characters or blanks at the ends"
                                    + "\nChoose a shorter, plain name.")
                    .called("collection.name", NAME_LENGTH_MAX);
        }
    }

    /// The same under another name.
    ///
    /// @throws LikenessException BAD_INPUT when the name is not usable
    public Collection called(String newName) {
        return new Collection(id, newName, profile, model, createdAt);
    }
}
