package org.likeness.core.records;

import java.util.UUID;
import org.likeness.core.demand.Census;
import org.likeness.core.demand.Demand;
import org.likeness.core.demand.DemandId;
import org.likeness.core.demand.Residual;
import org.likeness.core.demand.Scope;
import org.likeness.core.demand.Tombstone;
import org.likeness.core.photo.Sha256;

/// What can be changed about demands. As [WriteTransaction] says.
public interface DemandsWriting extends DemandsReading {
    void add(Demand demand);

    /// Stores another state.
    void update(Demand demand);

    /// From this transaction on no answer shows it, nothing is taken into it, and it stays as it is.
    void hold(DemandId demand, Scope scope, UUID object);

    /// Holds every photo of this content, in whichever collection.
    void holdPhotos(DemandId demand, Sha256 sha256);

    /// Lifts what this demand holds.
    void release(DemandId demand);

    void add(Tombstone tombstone);

    /// Lists what an erasure must delete, from what the records hold now, and blocks the photos of a
    /// source. What is
    /// listed already stays; so it can be repeated.
    ///
    /// @return how many things are listed in all
    long list(Demand demand);

    /// Marks targets as deleted.
    void done(DemandId erasure, Scope scope, long fromSequence, long toSequence);

    /// Marks all targets as not deleted, to go through them once more.
    void again(DemandId erasure);

    /// Keeps what was found when an erasure began; what is kept already stays. May be called in a note.
    void found(DemandId erasure, String store, long count);

    /// Keeps what a census counted.
    void counted(DemandId erasure, Census census);

    /// Keeps what an erasure does not reach.
    void add(DemandId erasure, Residual residual);

    /// Forgets the list of an erasure that is done, and lifts what it and others hold of it.
    void forgetList(DemandId erasure);
}
