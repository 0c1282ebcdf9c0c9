package org.likeness.core.template;

import java.util.Comparator;
import java.util.List;

/// What a model's comparison scores mean: the measured share of pairs of *different* people that reach a score
/// (the
/// false match rate, FMR, ISO/IEC 19795-1). Immutable.
///
/// Between measured points the rate is interpolated log-linearly. Beyond the last point the last slope is
/// continued;
/// tails of non-mated scores fall faster than that, so the true rate is lower, but nobody measured it: see
/// [#floor].
///
/// @param measuredOn the photo sets, in words
/// @param people how many people they show
/// @param comparisons how many non-mated pairs were compared
/// @param points at least two, sorted by score; rates strictly falling, within (0, 1)
public record Calibration(String measuredOn, int people, long comparisons, List<Point> points) {
    /// @param score comparison score
    /// @param fmr share of non-mated pairs at or above the score
    public record Point(double score, double fmr) {}

    /// @throws IllegalArgumentException when the points are too few or not monotone
    public Calibration {
        points =
                points.stream().sorted(Comparator.comparingDouble(Point::score)).toList();
        if (points.size() < 2) {
            throw new IllegalArgumentException("calibration needs at least two points but has " + points.size());
        }
        for (int i = 0; i < points.size(); i++) {
            Point point = points.get(i);
            if (!(point.fmr() > 0 && point.fmr() < 1) || !Double.isFinite(point.score())) {
                throw new IllegalArgumentException("calibration rate must be within (0, 1) but is " + point);
            }
            if (i > 0
                    && !(point.fmr() < points.get(i - 1).fmr()
                            && point.score() > points.get(i - 1).score())) {
                throw new IllegalArgumentException("calibration rates must fall as scores rise, at " + point);
            }
        }
    }

    /// The false match rate at a score, in (0, 1].
    public double falseMatchRate(double score) {
        int i = 1;
        while (i < points.size() - 1 && points.get(i).score() < score) {
            i++;
        }
        Point a = points.get(i - 1);
        Point b = points.get(i);
        double slope = (Math.log(b.fmr()) - Math.log(a.fmr())) / (b.score() - a.score());
        return Math.min(1, Math.exp(Math.log(a.fmr()) + slope * (score - a.score())));
    }

    /// The lowest score whose false match rate is at most this.
    ///
    /// @param fmr within (0, 1)
    public double scoreAt(double fmr) {
        int i = 1;
        while (i < points.size() - 1 && points.get(i).fmr() > fmr) {
            i++;
        }
        Point a = points.get(i - 1);
        Point b = points.get(i);
        double slope = (b.score() - a.score()) / (Math.log(b.fmr()) - Math.log(a.fmr()));
        return a.score() + slope * (Math.log(fmr) - Math.log(a.fmr()));
    }

    /// The smallest rate the measurement supports: with no false match in n pairs the rate is below 3/n with 95 %
    /// confidence (rule of three). Rates below are extrapolated and must be shown as such.
    public double floor() {
        return 3.0 / comparisons;
    }
}
