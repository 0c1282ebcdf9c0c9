package org.likeness.core.records;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.likeness.core.collection.Basis;
import org.likeness.core.collection.Collection;
import org.likeness.core.collection.CollectionId;
import org.likeness.core.collection.EmbeddingGate;
import org.likeness.core.collection.EmbeddingPermit;

/// What can be asked about what collections rest on. As [ReadTransaction] says.
public interface BasisReading {
    /// The newest version.
    Optional<Basis> inForce(CollectionId collection);

    /// All versions, oldest first.
    List<Basis> versions(CollectionId collection);

    /// The newest version that changed something in substance; 0: none.
    int materialVersion(CollectionId collection);

    /// The permit to make templates for a collection, by what is recorded now.
    ///
    /// @throws org.likeness.core.LikenessException REFUSED as [EmbeddingGate#permit]
    default EmbeddingPermit permit(Collection collection, Instant now) {
        return EmbeddingGate.permit(collection, inForce(collection.id()), now);
    }

    /// When a template of a face nobody vouched for ends that is counted from an instant: by the profile
    /// or the basis, whichever is sooner; empty for a household.
    default Optional<Instant> templateEnd(Collection collection, Instant from) {
        Optional<Instant> byProfile = collection.profile().templateTerm().map(from::plus);
        Optional<Instant> byBasis = inForce(collection.id())
                .map(basis -> from.atOffset(ZoneOffset.UTC)
                        .plus(basis.retention().templates())
                        .toInstant());
        return Stream.of(byProfile, byBasis).flatMap(Optional::stream).min(Comparator.naturalOrder());
    }

    /// Photos imported at this instant or before are kept no longer: the time is over that was recorded
    /// for them, in the basis that was in force then or in a later one, whichever is sooner. Empty:
    /// nothing was recorded.
    default Optional<Instant> photosOver(CollectionId collection, Instant now) {
        Optional<Instant> over = Optional.empty();
        Instant succeeded = Instant.MAX;
        for (Basis basis : versions(collection).reversed()) {
            Instant last = Stream.of(basis.retention().lastOver(now), succeeded.minusMillis(1))
                    .min(Comparator.naturalOrder())
                    .orElseThrow();
            over = over.filter(known -> known.isAfter(last)).or(() -> Optional.of(last));
            succeeded = basis.recordedAt();
        }
        return over;
    }

    /// The permit, where there is one.
    default Optional<EmbeddingPermit> permitIfOpen(Collection collection, Instant now) {
        return EmbeddingGate.permitIfOpen(collection, inForce(collection.id()), now);
    }
}
