package org.likeness.core.photo;

import java.util.stream.Stream;
import org.likeness.core.LikenessException;

/// A part of the earth between two parallels and two meridians; its edges are in. Immutable.
///
/// @param southWest its lower left corner
/// @param northEast its upper right corner; where its longitude is the smaller one, the region crosses
///     the date line
public record Region(Place southWest, Place northEast) {
    public Region {
        if (southWest.latitude() > northEast.latitude()) {
            throw new IllegalArgumentException("the first corner of a region must be the southern one");
        }
    }

    public boolean crossesDateLine() {
        return southWest.longitude() > northEast.longitude();
    }

    public boolean contains(Place place) {
        boolean fromWest = place.longitude() >= southWest.longitude();
        boolean toEast = place.longitude() <= northEast.longitude();
        return place.latitude() >= southWest.latitude()
                && place.latitude() <= northEast.latitude()
                && (crossesDateLine() ? fromWest || toEast : fromWest && toEast);
    }

    /// As `south,west,north,east` in degrees; see [#parse].
    public String text() {
        return southWest.latitude() + "," + southWest.longitude() + "," + northEast.latitude() + ","
                + northEast.longitude();
    }

    /// @throws LikenessException BAD_INPUT when it is not four numbers of degrees, south before north
    public static Region parse(String text) {
        try {
            double[] degrees = Stream.of(text.split(",", -1))
                    .map(String::strip)
                    .mapToDouble(Double::parseDouble)
                    .toArray();
            if (degrees.length == 4) {
                return new Region(new Place(degrees[0], degrees[1]), new Place(degrees[2], degrees[3]));
            }
        } catch (IllegalArgumentException _) {
            // said below, without the place
        }
        throw new LikenessException(
                        LikenessException.Kind.BAD_INPUT,
                        "a region must be written as south,west,north,east in degrees"
                                + "\nWrite it as 48,11.5,48.25,11.75.")
                .called("region.form");
    }
}
