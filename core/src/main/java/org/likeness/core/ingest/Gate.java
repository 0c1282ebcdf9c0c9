package org.likeness.core.ingest;

import java.util.List;
import java.util.Set;
import org.likeness.core.LikenessException;
import org.likeness.core.records.ReadTransaction;
import org.likeness.core.source.Source;
import org.likeness.core.source.SourceId;
import org.likeness.core.source.SourceMark;
import org.likeness.core.source.SourceState;

/// What may come in at all: the rules about sources and contents that said stop, each asked inside the
/// transaction that acts on the answer. Stateless.
public final class Gate {
    private static final String LIFTED_BY =
            "\nOnly a new grant that source itself signed lifts that: likeness source unblock.";

    private Gate() {}

    /// @throws LikenessException REFUSED when the source said stop
    public static void requireCleared(Source source) {
        if (source.state() != SourceState.CLEARED) {
            throw new LikenessException(
                    LikenessException.Kind.REFUSED,
                    "source " + source.id() + " said stop: nothing of it may be imported or used" + LIFTED_BY);
        }
    }

    /// @throws LikenessException REFUSED when a source that said stop, of whatever collection, goes by
    ///     one of these
    public static void requireUnmarked(ReadTransaction tx, Set<SourceMark> marks) {
        List<SourceId> stopped = tx.sources().marked(marks);
        if (!stopped.isEmpty()) {
            throw new LikenessException(
                    LikenessException.Kind.REFUSED,
                    "a source of this name, owner or contact said stop: source " + stopped.getFirst() + LIFTED_BY);
        }
    }
}
