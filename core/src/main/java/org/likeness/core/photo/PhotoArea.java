package org.likeness.core.photo;

/// A part of the earth in which photos of a collection were taken: a square of [#DEGREES] degrees.
/// Immutable.
///
/// @param centre the mean of where its photos were taken
public record PhotoArea(Region region, Place centre, int photos) {
    /// How long its sides are: about as far as a town reaches.
    public static final double DEGREES = 0.25;

    /// The area with these numbers, counted from the south pole and the date line.
    public static PhotoArea at(int row, int column, Place centre, int photos) {
        double south = row * DEGREES - 90;
        double west = column * DEGREES - 180;
        return new PhotoArea(
                new Region(
                        new Place(south, west),
                        new Place(Math.min(south + DEGREES, 90), Math.min(west + DEGREES, 180))),
                centre,
                photos);
    }
}
