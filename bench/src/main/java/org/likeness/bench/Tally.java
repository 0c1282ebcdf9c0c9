package org.likeness.bench;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// Counts requests, how long they took and how they failed. Thread-safe.
final class Tally {
    /// What was asked for.
    enum Kind {
        COLLECTIONS("collections, page"),
        PHOTOS("photos, page"),
        LAYOUT("layout of the timeline"),
        TIMELINE("200 photos of the timeline"),
        THUMBNAIL("thumbnail"),
        PHOTO("photo, page"),
        PREVIEW("photo that fills a screen"),
        FACE("face"),
        PROBE("photo to search with, sent"),
        SEARCH("search");

        private final String words;

        Kind(String words) {
            this.words = words;
        }
    }

    private final Map<Kind, Times> times = new EnumMap<>(Kind.class);
    private final Map<String, Integer> errors = new TreeMap<>();

    /// Microseconds, growing.
    private static final class Times {
        private int[] micros = new int[1 << 12];
        private int count;

        void add(int value) {
            if (count == micros.length) {
                micros = Arrays.copyOf(micros, 2 * count);
            }
            micros[count++] = value;
        }
    }

    synchronized void add(Kind kind, long nanos) {
        times.computeIfAbsent(kind, _ -> new Times()).add((int) Math.min(nanos / 1_000, Integer.MAX_VALUE));
    }

    /// @param how a status or the kind of failure
    void fail(Kind kind, String how) {
        fail(kind.words, how);
    }

    synchronized void fail(String what, String how) {
        errors.merge(what + ": " + how, 1, Integer::sum);
    }

    synchronized int requests() {
        return times.values().stream().mapToInt(some -> some.count).sum();
    }

    synchronized int failures() {
        return errors.values().stream().mapToInt(Integer::intValue).sum();
    }

    synchronized String table() {
        StringBuilder table = new StringBuilder("| | requests | p50 ms | p95 ms | p99 ms | longest ms |\n");
        table.append("|---|---|---|---|---|---|\n");
        times.forEach((kind, some) -> {
            int[] sorted = Arrays.copyOf(some.micros, some.count);
            Arrays.sort(sorted);
            table.append(String.format(
                    Locale.ROOT,
                    "| %s | %,d | %.0f | %.0f | %.0f | %.0f |%n",
                    kind.words,
                    some.count,
                    at(sorted, 0.5),
                    at(sorted, 0.95),
                    at(sorted, 0.99),
                    at(sorted, 1)));
        });
        errors.forEach((what, count) ->
                table.append("\nFAILED ").append(count).append(" times: ").append(what));
        return table.toString();
    }

    private static double at(int[] sorted, double share) {
        return sorted[(int) Math.min(sorted.length - 1L, (long) (share * sorted.length))] / 1e3;
    }
}
