package org.likeness.vision;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.likeness.core.photo.Landmarks;
import org.likeness.core.photo.Point;

/// Where the parts of a face go in the picture an embedder gets. The name is part of every template's model id:
/// another crop makes vectors incomparable as surely as another network does, so a change here needs a new name.
///
/// Points are in pixels of the crop; the centre of the first pixel is (0.5, 0.5), half a pixel more than in dlib
/// and OpenCV, where it is (0, 0).
enum Alignment {
    /// Nose, eyes and most of the mouth of a 68-point face fitted to dlib's mean face shape, padding 0.25, 150
    /// pixels. Without eyebrows and lower lip, which move with expression, and without the jaw, which moves with
    /// the
    /// camera.
    DLIB_33("dlib-33-150-v1", 150, 150) {
        @Override
        Optional<Similarity> toCrop(Landmarks five, Optional<Points68> all) {
            return all.map(points -> Similarity.fit(
                    DLIB_33_INDICES.stream().map(points::get).toList(),
                    DLIB_33_INDICES.stream()
                            .map(i -> DlibMeanFace.inCrop(i, 150))
                            .toList()));
        }
    },
    /// Eye centres, nose tip and mouth corners fitted to the same points of dlib's mean face shape, padding
    /// 0.25, 150 pixels. (Not dlib's own five points, which are eye corners: no detector gives those.)
    DLIB_5("dlib-5-150-v1", 150, 150) {
        @Override
        Optional<Similarity> toCrop(Landmarks five, Optional<Points68> all) {
            return Optional.of(Similarity.fit(five.points(), DlibMeanFace.fiveInCrop(150)));
        }
    },
    /// The five points of ArcFace, 112 pixels: J. Deng et al., "ArcFace", CVPR 2019, constants of
    /// `face_align.py` in InsightFace.
    ARCFACE_112("arcface-112-v1", 112, 112) {
        @Override
        Optional<Similarity> toCrop(Landmarks five, Optional<Points68> all) {
            return Optional.of(Similarity.fit(
                    five.points(),
                    List.of(
                            new Point(38.2946 + 0.5, 51.6963 + 0.5),
                            new Point(73.5318 + 0.5, 51.5014 + 0.5),
                            new Point(56.0252 + 0.5, 71.7366 + 0.5),
                            new Point(41.5493 + 0.5, 92.3655 + 0.5),
                            new Point(70.7299 + 0.5, 92.2041 + 0.5))));
        }
    };

    private static final List<Integer> DLIB_33_INDICES = Stream.concat(
                    IntStream.rangeClosed(27, 54).boxed(),
                    IntStream.rangeClosed(60, 64).boxed())
            .toList();

    private final String word;
    private final int width;
    private final int height;

    Alignment(String word, int width, int height) {
        this.word = word;
        this.width = width;
        this.height = height;
    }

    /// The alignment of that name, if there is one.
    static Optional<Alignment> named(String word) {
        return Arrays.stream(values()).filter(a -> a.word.equals(word)).findFirst();
    }

    static List<String> words() {
        var words = new ArrayList<String>();
        for (Alignment alignment : values()) {
            words.add(alignment.word);
        }
        return words;
    }

    String word() {
        return word;
    }

    int width() {
        return width;
    }

    int height() {
        return height;
    }

    /// Whether it needs the 68 points.
    boolean needs68() {
        return this == DLIB_33;
    }

    /// What takes the photo to the crop; empty when it needs points that are not there.
    abstract Optional<Similarity> toCrop(Landmarks five, Optional<Points68> all);
}
