package org.likeness.core.audit;

import java.util.List;
import java.util.Optional;

/// What a check of the whole log found. Immutable.
///
/// @param state the log's size, and the root computed from the entries themselves
/// @param checkpoints how many signed checkpoints were compared with it
/// @param head the newest checkpoint ever signed, as kept outside the records
/// @param findings empty: nothing was altered, dropped, swapped, inserted or rolled back since the first checkpoint
/// @param restorations the restores of an older copy that the log records: receipts of what they lost contradict it
public record LogReport(
        Checkpoint state,
        long pruned,
        long checkpoints,
        Optional<Checkpoint> head,
        List<LogFinding> findings,
        List<Restoration> restorations) {
    public LogReport {
        findings = List.copyOf(findings);
        restorations = List.copyOf(restorations);
    }

    /// A restore that the log records.
    ///
    /// @param position of its entry; what was lost had this position and the following ones
    /// @param lost how many entries were lost
    public record Restoration(long position, long lost) {}

    public boolean isSound() {
        return findings.isEmpty();
    }
}
