package org.likeness.core.rights;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.likeness.core.ledger.LedgerEntry;
import org.likeness.core.ledger.LedgerEntry.Kind;
import org.likeness.core.ledger.LedgerEntry.Scope;
import org.likeness.core.photo.Sha256;
import org.likeness.core.records.WriteTransaction;
import org.likeness.core.source.Source;
import org.likeness.core.source.SourceId;
import org.likeness.core.source.SourceMark;
import org.likeness.core.source.SourceState;

/// The stop of a source in the deletion ledger, so that it holds in an older copy of the records too.
/// Stateless.
public final class Stops {
    private static final int MARKS_IN_ENTRY = 50;

    private Stops() {}

    /// Writes what was just stopped into the ledger: the contents that are blocked, and the marks.
    static void record(WriteTransaction tx, Source source, Instant at) {
        LedgerEntry entry =
                LedgerEntry.of(at, Kind.STOP, Scope.SOURCE, source.id().value(), source.collection());
        List<Sha256> contents = tx.sources().blockedContents(source.id());
        List<SourceMark> marks = List.copyOf(tx.sources().marks(source.id()));
        entry.forPhotos(contents).forEach(tx.ledger()::record);
        for (int from = 0; from < marks.size(); from += MARKS_IN_ENTRY) {
            String some = marks.subList(from, Math.min(marks.size(), from + MARKS_IN_ENTRY)).stream()
                    .map(SourceMark::word)
                    .collect(Collectors.joining(","));
            LedgerEntry more =
                    LedgerEntry.of(at, Kind.STOP, Scope.SOURCE, source.id().value(), source.collection());
            tx.ledger().record(more.with(SourceMark.FACT, some));
        }
    }

    /// Stops a source again, if these records have it and do not know of its stop, and blocks what the
    /// entry names.
    public static long follow(WriteTransaction tx, LedgerEntry entry) {
        SourceId id = new SourceId(entry.object());
        Optional<Source> source = tx.sources().source(id).filter(s -> s.state() == SourceState.CLEARED);
        source.ifPresent(cleared -> tx.sources().stop(id, Set.of(), entry.at()));
        entry.collection()
                .ifPresent(collection -> tx.sources().block(collection, id, entry.photos(), marks(entry), entry.at()));
        return Math.max(source.stream().count(), entry.photos().size());
    }

    private static Set<SourceMark> marks(LedgerEntry entry) {
        Set<SourceMark> marks = new LinkedHashSet<>();
        List<String> words = new ArrayList<>();
        entry.fact(SourceMark.FACT).ifPresent(text -> words.addAll(List.of(text.split(",", -1))));
        for (String word : words) {
            int colon = word.indexOf(':');
            marks.add(new SourceMark(
                    SourceMark.Kind.valueOf(word.substring(0, colon)), new Sha256(word.substring(colon + 1))));
        }
        return marks;
    }
}
