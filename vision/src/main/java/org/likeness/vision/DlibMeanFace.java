package org.likeness.vision;

import java.util.List;
import org.likeness.core.photo.Point;

/// dlib's mean face shape: the average place of points 17 to 67 of the 68-point scheme, in a square of side 1
/// around eyebrows to chin. Constants of `get_face_chip_details` in dlib's `image_transforms/interpolation.h`
/// (Boost licence).
final class DlibMeanFace {
    /// The first point it knows; the jaw, 0 to 16, is not in it.
    static final int FIRST = 17;

    /// What `get_face_chip_details` is called with for the recogniser: a quarter of the square at each side.
    private static final double PADDING = 0.25;

    private static final double[] X = {
        0.000213256, 0.0752622, 0.18113, 0.29077, 0.393397, 0.586856, 0.689483, 0.799124, 0.904991, 0.98004, 0.490127,
        0.490127, 0.490127, 0.490127, 0.36688, 0.426036, 0.490127, 0.554217, 0.613373, 0.121737, 0.187122, 0.265825,
        0.334606, 0.260918, 0.182743, 0.645647, 0.714428, 0.793132, 0.858516, 0.79751, 0.719335, 0.254149, 0.340985,
        0.428858, 0.490127, 0.551395, 0.639268, 0.726104, 0.642159, 0.556721, 0.490127, 0.423532, 0.338094, 0.290379,
        0.428096, 0.490127, 0.552157, 0.689874, 0.553364, 0.490127, 0.42689
    };
    private static final double[] Y = {
        0.106454, 0.038915, 0.0187482, 0.0344891, 0.0773906, 0.0773906, 0.0344891, 0.0187482, 0.038915, 0.106454,
        0.203352, 0.307009, 0.409805, 0.515625, 0.587326, 0.609345, 0.628106, 0.609345, 0.587326, 0.216423, 0.178758,
        0.179852, 0.231733, 0.245099, 0.244077, 0.231733, 0.179852, 0.178758, 0.216423, 0.244077, 0.245099, 0.780233,
        0.745405, 0.727388, 0.742578, 0.727388, 0.745405, 0.780233, 0.864805, 0.902192, 0.909281, 0.902192, 0.864805,
        0.784792, 0.778746, 0.785343, 0.778746, 0.784792, 0.824182, 0.831803, 0.824182
    };

    private DlibMeanFace() {}

    /// The place of a point in the unit square.
    ///
    /// @param index 17 to 67
    static Point at(int index) {
        return new Point(X[index - FIRST], Y[index - FIRST]);
    }

    /// The place of a point in a face chip of that side, in pixels; half a pixel because dlib counts from pixel
    /// centres.
    static Point inCrop(int index, int side) {
        Point p = at(index);
        double n = 1 + 2 * PADDING;
        return new Point((PADDING + p.x()) / n * side + 0.5, (PADDING + p.y()) / n * side + 0.5);
    }

    /// Eye centres, nose tip and mouth corners in a face chip of that side, in the order of `Landmarks`.
    static List<Point> fiveInCrop(int side) {
        return List.of(
                middle(36, 41, side), middle(42, 47, side), inCrop(30, side), inCrop(48, side), inCrop(54, side));
    }

    private static Point middle(int first, int last, int side) {
        double x = 0;
        double y = 0;
        for (int i = first; i <= last; i++) {
            x += inCrop(i, side).x();
            y += inCrop(i, side).y();
        }
        return new Point(x / (last - first + 1), y / (last - first + 1));
    }
}
