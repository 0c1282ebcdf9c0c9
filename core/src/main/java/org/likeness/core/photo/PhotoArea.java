package org.likeness.core.photo;

/// A part of the earth in which photos of a collection were taken: a square of [#DEGREES] degrees.
/// Immutable.
///
/// @param centre the mean of where its photos were taken
public record PhotoArea(Region region, Place centre, int photos) {
    /// How long its sides are: about as far as a town reaches.
    public static final double DEGREES = 0.25;

    /// The area a place is in.
    public static Region of(Place place) {
        return region((int) ((place.latitude() + 90) / DEGREES), (int) ((place.longitude() + 180) / DEGREES));
    }

    private static Region region(int row, int column) {
        double south = row * DEGREES - 90;
        double west = column * DEGREES - 180;
        return new Region(
                new Place(south, west), new Place(Math.min(south + DEGREES, 90), Math.min(west + DEGREES, 180)));
    }

    /// The area with these numbers, counted from the south pole and the date line.
    public static PhotoArea at(int row, int column, Place centre, int photos) {
        return new PhotoArea(region(row, column), centre, photos);
    }
}
