package org.likeness.core.photo;

import java.util.List;

/// The five points of a face that any model pack can give. "Left" is the left of the picture.
public record Landmarks(Point leftEye, Point rightEye, Point nose, Point leftMouth, Point rightMouth) {
    /// The points in the order of the components.
    public List<Point> points() {
        return List.of(leftEye, rightEye, nose, leftMouth, rightMouth);
    }

    /// Distance between the eyes, in pixels.
    public double eyeDistance() {
        return Math.hypot(rightEye.x() - leftEye.x(), rightEye.y() - leftEye.y());
    }
}
