package org.likeness.core.photo;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import org.likeness.core.LikenessException;

/// A place in the order in which people look at photos, newest first. It stays valid whatever is
/// added or deleted.
/// Immutable.
public record TimelinePosition(LocalDateTime at, PhotoId id) {
    /// As it travels in an address.
    public String text() {
        return at + "_" + id;
    }

    /// @throws LikenessException BAD_INPUT when it is no position
    public static TimelinePosition parse(String text) {
        int cut = text.indexOf('_');
        try {
            if (cut > 0) {
                return new TimelinePosition(
                        LocalDateTime.parse(text.substring(0, cut)), PhotoId.parse(text.substring(cut + 1)));
            }
        } catch (DateTimeException | IllegalArgumentException _) {
            // said below
        }
        throw new LikenessException(
                        LikenessException.Kind.BAD_INPUT,
                        "this is no position of a photo\nTake the one that the answer before gave as next.")
                .called("page.gone");
    }
}
