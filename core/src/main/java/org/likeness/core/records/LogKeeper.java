package org.likeness.core.records;

import java.util.Optional;
import org.likeness.core.audit.Checkpoint;
import org.likeness.core.audit.LogKey;
import org.likeness.core.audit.SignedCheckpoint;

/// What vouches for the log and therefore lies outside the records and their backups: its key, and its *head*, the
/// newest
/// checkpoint ever signed. Thread-safe; use it inside a writing transaction where it writes, so that one writes at a
/// time.
public interface LogKeeper {
    /// The public key of the log; empty when no pair was made, or it is lost.
    ///
    /// @throws org.likeness.core.LikenessException CORRUPT when the key is damaged or another log's
    Optional<LogKey> key(String origin);

    /// Makes the pair. It is on disk, in full, when this returns.
    ///
    /// @throws org.likeness.core.LikenessException CONFLICT when there is one
    LogKey makeKey(String origin);

    /// Signs a checkpoint with the key of its origin.
    SignedCheckpoint sign(Checkpoint checkpoint);

    /// The newest checkpoint, if one was ever signed.
    ///
    /// @throws org.likeness.core.LikenessException CORRUPT when it does not parse
    Optional<SignedCheckpoint> head();

    /// Replaces the head, durably.
    void keepHead(SignedCheckpoint head);
}
