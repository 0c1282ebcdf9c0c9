package org.likeness.vision;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Optional;
import org.likeness.core.photo.Box;
import org.likeness.core.photo.Point;

/// Finds the 68 points of a face by the `face-api-68` network, twice: the second time on a window turned and
/// centred by what the first time found. The first reading is good for upright faces only; the second
/// reads most heads rolled by 30 degrees. Where the readings disagree a little a third one decides; where they
/// disagree much there is no face, or none that can be compared. Thread-safe as its network is.
///
/// The network takes a box in the middle of a black square, pixels outside the box black, and gives x and y of
/// each point in turn, relative to the square.
final class LandmarkFinder {
    /// The second window in the frame of dlib's mean face: where the detector's box would be, had it found the
    /// face upright. Medians over 204 photos of 102 volunteers (Face Research Lab London Set), but sideways in
    /// the middle of the face.
    private static final double CENTRE_X = 0.49;
    private static final double CENTRE_Y = 0.41;
    private static final double HEIGHT = 1.44;
    private static final double WIDTH = 1.21;

    /// The largest shift between two readings, in eye distances, see [Points68#shiftFrom]. In a feasibility
    /// study it kept 215 of 217 faces in upright photos, and 7 of 49 objects that the detector took for faces,
    /// about 5 of them pictures of faces.
    private static final double SHIFT_MAX = 0.15;
    /// Up to this shift the second reading may still have been right and the first one wrong, as with rolled
    /// heads: a third decides.
    private static final double THIRD_SHIFT_MAX = 0.5;
    /// A third reading has to agree better, as it starts from a better window. In the demo photos of the default
    /// pack, rolled by 0 to 45 degrees, right readings shift by 0.003 to 0.12 and wrong ones by 0.3 and more.
    /// Tested on photos of volunteers since, see docs/benchmarks.md: up to 45 degrees every face is kept.
    private static final double SETTLED_SHIFT_MAX = 0.1;

    private final Net net;
    private final PackDescription.LandmarkNet description;

    LandmarkFinder(Net net, PackDescription.LandmarkNet description) {
        this.net = net;
        this.description = description;
        net.requireInput(description.side(), description.side());
        net.requireOneOutput(2 * 68);
    }

    /// The points of the face in a box; empty when the readings do not agree, so that there is no face, or one
    /// turned too far to be compared.
    Optional<Points68> find(FaceWindow window, Box box) {
        double side = Math.max(box.width(), box.height());
        double left = box.x() + box.width() / 2 - side / 2;
        double top = box.y() + box.height() / 2 - side / 2;
        Similarity toPhoto = Similarity.window(left, top, side / description.side());
        Points68 first = read(window, toPhoto, box.width() / side, box.height() / side);
        if (!(first.five().eyeDistance() > 0)) {
            return Optional.empty();
        }
        Points68 second = again(window, first);
        double shift = second.shiftFrom(first);
        if (shift < SHIFT_MAX) {
            return Optional.of(second);
        }
        if (!(shift < THIRD_SHIFT_MAX)) { // written so that NaN fails too
            return Optional.empty();
        }
        Points68 third = again(window, second);
        return third.shiftFrom(second) < SETTLED_SHIFT_MAX ? Optional.of(third) : Optional.empty();
    }

    /// A reading of the window that an earlier reading points at.
    private Points68 again(FaceWindow window, Points68 before) {
        double longer = Math.max(WIDTH, HEIGHT);
        Similarity turned = Similarity.window(CENTRE_X - longer / 2, CENTRE_Y - longer / 2, longer / description.side())
                .then(before.fromMeanFace());
        return read(window, turned, WIDTH / longer, HEIGHT / longer);
    }

    /// @param shareX part of the square's width that shows the photo; the rest is black
    /// @param shareY the same of its height
    private Points68 read(FaceWindow window, Similarity toPhoto, double shareX, double shareY) {
        int side = description.side();
        Picture square = window.cut(toPhoto, side, side);
        blacken(square, (int) Math.round((1 - shareX) / 2 * side), (int) Math.round((1 - shareY) / 2 * side));
        float[] values = net.run(1, side, side, out -> description.pixels().write(square, out, 0, side, side))
                .getFirst()
                .values();
        if (values.length != 2 * 68) {
            throw Net.wrong(net.file(), "output", values.length + " values", "136 values");
        }
        var points = new ArrayList<Point>(68);
        for (int i = 0; i < 68; i++) {
            points.add(toPhoto.apply(values[2 * i] * side, values[2 * i + 1] * side));
        }
        return new Points68(points);
    }

    /// Blackens the borders of a picture that nobody else has seen yet.
    private static void blacken(Picture square, int columns, int rows) {
        int w = square.width();
        int h = square.height();
        byte[] rgb = square.rgb();
        for (int y = 0; y < h; y++) {
            boolean all = y < rows || y >= h - rows;
            int from = y * w * 3;
            Arrays.fill(rgb, from, from + (all ? w : columns) * 3, (byte) 0);
            Arrays.fill(rgb, from + (all ? 0 : w - columns) * 3, from + w * 3, (byte) 0);
        }
    }
}
