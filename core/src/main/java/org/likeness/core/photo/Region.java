package org.likeness.core.photo;

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
}
