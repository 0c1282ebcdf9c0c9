package org.likeness.core.document;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.likeness.core.audit.LogKey;
import org.likeness.core.audit.SignedCheckpoint;
import org.likeness.core.collection.Basis;
import org.likeness.core.collection.Collection;
import org.likeness.core.collection.CollectionKey;
import org.likeness.core.consent.Notice;
import org.likeness.core.demand.Demand;
import org.likeness.core.source.Grant;
import org.likeness.core.source.Source;

/// All that the documents of one collection say, as it was at one instant. Immutable.
///
/// @param notice the version in force
/// @param basis the version in force
/// @param people how many there are by state
/// @param audiences the words of every audience somebody answered about
/// @param demands about anything in the collection, newest first
/// @param keys of the collection, destroyed ones among them
record Facts(
        Collection collection,
        Instant at,
        Optional<Notice> notice,
        Optional<Basis> basis,
        Holdings holdings,
        SortedMap<String, Long> people,
        List<String> audiences,
        List<Held> sources,
        List<Demand> demands,
        List<CollectionKey> keys,
        Setup setup,
        Proof proof) {
    Facts {
        people = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(people));
        audiences = List.copyOf(audiences);
        sources = List.copyOf(sources);
        demands = List.copyOf(demands);
        keys = List.copyOf(keys);
    }

    /// How much there is.
    record Holdings(long photos, long quarantined, long faces, long templates, long references) {}

    /// A source with all its grants, newest first.
    record Held(Source source, List<Grant> grants) {
        Held {
            grants = List.copyOf(grants);
        }

        @Override
        public String toString() {
            return "Held[" + source + "]";
        }
    }

    /// What the log was when the documents were made.
    record Proof(SignedCheckpoint checkpoint, LogKey key) {}

    /// Names stand in it, so only the collection's id is printed.
    @Override
    public String toString() {
        return "Facts[" + collection.id() + " " + at + "]";
    }
}
