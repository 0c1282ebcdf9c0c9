package org.likeness.core.photo;

import java.util.Set;

/// How usable a face is for comparison. Low quality costs matches, not false matches, so a flawed face is
/// marked, not
/// dropped; only a face too small to be told from others is skipped. Immutable.
///
/// @param sizePx height of the face box, pixels of the photo
/// @param sharpness 0 (blurred) to 1 (sharp)
/// @param frontality 0 (profile) to 1 (looking at the camera)
/// @param exposure mean brightness of the face, 0 (black) to 1 (white)
/// @param flaws what is below the pack-independent bounds; empty: good
public record Quality(double sizePx, double sharpness, double frontality, double exposure, Set<Flaw> flaws) {
    /// Why a face is of low quality.
    public enum Flaw {
        SMALL,
        BLURRED,
        TURNED,
        DARK,
        BRIGHT
    }

    public Quality {
        flaws = Set.copyOf(flaws);
    }

    public boolean low() {
        return !flaws.isEmpty();
    }
}
