package org.likeness.index;

import java.util.Arrays;
import java.util.Set;
import java.util.function.Predicate;
import org.likeness.core.photo.FaceId;
import org.likeness.core.template.Metric;

/// One search over [Rows], whose lock the caller holds: dot products of codes, then bounds, then exact scores of the
/// few rows whose bound reaches the cutoff. One thread, one search.
final class Scan {
    private final Rows rows;
    private final DotKernel kernel;
    private final Metric metric;
    private final float[] probe;
    private final Reach reach;
    private final TopHits hits;
    private final short[] probeCodes;
    private final float[] candidate;
    private final int[] dots;
    private final double[] margins;

    Scan(Rows rows, DotKernel kernel, Metric metric, float[] probe, Reach reach, TopHits hits) {
        this.rows = rows;
        this.kernel = kernel;
        this.metric = metric;
        this.probe = probe;
        this.reach = reach;
        this.hits = hits;
        this.probeCodes = Arrays.copyOf(reach.probe.values, rows.stride());
        this.candidate = new float[rows.dimension()];
        this.dots = new int[rows.slabRows()];
        this.margins = new double[rows.slabRows()];
    }

    /// Scans all rows; asks `mayReturn` only about candidates.
    void everyRow(Predicate<FaceId> mayReturn) {
        for (int row = 0; row < rows.size(); row += rows.slabRows()) {
            Slab slab = rows.slab(row);
            int count = Math.min(rows.slabRows(), rows.size() - row);
            kernel.dots(slab.codes, rows.stride(), 0, count, probeCodes, dots);
            double cutoff = hits.cutoff();
            reach.margins(slab, 0, count, dots, cutoff, margins);
            for (int at = 0; at < count; at++) {
                if (margins[at] < 0) { // written so that NaN, from overflow, makes a candidate
                    continue;
                }
                if (hits.cutoff() > cutoff) { // risen since: fewer of the remaining rows need scoring
                    cutoff = hits.cutoff();
                    reach.margins(slab, 0, count, dots, cutoff, margins);
                    if (margins[at] < 0) {
                        continue;
                    }
                }
                if (mayReturn.test(slab.face(at))) {
                    score(slab, at, row + at);
                }
            }
        }
    }

    /// Looks up each face; those the index does not hold are passed over.
    void listed(Set<FaceId> faces) {
        for (FaceId face : faces) {
            int row = rows.find(face);
            if (row == RowMap.NONE) {
                continue;
            }
            Slab slab = rows.slab(row);
            int at = rows.at(row);
            kernel.dots(slab.codes, rows.stride(), at, 1, probeCodes, dots);
            reach.margins(slab, at, 1, dots, hits.cutoff(), margins);
            if (!(margins[0] < 0)) {
                score(slab, at, row);
            }
        }
    }

    void erase() {
        Arrays.fill(probeCodes, (short) 0);
        Arrays.fill(candidate, 0);
    }

    private void score(Slab slab, int at, int row) {
        slab.vector(at, candidate);
        hits.offer(row, metric.score(probe, candidate));
    }
}
