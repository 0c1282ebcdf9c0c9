package org.likeness.core.ingest;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.likeness.core.LikenessException;
import org.likeness.core.ingest.FileOutcome.Reason;
import org.likeness.core.photo.Sha256;
import org.likeness.core.records.ReadTransaction;
import org.likeness.core.source.Grant;
import org.likeness.core.source.GrantId;
import org.likeness.core.source.Source;
import org.likeness.core.source.SourceId;
import org.likeness.core.source.SourceMark;
import org.likeness.core.source.SourceState;
import org.likeness.core.source.Use;

/// What may come in at all: the rules about sources and contents that said stop, each asked inside the
/// transaction that acts on the answer. Stateless.
public final class Gate {
    private static final String LIFTED_BY =
            "\nOnly a new grant that source itself signed lifts that: likeness source unblock.";

    private Gate() {}

    /// Why a file of this content may not be stored under this grant now; empty: it may. The one place
    /// that decides it, in the transaction that stores.
    static Optional<Reason> refusal(ReadTransaction tx, GrantId under, Sha256 content, Instant now) {
        Optional<Grant> grant = tx.grant(under);
        Optional<Source> source = grant.flatMap(g -> tx.sources().source(g.source()));
        if (source.isPresent() && source.get().state() != SourceState.CLEARED) {
            return Optional.of(Reason.SOURCE_STOPPED);
        }
        boolean held = source.filter(of -> tx.demands().isHeld(of.id().value())
                        || tx.demands().isHeld(of.collection().value()))
                .isPresent();
        if (held || tx.sources().blocked(content).isPresent()) {
            return Optional.of(Reason.BLOCKED);
        }
        // ended is ended, whatever the clock says since
        boolean inForce = grant.filter(g -> g.endedAt().isEmpty() && g.allows(Use.STORE, now))
                .isPresent();
        return inForce ? Optional.empty() : Optional.of(Reason.NO_GRANT);
    }

    /// What whoever imports is told.
    static String advice(Reason refusal) {
        return switch (refusal) {
            case SOURCE_STOPPED -> "Its source said stop; nothing more of it is taken in.";
            case BLOCKED -> "It was erased, or its source said stop, and it stays out.";
            case NO_GRANT -> "The grant ended while importing.";
            default -> throw new IllegalArgumentException("not a refusal of the gate: " + refusal);
        };
    }

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
