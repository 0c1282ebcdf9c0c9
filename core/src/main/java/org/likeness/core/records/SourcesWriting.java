package org.likeness.core.records;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.likeness.core.collection.CollectionId;
import org.likeness.core.photo.PerceptualHash;
import org.likeness.core.photo.PhotoId;
import org.likeness.core.photo.Place;
import org.likeness.core.photo.RemovedPhoto;
import org.likeness.core.photo.Sha256;
import org.likeness.core.source.GrantId;
import org.likeness.core.source.SourceContact;
import org.likeness.core.source.SourceId;
import org.likeness.core.source.SourceMark;

/// Changes to sources and grants. Reached by [WriteTransaction#sources], inside [Records#change] only.
public interface SourcesWriting extends SourcesReading {
    /// Keeps whom a source belongs to; replaces what was kept.
    void keep(SourceId source, SourceContact contact);

    /// Ends a grant: from this transaction on nothing held under it is used.
    ///
    /// @throws org.likeness.core.LikenessException CONFLICT when it has ended before
    void end(GrantId grant, Instant at);

    /// Puts everything held under a grant under its successor, and deletes the templates when that
    /// does not allow face search.
    ///
    /// @return how many photos
    long succeed(GrantId before, GrantId successor);

    /// Keeps what a photo looks like.
    void keep(PhotoId photo, PerceptualHash looks);

    /// Keeps where a photo was taken.
    void keep(PhotoId photo, Place place);

    /// Stops a source: from this transaction on nothing of it is imported or shown, whatever the clock
    /// says, and the contents of its photos, their looks, the folders they lay in and the source's own
    /// marks are blocked.
    ///
    /// @return how many photos are held of it
    /// @throws org.likeness.core.LikenessException CONFLICT when it said stop before
    long stop(SourceId source, Set<SourceMark> marks, Instant at);

    /// Blocks contents and marks of a source that these records may not know. What is blocked already
    /// stays.
    void block(CollectionId collection, SourceId source, List<Sha256> contents, Set<SourceMark> marks, Instant at);

    /// Clears a source that said stop and lifts what it left blocked; a grant that lifts the stop must
    /// be there.
    void unblock(SourceId source);

    /// Deletes photos with everything that was found in them and said of them.
    void remove(List<PhotoId> photos);

    /// Remembers which files must go of a photo that is deleted in this transaction.
    void removeFilesLater(RemovedPhoto photo);

    /// Forgets that: they are gone. Also inside [Records#note].
    void filesRemoved(PhotoId photo);

    /// Records that nothing is held of a stopped source any more, and forgets how its files were
    /// called.
    ///
    /// @return false when that was recorded before, or something is held
    boolean purged(SourceId source);
}
