package org.likeness.library;

import java.time.Instant;
import java.util.List;
import org.likeness.core.collection.Collection;
import org.likeness.core.records.ReadTransaction;
import org.likeness.core.source.Use;

/// What a collection holds, in numbers. Immutable.
///
/// @param templates stored templates; always 0 for an event, where none of a stranger is kept
/// @param bytesKept of the photos whose files are copies of ours; pictures made from them come on top
public record Summary(
        Collection collection, long photos, long faces, long templates, long bytesKept, List<SourceSummary> sources) {
    /// A source and whether it may be used now.
    public record SourceSummary(String name, String grantedBy, boolean active) {
        /// Names are personal data, so they are not printed.
        @Override
        public String toString() {
            return "SourceSummary[active=" + active + "]";
        }
    }

    public Summary {
        sources = List.copyOf(sources);
    }

    static Summary of(ReadTransaction tx, Collection collection, Instant now) {
        return new Summary(
                collection,
                tx.photoCount(collection.id()),
                tx.faceCount(collection.id()),
                tx.templateCount(collection.id()),
                tx.timeline(now).size(collection.id()).bytesKept(),
                tx.sources(collection.id()).stream()
                        .flatMap(source -> tx.grants(source.id()).stream()
                                .map(grant -> new SourceSummary(
                                        source.name(), grant.grantedBy(), grant.allows(Use.STORE, now))))
                        .toList());
    }
}
