package org.likeness.core.ingest;

import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.likeness.core.LikenessException;
import org.likeness.core.collection.CollectionId;
import org.likeness.core.ingest.FileOutcome.Reason;
import org.likeness.core.ledger.LedgerEntry;
import org.likeness.core.photo.Sha256;
import org.likeness.core.records.ReadTransaction;
import org.likeness.core.records.WriteTransaction;
import org.likeness.core.source.Grant;
import org.likeness.core.source.GrantId;
import org.likeness.core.source.Source;
import org.likeness.core.source.SourceContact;
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
        Optional<Reason> closed =
                grant.flatMap(g -> tx.sources().source(g.source())).flatMap(source -> closed(tx, source));
        if (closed.isPresent()) {
            return closed;
        }
        if (tx.sources().blocked(content).isPresent()) {
            return Optional.of(Reason.BLOCKED);
        }
        return grant.filter(g -> letsIn(g, now)).isPresent() ? Optional.empty() : Optional.of(Reason.NO_GRANT);
    }

    /// Whether photos may be stored under a grant now. Ended is ended, whatever the clock says since.
    public static boolean letsIn(Grant grant, Instant now) {
        return grant.endedAt().isEmpty() && grant.allows(Use.STORE, now);
    }

    /// Why nothing of a source may be stored, whatever it is and whatever its grants say; empty: they decide.
    public static Optional<Reason> closed(ReadTransaction tx, Source source) {
        if (source.state() != SourceState.CLEARED) {
            return Optional.of(Reason.SOURCE_STOPPED);
        }
        boolean held = tx.demands().isHeld(source.id().value())
                || tx.demands().isHeld(source.collection().value());
        // marked: somebody of this name, owner or contact said stop elsewhere
        boolean blocked = held || !tx.sources().marked(marks(tx, source)).isEmpty();
        return blocked ? Optional.of(Reason.BLOCKED) : Optional.empty();
    }

    /// Whether a source that said stop left this content and this folder blocked.
    static boolean isBlocked(ReadTransaction tx, SourceId source, Sha256 content, String location) {
        return tx.sources().blocked(content).isPresent()
                && tx.sources().marked(Set.of(SourceMark.folder(location))).contains(source);
    }

    /// Blocks a file of a source that said stop while the file was on its way in, as if it had been
    /// held: its content, and the folder it lies in.
    static void block(
            WriteTransaction tx,
            CollectionId collection,
            SourceId source,
            Sha256 content,
            String location,
            Instant now) {
        SourceMark folder = SourceMark.folder(location);
        tx.sources().block(collection, source, List.of(content), Set.of(folder), now);
        LedgerEntry entry =
                LedgerEntry.of(now, LedgerEntry.Kind.STOP, LedgerEntry.Scope.SOURCE, source.value(), collection);
        tx.ledger().record(entry.with(SourceMark.FACT, folder.word()).withPhotos(List.of(content)));
    }

    /// By what a source is known again. The name every household gives its own photos tells nothing
    /// about whose they are.
    public static Set<SourceMark> marks(String name, SourceContact contact) {
        Set<SourceMark> marks = new LinkedHashSet<>(SourceMark.of(name, contact));
        marks.removeAll(SourceMark.of(Provenance.HOUSEHOLD_SOURCE, SourceContact.NONE));
        return marks;
    }

    /// By what a source in the records is known again.
    public static Set<SourceMark> marks(ReadTransaction tx, Source source) {
        return marks(source.name(), tx.sources().contact(source.id()));
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
                            "source " + source.id() + " said stop: nothing of it may be imported or used" + LIFTED_BY)
                    .called("source.stopped");
        }
    }

    /// @return the marks
    /// @throws LikenessException REFUSED when a source that said stop, of whatever collection, goes by
    ///     one of these
    public static Set<SourceMark> requireUnmarked(ReadTransaction tx, Set<SourceMark> marks) {
        List<SourceId> stopped = tx.sources().marked(marks);
        if (!stopped.isEmpty()) {
            throw new LikenessException(
                            LikenessException.Kind.REFUSED,
                            "a source of this name, owner or contact said stop: source " + stopped.getFirst()
                                    + LIFTED_BY)
                    .called("source.stopped-elsewhere");
        }
        return marks;
    }
}
