package org.likeness.index;

import org.likeness.core.template.Metric;

/// Tells from codes alone which rows might score as high as a cutoff. It may say yes in vain, never no in vain.
///
/// With probe q = q̂ + f and row x = x̂ + e, where hats are codes times scale ([Codes]):
/// - Euclidean, by the triangle inequality: ‖q - x‖ ≥ ‖q̂ - x̂‖ - ‖f‖ - ‖e‖. A row is out when
///   ‖q̂ - x̂‖² > (r + ‖f‖ + ‖e‖)², r being the greatest distance that still scores the cutoff.
/// - Cosine, by Cauchy-Schwarz: q·x = q̂·x̂ + f·x̂ + q·e ≤ q̂·x̂ + ‖f‖ ‖x̂‖ + ‖q‖ ‖e‖.
///
/// The dot product q̂·x̂ is exact in integers. What is rounded here or in [Metric#score] is covered by widening with
/// [#WIDER]. One thread at a time.
abstract sealed class Reach {
    /// Far above double rounding over any dimension in use (d · 1e-16), far below the errors of 8-bit codes.
    static final double WIDER = 1e-11;

    final Codes probe;

    private Reach(Codes probe) {
        this.probe = probe;
    }

    static Reach of(Metric metric, float[] probe) {
        Codes codes = Codes.of(probe);
        return switch (metric) {
            case EUCLIDEAN -> new Euclidean(codes);
            case COSINE -> new Cosine(codes, length(probe));
        };
    }

    /// Writes to `margins` a negative number for every row that cannot score `cutoff`.
    ///
    /// @param dots integer dot products of the probe's codes with the codes of the slab's rows from `first` on
    /// @param count how many
    abstract void margins(Slab slab, int first, int count, int[] dots, double cutoff, double[] margins);

    void erase() {
        probe.erase();
    }

    private static double length(float[] vector) {
        double squares = 0;
        for (float value : vector) {
            squares += (double) value * value;
        }
        return Math.sqrt(squares);
    }

    private static final class Euclidean extends Reach {
        private Euclidean(Codes probe) {
            super(probe);
        }

        @Override
        void margins(Slab slab, int first, int count, int[] dots, double cutoff, double[] margins) {
            double radius = 1 - cutoff;
            double near = radius + Math.abs(radius) * WIDER + WIDER + probe.error * (1 + WIDER);
            double squares = probe.length * probe.length * (1 - WIDER);
            double twice = 2.0 * probe.scale;
            double shorter = (1 - Slab.LENGTH_ROUNDING) * (1 - Slab.LENGTH_ROUNDING);
            float[] scales = slab.scales;
            float[] lengths = slab.lengths;
            float[] errors = slab.errors;
            for (int i = 0; i < count; i++) {
                double length = lengths[first + i];
                double distanceSquared =
                        squares + length * length * shorter - twice * scales[first + i] * (double) dots[i];
                double reach = Math.max(0, near + errors[first + i]);
                margins[i] = reach * reach - distanceSquared;
            }
        }
    }

    private static final class Cosine extends Reach {
        private final double probeLength;

        private Cosine(Codes probe, double probeLength) {
            super(probe);
            this.probeLength = probeLength;
        }

        @Override
        void margins(Slab slab, int first, int count, int[] dots, double cutoff, double[] margins) {
            // The score is clamped to [-1, 1], so every dot product reaches a cutoff of -1.
            double wanted = cutoff <= -1 ? Double.NEGATIVE_INFINITY : cutoff - WIDER;
            double perLength = (probe.error * (1 + WIDER) + probeLength * WIDER) * (1 + Slab.LENGTH_ROUNDING);
            double perError = probeLength * (1 + WIDER);
            double scale = probe.scale;
            float[] scales = slab.scales;
            float[] lengths = slab.lengths;
            float[] errors = slab.errors;
            for (int i = 0; i < count; i++) {
                double dot = scale * scales[first + i] * (double) dots[i];
                margins[i] = dot + perLength * lengths[first + i] + perError * errors[first + i] - wanted;
            }
        }
    }
}
