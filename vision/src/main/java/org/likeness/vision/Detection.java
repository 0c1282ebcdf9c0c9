package org.likeness.vision;

import java.util.List;
import java.util.Optional;
import org.likeness.core.photo.Box;
import org.likeness.core.photo.Landmarks;
import org.likeness.core.photo.Point;

/// Something a detector takes for a face. In pixels of the network's input until [FaceDetector] maps it to the
/// photo.
///
/// @param score confidence in [0, 1]
/// @param landmarks where the detector gives five points itself
record Detection(Box box, double score, Optional<Landmarks> landmarks) {
    /// The same after shrinking by `scaleX`, `scaleY` and moving.
    Detection moved(double scaleX, double scaleY, double dx, double dy) {
        var to = new Box(box.x() * scaleX + dx, box.y() * scaleY + dy, box.width() * scaleX, box.height() * scaleY);
        return new Detection(
                to,
                score,
                landmarks.map(five -> five(five.points().stream()
                        .map(p -> new Point(p.x() * scaleX + dx, p.y() * scaleY + dy))
                        .toList())));
    }

    /// Five points in the order of [Landmarks].
    static Landmarks five(List<Point> points) {
        return new Landmarks(points.get(0), points.get(1), points.get(2), points.get(3), points.get(4));
    }
}
