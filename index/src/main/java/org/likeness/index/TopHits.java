package org.likeness.index;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.likeness.core.template.TemplateIndex.Hit;

/// The best rows seen so far, at most `limit`: a binary heap with the worst on top. One thread, one search.
final class TopHits {
    private final Rows rows;
    private final double scoreMin;
    private final int limit;
    private double[] scores;
    private int[] places;
    private int size;

    TopHits(Rows rows, double scoreMin, int limit) {
        this.rows = rows;
        this.scoreMin = scoreMin;
        this.limit = limit;
        int room = Math.min(limit, 64);
        scores = new double[room];
        places = new int[room];
    }

    /// Rows scoring less than this will not be taken. Never falls.
    double cutoff() {
        return size == limit ? scores[0] : scoreMin;
    }

    void offer(int row, double score) {
        if (score < scoreMin) {
            return;
        }
        if (size < limit) {
            if (size == scores.length) {
                int room = (int) Math.min(limit, scores.length * 2L);
                scores = Arrays.copyOf(scores, room);
                places = Arrays.copyOf(places, room);
            }
            up(size++, row, score);
        } else if (better(row, score, places[0], scores[0])) {
            down(row, score);
        }
    }

    /// Empties the heap. Equal scores by face id.
    List<Hit> bestFirst() {
        List<Hit> hits = new ArrayList<>(size);
        while (size > 0) {
            hits.add(new Hit(rows.face(places[0]), scores[0]));
            size--;
            if (size > 0) {
                down(places[size], scores[size]);
            }
        }
        Collections.reverse(hits);
        return List.copyOf(hits);
    }

    private boolean better(int row, double score, int otherRow, double otherScore) {
        return score > otherScore || (score == otherScore && rows.compareIds(row, otherRow) < 0);
    }

    private void up(int from, int row, double score) {
        int at = from;
        while (at > 0) {
            int parent = (at - 1) >>> 1;
            if (!better(places[parent], scores[parent], row, score)) {
                break;
            }
            set(at, places[parent], scores[parent]);
            at = parent;
        }
        set(at, row, score);
    }

    /// Puts a hit in place of the top one.
    private void down(int row, double score) {
        int at = 0;
        while (at * 2L + 1 < size) {
            int child = at * 2 + 1;
            if (child + 1 < size && better(places[child], scores[child], places[child + 1], scores[child + 1])) {
                child++;
            }
            if (!better(row, score, places[child], scores[child])) {
                break;
            }
            set(at, places[child], scores[child]);
            at = child;
        }
        set(at, row, score);
    }

    private void set(int at, int row, double score) {
        places[at] = row;
        scores[at] = score;
    }
}
