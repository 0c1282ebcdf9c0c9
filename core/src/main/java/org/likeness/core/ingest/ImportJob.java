package org.likeness.core.ingest;

import java.time.Instant;
import org.likeness.core.collection.CollectionId;
import org.likeness.core.member.MemberId;

/// That what failed or was refused in an import is to be imported again. It waits in the records, and where
/// the files are is worked out when it is its turn. Immutable.
///
/// @param run the import whose files are tried again; it waits once at most
/// @param member who asked for it
public record ImportJob(ImportId run, CollectionId collection, MemberId member, Instant queuedAt) {}
