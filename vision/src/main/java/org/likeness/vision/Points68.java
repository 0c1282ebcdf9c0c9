package org.likeness.vision;

import java.util.List;
import java.util.stream.IntStream;
import org.likeness.core.photo.Landmarks;
import org.likeness.core.photo.Point;

/// A face in the 68-point scheme of iBUG 300-W: jaw 0-16, eyebrows 17-26, nose 27-35, eyes 36-47, mouth 48-67.
/// Left is the left of the picture. Immutable.
record Points68(List<Point> points) {
    Points68 {
        points = List.copyOf(points);
        if (points.size() != 68) {
            throw new IllegalArgumentException("a face must have 68 points but has " + points.size());
        }
    }

    Point get(int index) {
        return points.get(index);
    }

    /// Eye centres, nose tip and mouth corners.
    Landmarks five() {
        return new Landmarks(mean(36, 41), mean(42, 47), get(30), get(48), get(54));
    }

    /// How far points 17-67 moved since another reading of the same face, on average, in eye distances. 0.02 for
    /// most faces; for things that are no faces mostly above 0.3. The jaw is left out: it is guessed where hair
    /// covers it.
    double shiftFrom(Points68 other) {
        double sum = 0;
        for (int i = DlibMeanFace.FIRST; i < 68; i++) {
            sum += Math.hypot(
                    get(i).x() - other.get(i).x(), get(i).y() - other.get(i).y());
        }
        return sum / (68 - DlibMeanFace.FIRST) / five().eyeDistance();
    }

    /// What takes dlib's mean face shape, a unit square, to this face.
    Similarity fromMeanFace() {
        return Similarity.fit(
                IntStream.range(DlibMeanFace.FIRST, 68)
                        .mapToObj(DlibMeanFace::at)
                        .toList(),
                points.subList(DlibMeanFace.FIRST, 68));
    }

    private Point mean(int first, int last) {
        double x = 0;
        double y = 0;
        for (int i = first; i <= last; i++) {
            x += get(i).x();
            y += get(i).y();
        }
        int n = last - first + 1;
        return new Point(x / n, y / n);
    }
}
