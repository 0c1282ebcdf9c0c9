package org.likeness.models;

/// How far our networks may be from the reference, as the largest absolute difference of any element.
///
/// Both compute in 32-bit floats, in another order. [#PARITY] is three to ten times what was measured
/// (3.4e-6, 3e-7, 7.4e-5 and 1.9e-5 in the order below).
///
/// @param descriptor elements of a descriptor, which reach 0.4
/// @param points coordinates of landmarks, as fractions of the input square
/// @param boxes edges of boxes, as fractions of the input square
/// @param scores scores in [0, 1]
record Tolerances(float descriptor, float points, float boxes, float scores) {
    static final Tolerances PARITY = new Tolerances(2e-5f, 4e-6f, 2e-4f, 2e-4f);
}
