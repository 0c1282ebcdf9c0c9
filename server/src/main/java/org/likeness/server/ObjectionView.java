package org.likeness.server;

import java.util.Locale;
import java.util.Optional;
import org.likeness.core.photo.Box;
import org.likeness.core.photo.Photo;

/// What the page shows before an objection is taken: the place in the photo, and the way it was named.
/// Immutable.
///
/// @param face by its id; empty where a place was pointed at
/// @param x in fractions of the photo's width, as it was written
/// @param y in fractions of its height
/// @param region what will be blocked, in pixels
public record ObjectionView(
        String photo,
        int width,
        int height,
        Optional<String> face,
        Optional<String> x,
        Optional<String> y,
        Box region) {
    /// How much around the place is shown.
    private static final double TIMES = 3;

    static ObjectionView of(Photo photo, Optional<String> face, Optional<Double> x, Optional<Double> y, Box region) {
        return new ObjectionView(
                photo.id().toString(),
                photo.width(),
                photo.height(),
                face,
                x.map(Object::toString),
                y.map(Object::toString),
                region);
    }

    /// The part of the photo that is shown, as SVG writes it: a square within the picture, as far as it goes.
    public String part() {
        double side = Math.min(TIMES * Math.max(region.width(), region.height()), Math.min(width, height));
        double left = Math.clamp(region.x() + region.width() / 2 - side / 2, 0, width - side);
        double top = Math.clamp(region.y() + region.height() / 2 - side / 2, 0, height - side);
        return String.format(Locale.ROOT, "%.1f %.1f %.1f %.1f", left, top, side, side);
    }
}
