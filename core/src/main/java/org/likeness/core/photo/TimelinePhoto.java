package org.likeness.core.photo;

import java.time.LocalDateTime;

/// What a page of small pictures needs of a photo. Immutable.
///
/// @param width pixels, upright
/// @param height pixels, upright
/// @param at when it was taken by the camera's clock, or else when it was imported (UTC)
/// @param dated whether it says when it was taken
public record TimelinePhoto(PhotoId id, int width, int height, LocalDateTime at, boolean dated) {
    /// Where it stands in the order of all.
    public TimelinePosition position() {
        return new TimelinePosition(at, id);
    }
}
