package org.likeness.core.photo;

/// A place in an upright photo: pixels from the left and top edge; the centre of the first pixel is (0.5, 0.5).
public record Point(double x, double y) {}
