package org.likeness.core.records;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.likeness.core.collection.CollectionId;
import org.likeness.core.photo.PerceptualHash;
import org.likeness.core.photo.Photo;
import org.likeness.core.photo.PhotoId;
import org.likeness.core.photo.RemovedPhoto;
import org.likeness.core.photo.Sha256;
import org.likeness.core.source.Grant;
import org.likeness.core.source.GrantId;
import org.likeness.core.source.Source;
import org.likeness.core.source.SourceContact;
import org.likeness.core.source.SourceId;
import org.likeness.core.source.SourceMark;

/// Sources, whom they belong to, and what is blocked. Reached by [ReadTransaction#sources].
public interface SourcesReading {
    Optional<Source> source(SourceId id);

    /// Whom a source belongs to; [SourceContact#NONE] when nobody said, or it was deleted.
    SourceContact contact(SourceId source);

    /// Whether a file of this content may not be imported, into any collection, and why. The one
    /// question of the import's gate.
    Optional<Blocked> blocked(Sha256 content);

    /// The sources that said stop and left one of these marks, in any collection.
    List<SourceId> marked(Set<SourceMark> marks);

    /// What photos of sources that said stop look like, in the order they were blocked, from after a
    /// sequence on.
    List<BlockedPrint> blockedPrints(long afterSequence);

    /// The contents a source left blocked.
    List<Sha256> blockedContents(SourceId source);

    /// The marks a source left blocked.
    Set<SourceMark> marks(SourceId source);

    /// The grants under which photos are held that must go: the source said stop, or the grant ended
    /// at this instant or before.
    List<Grant> grantsToPurge(Instant cutoff);

    /// Of the photos under a grant, those that must go and that no restriction keeps, oldest first.
    List<Photo> photosToPurge(GrantId grant, Instant cutoff, int limit);

    /// The photos of a collection that were imported at this instant or before and that no restriction
    /// keeps, oldest first.
    List<Photo> photosImportedUntil(CollectionId collection, Instant last, int limit);

    /// Photos that were deleted and whose files may still be there, by their ids.
    ///
    /// @param after the last one of the page before
    List<RemovedPhoto> filesToRemove(Optional<PhotoId> after, int limit);

    /// The sources that said stop and of which no photo is held any more, but that is not recorded yet.
    List<Source> stoppedAndEmpty();

    /// What a blocked photo looks like.
    record BlockedPrint(long sequence, SourceId source, PerceptualHash hash) {}

    /// Why a content is blocked.
    enum Blocked {
        /// It was held of a source that said stop.
        SOURCE_STOPPED,
        /// Somebody demanded that it be erased.
        ERASED
    }
}
