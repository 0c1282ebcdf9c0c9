package org.likeness.vision;

import org.likeness.core.template.ModelId;
import org.likeness.core.template.Template;

/// Aligned crops to templates. The same crop always gives the same bits: pictures are never batched with those
/// of other faces, because the order of additions inside the runtime depends on the batch. (It would not be
/// faster either: two runs and a batch of two were measured to take the same time.) Thread-safe as its network
/// is.
final class Embedder {
    private final Net net;
    private final PackDescription.Embedder description;
    private final ModelId model;

    Embedder(Net net, PackDescription.Embedder description, ModelId model) {
        this.net = net;
        this.description = description;
        this.model = model;
        net.requireInput(width(), height());
        net.requireOneOutput(description.dimension());
    }

    int width() {
        return description.alignment().width();
    }

    int height() {
        return description.alignment().height();
    }

    /// The template of a crop: where the pack says so the mean of the crop's and its mirror image's vector, and
    /// of length 1.
    ///
    /// @throws org.likeness.core.LikenessException BAD_INPUT when the network's output does not fit the pack
    Template embed(Picture crop) {
        float[] values = vector(crop);
        if (description.mirror()) {
            float[] mirrored = vector(Warp.mirror(crop));
            for (int i = 0; i < values.length; i++) {
                values[i] = (values[i] + mirrored[i]) / 2;
            }
        }
        if (description.unit()) {
            double norm = 0;
            for (float value : values) {
                norm += (double) value * value;
            }
            norm = Math.sqrt(norm);
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) (values[i] / norm);
            }
        }
        try {
            return new Template(model, values);
        } catch (IllegalArgumentException e) { // all zero or not finite: no face gives that
            throw Net.wrong(net.file(), "output", "all zero or not finite", "a vector with a direction");
        }
    }

    private float[] vector(Picture crop) {
        int w = width();
        int h = height();
        float[] values = net.run(1, w, h, out -> description.pixels().write(crop, out, 0, w, h))
                .getFirst()
                .values();
        if (values.length != description.dimension()) {
            throw Net.wrong(net.file(), "output", values.length + " values", description.dimension() + " values");
        }
        return values;
    }
}
