package org.likeness.core.ingest;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.likeness.core.photo.PerceptualHash;
import org.likeness.core.records.ReadTransaction;
import org.likeness.core.records.SourcesReading.BlockedPrint;
import org.likeness.core.signal.Signal;
import org.likeness.core.signal.SignalKind;
import org.likeness.core.signal.Signals;
import org.likeness.core.source.SourceId;
import org.likeness.core.source.SourceMark;

/// Finds what may be of a source that said stop although its content is new: a picture that looks
/// nearly the same, or a folder that source's photos lay in. Either is evidence, so it keeps a photo
/// out until a person decides. One thread at a time; holds 16 bytes for each blocked photo while an
/// import runs.
final class NearMatches {
    /// Of 64 bits. `docs/benchmarks.md` has the rates at which copies are found and strangers'
    /// pictures are not.
    static final int DISTANCE_MAX = 6;

    private final List<BlockedPrint> prints = new ArrayList<>();
    private long sequence;

    /// What is nearly the same, as signals that keep a photo out; empty: nothing.
    List<Signal> signals(ReadTransaction tx, String location, Optional<PerceptualHash> looks) {
        List<Signal> found = new ArrayList<>();
        List<SourceId> marked = tx.sources().marked(Set.copyOf(SourceMark.foldersAbove(location)));
        marked.stream().findFirst().ifPresent(source -> found.add(signal("lies in a folder of source " + source)));
        looks.flatMap(hash -> nearest(tx, hash))
                .ifPresent(print -> found.add(signal("looks like a photo of source " + print.source())));
        return found;
    }

    private static Signal signal(String what) {
        return Signals.seen(SignalKind.NEAR_MATCH, what + ", which said stop");
    }

    private Optional<BlockedPrint> nearest(ReadTransaction tx, PerceptualHash hash) {
        List<BlockedPrint> fresh = tx.sources().blockedPrints(sequence);
        if (!fresh.isEmpty()) {
            prints.addAll(fresh);
            sequence = fresh.getLast().sequence();
        }
        return prints.stream()
                .filter(print -> print.hash().distance(hash) <= DISTANCE_MAX)
                .min(Comparator.comparingInt(print -> print.hash().distance(hash)));
    }
}
