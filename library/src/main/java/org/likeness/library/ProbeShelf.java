package org.likeness.library;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.likeness.core.LikenessException;
import org.likeness.core.collection.CollectionId;
import org.likeness.core.member.MemberId;
import org.likeness.core.search.Probe;

/// Probes of people who choose among the faces of a photo they sent: for some minutes, in memory
/// only, each for whoever
/// sent it. Thread-safe.
public final class ProbeShelf {
    /// How long somebody may take to choose.
    public static final Duration KEPT = Duration.ofMinutes(10);

    private static final int PROBES_MAX = 200;
    private static final int OF_MEMBER_MAX = 10;

    private final Clock clock;
    private final Map<UUID, Kept> kept = new LinkedHashMap<>();

    private record Kept(MemberId member, CollectionId collection, Probe probe, Instant until) {}

    public ProbeShelf(Clock clock) {
        this.clock = clock;
    }

    /// Keeps a probe; the oldest go where there are too many.
    public synchronized UUID put(MemberId member, CollectionId collection, Probe probe) {
        sweep();
        Iterator<Kept> all = kept.values().iterator();
        long theirs = kept.values().stream()
                .filter(each -> each.member().equals(member))
                .count();
        while (all.hasNext() && (theirs >= OF_MEMBER_MAX || kept.size() >= PROBES_MAX)) {
            Kept oldest = all.next();
            if (oldest.member().equals(member) || kept.size() >= PROBES_MAX) {
                all.remove();
                theirs--;
            }
        }
        UUID id = UUID.randomUUID(); // not to be guessed, unlike the ids of records
        kept.put(id, new Kept(member, collection, probe, clock.instant().plus(KEPT)));
        return id;
    }

    /// @throws LikenessException NOT_FOUND when the member has no such probe for the collection any
    ///     more
    public synchronized Probe get(MemberId member, CollectionId collection, UUID id) {
        sweep();
        Kept found = kept.get(id);
        if (found == null
                || !found.member().equals(member)
                || !found.collection().equals(collection)) {
            throw new LikenessException(
                            LikenessException.Kind.NOT_FOUND,
                            "this photo is not remembered any more\nSend it again: what is searched with is kept for "
                                    + KEPT.toMinutes() + " minutes only.")
                    .called("probe.gone");
        }
        return found.probe();
    }

    /// Forgets everything.
    public synchronized void clear() {
        kept.clear();
    }

    private void sweep() {
        Instant now = clock.instant();
        kept.values().removeIf(each -> !each.until().isAfter(now));
    }
}
