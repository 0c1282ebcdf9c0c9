package org.likeness.core.records;

import java.time.Instant;
import org.likeness.core.audit.SignedCheckpoint;

/// What can be changed about the log besides appending, which [Records#change] does.
public interface LogWriting extends LogReading {
    /// Keeps a checkpoint; once kept it never changes. May also be called in a note, since it only repeats what
    /// the log
    /// holds.
    void add(SignedCheckpoint checkpoint, Instant at);

    /// Forgets the entries before a position and keeps their hashes, so that all proofs stay valid. Never the
    /// newest.
    void prune(long before);
}
