package org.likeness.vision;

import java.util.List;
import org.likeness.core.photo.Point;

/// A turn, a uniform scale and a shift of the plane: `x' = a x - b y + tx`, `y' = b x + a y + ty`. Never a
/// reflection. Immutable.
record Similarity(double a, double b, double tx, double ty) {
    Similarity {
        if (!Double.isFinite(a + b + tx + ty) || (a == 0 && b == 0)) {
            throw new IllegalArgumentException("similarity must be finite and not collapse the plane");
        }
    }

    /// The similarity that takes `from` to `to` with the least sum of squared distances.
    ///
    /// S. Umeyama, "Least-squares estimation of transformation parameters between two point patterns", IEEE
    /// TPAMI
    /// 13(4),
    /// 1991, for two dimensions and rotations only: with points as complex numbers and both sets centred, the
    /// factor
    /// `a + ib` is the sum of `conj(from) * to` over the sum of `|from|^2`.
    ///
    /// @throws IllegalArgumentException when there are fewer than two points, or all of one set coincide
    static Similarity fit(List<Point> from, List<Point> to) {
        if (from.size() != to.size() || from.size() < 2) {
            throw new IllegalArgumentException(
                    "similarity needs two or more pairs of points but got " + from.size() + " and " + to.size());
        }
        Point f = mean(from);
        Point t = mean(to);
        double real = 0;
        double imaginary = 0;
        double spread = 0;
        for (int i = 0; i < from.size(); i++) {
            double fx = from.get(i).x() - f.x();
            double fy = from.get(i).y() - f.y();
            double px = to.get(i).x() - t.x();
            double py = to.get(i).y() - t.y();
            real += fx * px + fy * py;
            imaginary += fx * py - fy * px;
            spread += fx * fx + fy * fy;
        }
        double a = real / spread;
        double b = imaginary / spread;
        return new Similarity(a, b, t.x() - a * f.x() + b * f.y(), t.y() - b * f.x() - a * f.y());
    }

    private static Point mean(List<Point> points) {
        double x = 0;
        double y = 0;
        for (Point point : points) {
            x += point.x();
            y += point.y();
        }
        return new Point(x / points.size(), y / points.size());
    }

    /// An upright window: its output pixels are `scale` long, and its top left corner is at (`left`, `top`).
    static Similarity window(double left, double top, double scale) {
        return new Similarity(scale, 0, left, top);
    }

    Point apply(double x, double y) {
        return new Point(a * x - b * y + tx, b * x + a * y + ty);
    }

    Point apply(Point point) {
        return apply(point.x(), point.y());
    }

    /// How much longer lengths become.
    double scale() {
        return Math.hypot(a, b);
    }

    Similarity inverse() {
        double n = a * a + b * b;
        double ia = a / n;
        double ib = -b / n;
        return new Similarity(ia, ib, -ia * tx + ib * ty, -ib * tx - ia * ty);
    }

    /// First this, then `next`.
    Similarity then(Similarity next) {
        Point shift = next.apply(tx, ty);
        return new Similarity(next.a * a - next.b * b, next.b * a + next.a * b, shift.x(), shift.y());
    }
}
