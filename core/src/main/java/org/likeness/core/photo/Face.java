package org.likeness.core.photo;

/// A region in a photo that shows a face. No vector. Immutable.
///
/// @param detectionScore the detector's own confidence in [0, 1]; says how face-like, never whose
public record Face(FaceId id, PhotoId photo, Box box, Landmarks landmarks, Quality quality, double detectionScore) {}
