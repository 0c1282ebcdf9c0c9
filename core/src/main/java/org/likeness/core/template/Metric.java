package org.likeness.core.template;

/// How a model's templates are compared. A comparison score is a similarity: higher is more alike, 1 is the same
/// vector.
public enum Metric {
    /// Score = 1 - Euclidean distance. Vector lengths carry information and are kept.
    EUCLIDEAN {
        @Override
        public double score(float[] a, float[] b) {
            double sum = 0;
            for (int i = 0; i < a.length; i++) {
                double d = (double) a[i] - b[i];
                sum += d * d;
            }
            return 1 - Math.sqrt(sum);
        }
    },
    /// Score = cosine of the angle. Templates are stored at unit length.
    COSINE {
        @Override
        public double score(float[] a, float[] b) {
            double dot = 0;
            for (int i = 0; i < a.length; i++) {
                dot += (double) a[i] * b[i];
            }
            return Math.clamp(dot, -1.0, 1.0);
        }
    };

    /// The reference computation, in double precision; every index must agree with it.
    public abstract double score(float[] a, float[] b);
}
