package org.likeness.bench;

import java.util.Comparator;
import java.util.HashSet;
import java.util.PriorityQueue;
import java.util.Set;

/// The truth: the reference score of every face. Slow on purpose. Immutable.
record DoubleScan(SyntheticFaces faces) {
    private record Scored(int row, double score) {}

    Set<Integer> best(float[] probe, int k) {
        var heap = new PriorityQueue<Scored>(Comparator.comparingDouble(Scored::score));
        for (int row = 0; row < faces.count; row++) {
            double score = 0;
            int from = row * probe.length;
            for (int i = 0; i < probe.length; i++) {
                score += (double) faces.vectors[from + i] * probe[i];
            }
            if (heap.size() < k || score > heap.element().score()) {
                heap.add(new Scored(row, score));
                if (heap.size() > k) {
                    heap.remove();
                }
            }
        }
        Set<Integer> rows = new HashSet<>();
        heap.forEach(scored -> rows.add(scored.row()));
        return rows;
    }
}
