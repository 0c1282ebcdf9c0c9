package org.likeness.core.records;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.likeness.core.audit.Checkpoint;
import org.likeness.core.audit.Merkle;
import org.likeness.core.audit.StatementId;
import org.likeness.core.photo.Sha256;

/// The log as a hash tree. One thread at a time; valid inside its transaction only.
///
/// Nothing here is checked or repaired: what was tampered with is handed out as it stands, for
/// [org.likeness.core.rights.LogAudit] to find. See [ReadTransaction#audit] for entries that are read to be used.
public interface LogReading extends Merkle.Nodes {
    /// The id of this installation, chosen at random when the records were made.
    UUID installation();

    /// The name of this installation's log.
    default String origin() {
        return Checkpoint.origin(installation());
    }

    /// How many entries the log has or had; the position of the newest.
    long size();

    /// How many entries were pruned from its front.
    long pruned();

    /// The hash of a complete subtree, see [Merkle]. Also those of pruned entries.
    ///
    /// @throws org.likeness.core.LikenessException CORRUPT when it is not there
    @Override
    Sha256 node(int level, long position);

    /// The nodes of a level, from a position on.
    List<Node> nodes(int level, long from, int limit);

    /// What is kept of the entries from a position on, the first being 1.
    List<Leaf> leaves(long from, int limit);

    /// The position of the first entry made at or after an instant; empty when there is none.
    Optional<Long> firstSince(Instant instant);

    /// All checkpoints that were stored, smallest first.
    List<StoredCheckpoint> checkpoints();

    /// The checkpoint stored for a size.
    Optional<StoredCheckpoint> checkpoint(long size);

    /// The statements that exist, in the order of the log.
    List<Stated> stated(long afterPosition, int limit);

    /// The state of the log now.
    default Checkpoint state() {
        return new Checkpoint(origin(), size(), Merkle.root(size(), this));
    }

    /// A stored node.
    record Node(long position, Sha256 hash) {}

    /// A stored entry: its text as it stands and the leaf hash stored beside it.
    record Leaf(long position, String entry, Sha256 hash) {}

    /// A stored checkpoint.
    ///
    /// @param note the text of a [SignedCheckpoint]; another one when it was tampered with
    record StoredCheckpoint(long size, String note) {}

    /// A stored statement: its text's hash, and where the entry is that should commit to it.
    record Stated(StatementId id, Sha256 hash, long position) {}
}
