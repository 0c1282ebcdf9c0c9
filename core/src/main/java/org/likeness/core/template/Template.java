package org.likeness.core.template;

import java.util.Arrays;

/// A face's descriptor: a vector of one model, written in one [Space]. Immutable; never printed, never logged.
public final class Template {
    private final ModelId model;
    private final Space space;
    private final float[] values;

    /// As the model made it: in [Space#RAW].
    ///
    /// @param values copied; finite and not all zero
    /// @throws IllegalArgumentException when a value is not finite or all are zero
    public Template(ModelId model, float[] values) {
        this(model, Space.RAW, values);
    }

    /// @param values copied; finite and not all zero
    /// @throws IllegalArgumentException when a value is not finite or all are zero
    public Template(ModelId model, Space space, float[] values) {
        this.model = model;
        this.space = space;
        this.values = values.clone();
        double norm = 0;
        for (float value : this.values) {
            norm += (double) value * value;
        }
        if (!(norm > 0) || !Double.isFinite(norm)) {
            throw new IllegalArgumentException("template must be finite and not zero, model " + model);
        }
    }

    public ModelId model() {
        return model;
    }

    public Space space() {
        return space;
    }

    public int dimension() {
        return values.length;
    }

    /// A copy of the vector.
    public float[] values() {
        return values.clone();
    }

    /// The comparison score with another template of the same model and space.
    ///
    /// @throws IllegalArgumentException when the models or the spaces differ
    public double score(Template other, Metric metric) {
        if (!model.equals(other.model) || values.length != other.values.length) {
            throw new IllegalArgumentException(
                    "templates of different models must not be compared: " + model + " and " + other.model);
        }
        if (!space.equals(other.space)) {
            throw new IllegalArgumentException(
                    "templates of different spaces must not be compared: " + space + " and " + other.space);
        }
        return metric.score(values, other.values);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Template that
                && model.equals(that.model)
                && space.equals(that.space)
                && Arrays.equals(values, that.values);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * model.hashCode() + space.hashCode()) + Arrays.hashCode(values);
    }

    @Override
    public String toString() {
        return "Template[" + model + ", redacted]";
    }
}
