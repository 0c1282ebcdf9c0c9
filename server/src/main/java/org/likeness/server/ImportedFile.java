package org.likeness.server;

/// A file that was not simply imported. Immutable.
///
/// @param reason a word of [org.likeness.core.ingest.FileOutcome.Reason], or empty
public record ImportedFile(String name, String result, String reason) {
    /// File names name people.
    @Override
    public String toString() {
        return "ImportedFile[" + result + "]";
    }
}
