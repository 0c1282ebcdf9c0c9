package org.likeness.core.ingest;

/// Follows an import. Called on one thread, after the outcome is durable.
@FunctionalInterface
public interface ImportListener {
    /// How far the import is.
    ///
    /// @param done files that ended
    /// @param found files found so far
    /// @param complete whether `found` is all there are
    record Progress(long done, long found, boolean complete) {}

    void ended(FileOutcome outcome, Progress progress);

    /// Asked before each file, on several threads: once it says no, nothing new is begun, and the import ends as it
    /// should with the files it has done.
    default boolean goesOn() {
        return true;
    }
}
