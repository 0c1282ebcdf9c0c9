package org.likeness.vision;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.likeness.core.template.Metric;
import org.likeness.core.template.Template;

/// The scores of every pair within a set of labelled templates. Terms: ISO/IEC 19795-1.
final class Comparisons {
    private final double[] mated;
    private final double[] nonMated;
    private final int people;

    /// A template and whose it is.
    record Sample(String person, Template template) {}

    private Comparisons(double[] mated, double[] nonMated, int people) {
        this.mated = mated;
        this.nonMated = nonMated;
        this.people = people;
    }

    static Comparisons of(List<Sample> samples, Metric metric) {
        var mated = new ArrayList<Double>();
        var nonMated = new ArrayList<Double>();
        for (int i = 0; i < samples.size(); i++) {
            for (int j = 0; j < i; j++) {
                Sample a = samples.get(i);
                Sample b = samples.get(j);
                double score = a.template().score(b.template(), metric);
                (a.person().equals(b.person()) ? mated : nonMated).add(score);
            }
        }
        int people = (int) samples.stream().map(Sample::person).distinct().count();
        return new Comparisons(sorted(mated), sorted(nonMated), people);
    }

    private static double[] sorted(List<Double> scores) {
        return scores.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    }

    /// Pairs of both sets; none across.
    Comparisons and(Comparisons other) {
        return new Comparisons(merged(mated, other.mated), merged(nonMated, other.nonMated), people + other.people);
    }

    private static double[] merged(double[] a, double[] b) {
        double[] all = Arrays.copyOf(a, a.length + b.length);
        System.arraycopy(b, 0, all, a.length, b.length);
        Arrays.sort(all);
        return all;
    }

    int people() {
        return people;
    }

    int matedCount() {
        return mated.length;
    }

    int nonMatedCount() {
        return nonMated.length;
    }

    double matedMin() {
        return mated[0];
    }

    double nonMatedMax() {
        return nonMated[nonMated.length - 1];
    }

    /// The score that the share `fmr` of non-mated pairs reaches.
    double scoreAt(double fmr) {
        int above = (int) Math.max(1, Math.round(fmr * nonMated.length));
        return nonMated[nonMated.length - above];
    }

    /// The share of non-mated pairs at or above a score.
    double fmr(double score) {
        return Arrays.stream(nonMated).filter(s -> s >= score).count() / (double) nonMated.length;
    }

    /// The share of mated pairs below a score.
    double fnmr(double score) {
        return Arrays.stream(mated).filter(s -> s < score).count() / (double) mated.length;
    }
}
