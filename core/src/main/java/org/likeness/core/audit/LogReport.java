package org.likeness.core.audit;

import java.util.List;
import java.util.Optional;

/// What a check of the whole log found. Immutable.
///
/// @param state the log's size, and the root computed from the entries themselves
/// @param checkpoints how many signed checkpoints were compared with it
/// @param head the newest checkpoint ever signed, as kept outside the records
/// @param findings empty: nothing was altered, dropped, swapped, inserted or rolled back since the first checkpoint
public record LogReport(
        Checkpoint state, long pruned, long checkpoints, Optional<Checkpoint> head, List<LogFinding> findings) {
    public LogReport {
        findings = List.copyOf(findings);
    }

    public boolean isSound() {
        return findings.isEmpty();
    }
}
