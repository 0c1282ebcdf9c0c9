package org.likeness.core.ingest;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import org.likeness.core.ingest.FileOutcome.Reason;
import org.likeness.core.ingest.FileOutcome.Result;

/// What came of an import; the single files are in the records. Immutable.
///
/// @param results how many files ended in which way
/// @param reasons how many of the refused and failed files for which reason
/// @param faces faces found in the imported photos
/// @param lowQuality of these, how many are marked as low quality
/// @param skippedFaces regions too small or too inconsistent to keep
public record ImportReport(
        ImportId run,
        Map<Result, Long> results,
        Map<Reason, Long> reasons,
        long faces,
        long lowQuality,
        long skippedFaces,
        Duration duration) {
    public ImportReport {
        results = Map.copyOf(results);
        reasons = Map.copyOf(reasons);
    }

    public long count(Result result) {
        return results.getOrDefault(result, 0L);
    }

    /// Adds up an import while it runs. One thread at a time.
    static final class Tally {
        private final Map<Result, Long> results = new EnumMap<>(Result.class);
        private final Map<Reason, Long> reasons = new EnumMap<>(Reason.class);
        private long faces;
        private long lowQuality;
        private long skippedFaces;

        void ended(FileOutcome outcome) {
            results.merge(outcome.result(), 1L, Long::sum);
            outcome.reason().ifPresent(reason -> reasons.merge(reason, 1L, Long::sum));
        }

        void faces(long all, long low, long skipped) {
            faces += all;
            lowQuality += low;
            skippedFaces += skipped;
        }

        long done() {
            return results.values().stream().mapToLong(Long::longValue).sum();
        }

        ImportReport report(ImportId run, Duration duration) {
            return new ImportReport(run, results, reasons, faces, lowQuality, skippedFaces, duration);
        }
    }
}
