package org.likeness.vision;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.likeness.core.photo.Sha256;
import org.likeness.core.template.ModelSpec;

/// What `pack.json` says, checked. The format is described field by field in `docs/reference/model-pack.md`.
/// Immutable.
///
/// @param files the SHA-256 of each file of the pack, by name
/// @param landmarks absent where the detector's own five points are enough
/// @param card name of the model card's file
record PackDescription(
        ModelSpec spec,
        String title,
        String licence,
        String provenance,
        Map<String, Sha256> files,
        Detector detector,
        Optional<LandmarkNet> landmarks,
        Embedder embedder,
        String card) {
    /// @param sideMin the network's input is at least this high and wide, pixels
    /// @param passes longer side of the photo in each pass, ascending
    record Detector(
            DetectorHead head,
            String file,
            Normalisation pixels,
            int sideMultiple,
            int sideMin,
            List<Integer> passes,
            double scoreMin,
            double iouMax) {
        Detector {
            passes = List.copyOf(passes);
        }
    }

    /// @param side of the square input, pixels
    record LandmarkNet(String file, int side, Normalisation pixels) {}

    /// @param mirror whether a template is the mean of the face and its mirror image
    /// @param unit whether templates have length 1
    record Embedder(
            String file, Normalisation pixels, Alignment alignment, int dimension, boolean mirror, boolean unit) {}

    PackDescription {
        files = Map.copyOf(files);
    }
}
