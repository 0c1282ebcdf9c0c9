package org.likeness.server;

import java.util.List;

/// What somebody can choose who adds photos. Immutable.
///
/// @param sources names of the collection's sources
/// @param bytesMax of one file
public record UploadChoices(List<String> sources, long bytesMax) {
    public UploadChoices {
        sources = List.copyOf(sources);
    }
}
