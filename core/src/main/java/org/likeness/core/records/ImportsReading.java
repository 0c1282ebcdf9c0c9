package org.likeness.core.records;

import java.util.List;
import org.likeness.core.ingest.ImportJob;

/// What waits to be imported. Reached by [ReadTransaction#imports].
public interface ImportsReading {
    /// Imports that are to be tried again, in the order in which that was asked for.
    List<ImportJob> jobs();
}
