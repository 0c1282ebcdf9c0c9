package org.likeness.core.demand;

import java.time.Instant;
import java.util.Optional;
import org.likeness.core.photo.Box;
import org.likeness.core.photo.Sha256;

/// What keeps something that went from coming back, in every collection of the installation: the hash of
/// a file, and
/// for a face its place in the picture. It is no biometric data. Final: nobody can take it back. Immutable.
///
/// @param region empty: the whole photo
public record Tombstone(DemandId demand, Sha256 sha256, Optional<Box> region, Instant madeAt) {
    /// Detectors draw their boxes differently. A neighbour's face hardly ever covers this much of another.
    private static final double SAME_PLACE = 0.6;

    /// Whether a face found at this place in a photo is one that was blocked there.
    public static boolean covers(Box blocked, Box found) {
        return blocked.overlapOfSmaller(found) >= SAME_PLACE;
    }
}
