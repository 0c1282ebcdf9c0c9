package org.likeness.core.source;

import java.util.Locale;

/// Where a source stands. What is held of it may be used only while it is [#CLEARED] and under a grant
/// in force.
public enum SourceState {
    CLEARED,
    /// It said stop: nothing of it is imported, compared or shown, and what is held of it is being
    /// deleted.
    STOPPED,
    /// It said stop, and nothing of it is held any more. What it gave stays blocked.
    PURGED;

    /// The word in answers.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
