package org.likeness.vision;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.likeness.core.signal.Effect;
import org.likeness.core.signal.Signal;
import org.likeness.core.signal.SignalKind;
import org.likeness.core.signal.Signals;

/// Gathers the signals of one photo, each once. Bounded: evidence beyond the limit is dropped, and of the refusals as
/// many are kept as anybody can read. One thread at a time.
final class SignalCollector {
    private static final int EACH_MAX = 100;

    private final Set<Signal> refusals = new LinkedHashSet<>();
    private final Set<Signal> others = new LinkedHashSet<>();
    private long names;

    /// A value that is blank says nothing.
    void add(SignalKind kind, String value) {
        if (Signals.clean(value).isEmpty()) {
            return;
        }
        Signal signal = Signals.seen(kind, value);
        Set<Signal> of = signal.effect() == Effect.QUARANTINE ? refusals : others;
        if (of.size() < EACH_MAX) {
            of.add(signal);
        }
    }

    /// Something that may hold signals is damaged or of an unknown form.
    void unknown(String where) {
        add(SignalKind.SIGNALS_UNKNOWN, where);
    }

    /// A person's name stood here. It is counted and dropped.
    void name() {
        names++;
    }

    /// What was gathered, refusals first.
    List<Signal> signals() {
        List<Signal> all = new ArrayList<>(refusals);
        all.addAll(others);
        if (names > 0) {
            all.add(Signals.seen(SignalKind.CLAIMED_NAMES, Long.toString(names)));
        }
        return List.copyOf(all);
    }
}
