package org.likeness.core.records;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.likeness.core.audit.Actor;
import org.likeness.core.collection.CollectionId;
import org.likeness.core.ingest.Choosing;
import org.likeness.core.ingest.FileOutcome;
import org.likeness.core.ingest.ImportId;
import org.likeness.core.ingest.ImportRun;
import org.likeness.core.photo.Photo;
import org.likeness.core.photo.PhotoArea;
import org.likeness.core.photo.PhotoId;
import org.likeness.core.photo.Place;
import org.likeness.core.photo.TimelineFilter;
import org.likeness.core.photo.TimelineLayout;
import org.likeness.core.photo.TimelinePhoto;
import org.likeness.core.photo.TimelinePosition;
import org.likeness.core.source.GrantId;

/// Photos in the order in which people look at them: by when they were taken, newest first. Left out
/// are photos that a signal or a demand keeps out, that are held under a grant not in force, or whose
/// time is over, as [#shows] says. Reached by [ReadTransaction#timeline].
public interface TimelineReading {
    /// The photos from a position on, that one included; from the newest on when there is none.
    List<TimelinePhoto> page(TimelineFilter filter, Optional<TimelinePosition> from, int limit);

    /// Whether people may look at a photo.
    boolean shows(Photo photo);

    TimelineLayout layout(TimelineFilter filter);

    /// Where photos were taken that say so, most photos first.
    List<PhotoArea> areas(TimelineFilter filter, int limit);

    /// Where a photo was taken, by its file's word.
    Optional<Place> placeOf(PhotoId photo);

    /// Where a photo stands.
    ///
    /// @throws org.likeness.core.LikenessException NOT_FOUND when there is no such photo
    TimelinePosition positionOf(PhotoId photo);

    /// The one before, which is newer.
    Optional<TimelinePhoto> newer(TimelineFilter filter, TimelinePosition than);

    /// The one after, which is older.
    Optional<TimelinePhoto> older(TimelineFilter filter, TimelinePosition than);

    /// The imports into a collection, newest first, after the given one.
    List<ImportRun> imports(CollectionId collection, Optional<ImportId> after, int limit);

    /// The import a photo came in by; empty when its record is gone.
    Optional<ImportRun> importOf(PhotoId photo);

    /// The import, under a grant, of files that were chosen together; empty when none of them came in yet.
    Optional<ImportRun> importOf(GrantId grant, Choosing choosing);

    /// Who started an import, by the log; empty when the log does not reach back that far any more.
    Optional<Actor> startedBy(ImportId run);

    /// How many files of an import ended in which way; what did not happen is not in it.
    Map<FileOutcome.Result, Long> totals(ImportId run);

    /// A file of an import, with its place among them.
    record Ended(long sequence, FileOutcome outcome) {}

    /// The files of an import, in the order they ended.
    ///
    /// @param result only those that ended in this way; empty: all
    /// @param afterSequence only those that ended later than this one; 0 for all
    List<Ended> ended(ImportId run, Optional<FileOutcome.Result> result, long afterSequence, int limit);

    /// How much a collection holds, whatever is kept out.
    ///
    /// @param bytesKept of the photos whose files are copies of ours
    record Size(long photos, long bytesKept) {}

    Size size(CollectionId collection);
}
