package org.likeness.core.records;

import org.likeness.core.ingest.ImportId;
import org.likeness.core.ingest.ImportJob;

/// Changes to what waits to be imported. Reached by [WriteTransaction#imports]. All of it may be noted: the
/// import that follows has its own entries in the log.
public interface ImportsWriting extends ImportsReading {
    /// Lets an import wait to be tried again; one that waits already keeps its place.
    void add(ImportJob job);

    /// Takes one away that has come to an end.
    void remove(ImportId run);
}
