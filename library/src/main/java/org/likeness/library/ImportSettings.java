package org.likeness.library;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// What may be imported by itself, and how often is looked. Immutable.
///
/// @param folders whoever may add photos can have these watched by page and API, and what is below them
/// @param watchEvery how long between two looks at a watched folder
public record ImportSettings(List<Path> folders, Duration watchEvery) {
    public ImportSettings {
        folders = List.copyOf(folders);
    }
}
