package org.likeness.vision;

import java.util.List;

/// Turns what a detector network puts out into boxes. Implementations are immutable and thread-safe.
sealed interface DetectorHead permits SsdHead, YunetHead, ScrfdHead {
    /// Both sides of the input must be multiples of this, or the grids do not meet the outputs.
    int strideMax();

    /// Detections scoring at least `scoreMin`, in input pixels, in no particular order, overlaps not yet
    /// removed.
    ///
    /// @param width of the network's input, pixels
    /// @param height of the network's input, pixels
    /// @throws org.likeness.core.LikenessException BAD_INPUT when the outputs do not have the shapes of this
    ///     kind
    List<Detection> decode(List<Net.Output> outputs, int width, int height, double scoreMin);
}
