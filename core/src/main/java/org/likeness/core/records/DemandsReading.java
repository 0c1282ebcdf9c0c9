package org.likeness.core.records;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.likeness.core.collection.CollectionId;
import org.likeness.core.demand.Demand;
import org.likeness.core.demand.DemandId;
import org.likeness.core.demand.ErasurePlan;
import org.likeness.core.demand.ErasureTarget;
import org.likeness.core.demand.Residual;
import org.likeness.core.demand.Scope;
import org.likeness.core.demand.Target;
import org.likeness.core.demand.Tombstone;
import org.likeness.core.photo.Box;
import org.likeness.core.photo.Face;
import org.likeness.core.photo.FaceId;
import org.likeness.core.photo.Photo;
import org.likeness.core.photo.Sha256;
import org.likeness.core.source.SourceId;

/// What can be asked about demands and what they block. As [ReadTransaction] says.
public interface DemandsReading {
    Optional<Demand> demand(DemandId id);

    /// Newest first.
    List<Demand> demands();

    /// Of one target, newest first.
    List<Demand> demands(Target target);

    /// Those that delete and are not done, oldest first.
    List<Demand> unfinished();

    /// Whether something is kept and not used, or about to be erased.
    boolean isHeld(UUID object);

    /// Where in a photo of this content no face may be taken in.
    List<Box> blockedRegions(Sha256 sha256);

    /// What a demand blocks.
    List<Tombstone> tombstones(DemandId demand);

    /// The photos of a content, in whichever collection.
    List<Photo> photos(Sha256 sha256);

    Optional<Face> face(FaceId id);

    Optional<CollectionId> collectionOf(SourceId source);

    /// What an erasure must delete and has not, in one scope, in its order.
    List<ErasureTarget> waiting(DemandId erasure, Scope scope, int limit);

    /// Everything an erasure must have deleted in one scope, after a sequence, in its order.
    List<ErasureTarget> targets(DemandId erasure, Scope scope, long afterSequence, int limit);

    long targetCount(DemandId erasure);

    /// How many things of each kind an erasure must delete in each collection.
    List<ErasurePlan.Reach> reach(DemandId erasure);

    /// The restrictions in force on what an erasure must delete, oldest first.
    List<Demand> restrictions(DemandId erasure);

    /// Where the originals of the photos lie that are not ours to delete, as URIs.
    List<String> linkedOriginals(DemandId erasure, int limit);

    long linkedOriginalCount(DemandId erasure);

    /// What was found in a store when an erasure began, and what was left in it at the last census.
    List<Found> found(DemandId erasure);

    /// What an erasure does not reach.
    List<Residual> residuals(DemandId erasure);

    /// @param left empty: not counted yet, or not countable
    record Found(String store, long count, Optional<Long> left) {}
}
