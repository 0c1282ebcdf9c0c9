package org.likeness.core.document;

import java.time.Period;
import java.util.List;

/// What is recorded about why and on which ground a collection is searched, in the words of commands.
/// Immutable.
///
/// @param alternative the less intrusive way that was considered
/// @param assessment the decision on an impact assessment, and its reason
record Ground(
        int version,
        String controller,
        String lawfulBasis,
        String condition,
        List<String> purposes,
        Kept kept,
        int noticeVersion,
        String alternative,
        String assessment) {
    Ground {
        purposes = List.copyOf(purposes);
    }

    /// For how long what is kept.
    record Kept(Period photos, Period templates, Period inactivity) {}

    /// A controller may be one person, so only the version is printed.
    @Override
    public String toString() {
        return "Ground[" + version + "]";
    }
}
