package org.likeness.vision;

import java.util.EnumSet;
import org.likeness.core.photo.Box;
import org.likeness.core.photo.Landmarks;
import org.likeness.core.photo.Point;
import org.likeness.core.photo.Quality;
import org.likeness.core.photo.Quality.Flaw;

/// Judges how usable a face is. The bounds are chosen so that all 204 photos of the Face Research Lab London
/// Set, taken in a studio of volunteers of many skin tones, are without flaw. Stateless.
final class QualityMeter {
    /// Below this height matches are lost: a feasibility study found 98.5 % of true matches at one fixed
    /// threshold for faces of 60 pixels, 97.2 % at 48 and 91.3 % at 32. Pixels of the photo.
    private static final double SMALL_PX = 48;
    /// Far below the London set (0.81 and more) and the 92x112 pixel photos of the ORL set (0.33 and more).
    private static final double BLURRED_BELOW = 0.1;
    /// The nose tip is 0.3 eye distances from the middle between the eyes, or more.
    private static final double TURNED_BELOW = 0.4;
    /// Half of the darkest face of the London set (0.24 to 0.66).
    private static final double DARK_BELOW = 0.12;
    /// Most of a face this bright has no detail left.
    private static final double BRIGHT_ABOVE = 0.88;
    /// The variance of the Laplacian, in squared grey levels, that counts as half sharp.
    private static final double HALF_SHARP = 50;

    private QualityMeter() {}

    /// @param crop the aligned face
    static Quality measure(Box box, Landmarks landmarks, Picture crop) {
        float[] grey = grey(crop);
        double sharpness = sharpness(grey, crop.width(), crop.height());
        double frontality = frontality(landmarks);
        double exposure = exposure(grey, crop.width(), crop.height());
        var flaws = EnumSet.noneOf(Flaw.class);
        if (box.height() < SMALL_PX) {
            flaws.add(Flaw.SMALL);
        }
        if (sharpness < BLURRED_BELOW) {
            flaws.add(Flaw.BLURRED);
        }
        if (frontality < TURNED_BELOW) {
            flaws.add(Flaw.TURNED);
        }
        if (exposure < DARK_BELOW) {
            flaws.add(Flaw.DARK);
        }
        if (exposure > BRIGHT_ABOVE) {
            flaws.add(Flaw.BRIGHT);
        }
        return new Quality(box.height(), sharpness, frontality, exposure, flaws);
    }

    /// Luma of ITU-R BT.601, 0 to 255.
    private static float[] grey(Picture crop) {
        byte[] rgb = crop.rgb();
        var grey = new float[rgb.length / 3];
        for (int i = 0; i < grey.length; i++) {
            grey[i] =
                    0.299f * (rgb[3 * i] & 0xff) + 0.587f * (rgb[3 * i + 1] & 0xff) + 0.114f * (rgb[3 * i + 2] & 0xff);
        }
        return grey;
    }

    /// v / (v + 50) for the variance v of the Laplacian over the middle of the face: J. L. Pech-Pacheco et al.,
    /// "Diatom autofocusing in brightfield microscopy: a comparative study", ICPR 2000. The middle, because
    /// background and
    /// hair
    /// say nothing about the face.
    private static double sharpness(float[] grey, int width, int height) {
        double sum = 0;
        double squares = 0;
        int n = 0;
        for (int y = height / 4; y < height - height / 4; y++) {
            for (int x = width / 4; x < width - width / 4; x++) {
                int i = y * width + x;
                double l = grey[i - 1] + grey[i + 1] + grey[i - width] + grey[i + width] - 4 * grey[i];
                sum += l;
                squares += l * l;
                n++;
            }
        }
        double variance = squares / n - (sum / n) * (sum / n);
        return variance / (variance + HALF_SHARP);
    }

    private static double exposure(float[] grey, int width, int height) {
        double sum = 0;
        int n = 0;
        for (int y = height / 4; y < height - height / 4; y++) {
            for (int x = width / 4; x < width - width / 4; x++) {
                sum += grey[y * width + x];
                n++;
            }
        }
        return sum / n / 255;
    }

    /// 1 when the nose tip is half way between the eyes, measured along the line through them, 0 when it is
    /// beneath one eye or beyond. The tip stands out of the plane of the eyes, so it moves sideways as the head
    /// turns.
    private static double frontality(Landmarks face) {
        Point left = face.leftEye();
        double ex = face.rightEye().x() - left.x();
        double ey = face.rightEye().y() - left.y();
        double along = ((face.nose().x() - left.x()) * ex + (face.nose().y() - left.y()) * ey) / (ex * ex + ey * ey);
        return Math.clamp(1 - 2 * Math.abs(along - 0.5), 0.0, 1.0);
    }
}
