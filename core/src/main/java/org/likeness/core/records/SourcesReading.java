package org.likeness.core.records;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.likeness.core.photo.Sha256;
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

    /// Why a content is blocked.
    enum Blocked {
        /// It was held of a source that said stop.
        SOURCE_STOPPED,
        /// Somebody demanded that it be erased.
        ERASED
    }
}
