package org.likeness.server;

import java.util.List;
import java.util.UUID;
import org.likeness.library.Summary;

/// The installation in numbers. Immutable.
///
/// @param diskFreeBytes what is free where the data directory is
/// @param logEntries how many entries the log has
/// @param importsRunning how many imports run now
public record Installation(
        long diskFreeBytes,
        long diskSizeBytes,
        long logEntries,
        int importsRunning,
        List<Held> collections,
        List<Pack> packs) {
    public Installation {
        collections = List.copyOf(collections);
        packs = List.copyOf(packs);
    }

    /// What a collection holds.
    ///
    /// @param comparable how many of the faces can be compared at once, by what is kept of them, sealed
    public record Held(UUID id, String name, long photos, long faces, long comparable) {
        static Held of(Summary summary) {
            return new Held(
                    summary.collection().id().value(),
                    summary.collection().name(),
                    summary.photos(),
                    summary.faces(),
                    summary.templates());
        }
    }

    /// A model pack that is installed.
    public record Pack(String name, String version, String licence) {}
}
