package org.likeness.core.template;

/// What the rest of Likeness must know of a model pack. Immutable.
///
/// @param dimension length of its templates
public record ModelSpec(ModelId id, Metric metric, int dimension, Calibration calibration) {
    public ModelSpec {
        if (dimension < 1) {
            throw new IllegalArgumentException("dimension must be positive but is " + dimension);
        }
    }
}
