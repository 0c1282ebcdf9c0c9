package org.likeness.core.photo;

import java.util.Optional;

/// What a camera wrote into a photo's file about itself and how it took the photo. What it did not say
/// is empty. Read from the file when asked for and kept nowhere. Immutable.
///
/// @param camera maker and model
/// @param exposureSeconds how long the shutter was open
/// @param aperture the f-number
/// @param focalLengthMm of the lens, as it is
public record CameraNotes(
        Optional<String> camera,
        Optional<String> lens,
        Optional<Double> exposureSeconds,
        Optional<Double> aperture,
        Optional<Integer> iso,
        Optional<Double> focalLengthMm,
        Optional<Place> place) {
    public static final CameraNotes NONE = new CameraNotes(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());

    /// A camera may be named after its owner, so nothing is printed.
    @Override
    public String toString() {
        return "CameraNotes";
    }
}
