package org.likeness.vision;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.likeness.core.photo.Box;

/// Finds faces of all sizes in a photo: the same network at several sizes of the photo, each trusted only for
/// the faces it is good at. Thread-safe as its network is.
///
/// A detector finds nothing below some 36 pixels of its input, so small faces need large inputs; on those it
/// splits or misses large faces. Hence the gate: every pass but the finest drops boxes below [#COARSE_MIN_PX],
/// every pass but the first drops boxes above [#FINE_MAX_PX], and as each pass is about twice as large as the
/// one before, every size is covered by at least one. What remains twice is removed by overlap. The finest pass
/// is left out where nothing hints at a face that only it would see.
final class FaceDetector {
    /// Smaller boxes are left to the next finer pass. Input pixels.
    private static final double COARSE_MIN_PX = 36;
    /// Larger boxes are left to the next coarser pass. Input pixels.
    private static final double FINE_MAX_PX = 150;
    /// A box inside another counts as the same face, however small it is beside it.
    private static final double OVERLAP_OF_SMALLER_MAX = 0.6;
    /// How far beyond the pass before the photo must reach for the next one, so that a pass is never spent on a
    /// photo hardly larger than the pass before has seen it. Of the longer side.
    private static final double NEXT_PASS_FACTOR = 1.45;
    /// Passes that run whatever the ones before have found.
    private static final int PASSES_ALWAYS = 2;
    /// A further pass runs only where the one before has seen a face smaller than this, or none: behind somebody
    /// alone in front of the camera there is nobody small, or somebody whom the pass before has seen. The finest
    /// pass takes three quarters of the time; docs/benchmarks.md says how many of them this saves, and that no
    /// face was lost. Input pixels of the pass before.
    private static final double HINT_MAX_PX = 96;
    /// Border at each side of a photo in which nothing was found, of its longer side: in ID photos and scans the
    /// face fills the frame, and detectors want to see around it.
    private static final double RETRY_BORDER = 0.5;

    private final Net net;
    private final PackDescription.Detector description;
    private final List<Integer> passes;

    /// @param passPxMax finest pass that runs; the coarsest always does
    FaceDetector(Net net, PackDescription.Detector description, int passPxMax) {
        this.net = net;
        this.description = description;
        List<Integer> all = description.passes();
        passes = all.stream()
                .filter(pass -> pass <= passPxMax || pass.equals(all.getFirst()))
                .toList();
        if (net.fixedWidth() != -1 || net.fixedHeight() != -1) {
            if (all.size() != 1) {
                throw Net.wrong(net.file(), "input size", "fixed", "of any height and width for several passes");
            }
            net.requireInput(all.getFirst(), all.getFirst());
        }
    }

    /// The faces, in pixels of the photo, best score first, none overlapping another much.
    List<Detection> detect(DecodedPhoto photo) {
        return detect(photo, count(photo));
    }

    /// The same by the coarsest pass alone, unless it finds nothing.
    List<Detection> detectLarger(DecodedPhoto photo) {
        List<Detection> found = detect(photo, 1);
        return found.isEmpty() ? detect(photo) : found;
    }

    /// How many of the passes this photo needs.
    private int count(DecodedPhoto photo) {
        int longSide = Math.max(photo.width(), photo.height());
        int count = 1;
        while (count < passes.size() && longSide > passes.get(count - 1) * NEXT_PASS_FACTOR) {
            count++;
        }
        return count;
    }

    private List<Detection> detect(DecodedPhoto photo, int count) {
        double longSide = Math.max(photo.width(), photo.height());
        var kept = new ArrayList<Detection>();
        boolean finer = true;
        for (int i = 0; i < count && finer; i++) {
            Picture picture = photo.scaled(passes.get(i));
            double scaleX = (double) photo.width() / picture.width();
            double scaleY = (double) photo.height() / picture.height();
            double inputPx = longSide / passes.get(i); // in pixels of the photo
            double min = i < count - 1 ? COARSE_MIN_PX * inputPx : 0;
            double max = i > 0 ? FINE_MAX_PX * inputPx : Double.POSITIVE_INFINITY;
            List<Detection> found = pass(picture, passes.get(i), scaleX, scaleY, 0, 0);
            found.stream()
                    .filter(face -> face.box().height() >= min && face.box().height() <= max)
                    .forEach(kept::add);
            finer = i + 1 < PASSES_ALWAYS
                    || found.isEmpty()
                    || found.stream().anyMatch(face -> face.box().height() < HINT_MAX_PX * inputPx);
        }
        return unique(kept.isEmpty() ? retry(photo) : kept);
    }

    /// Looks again with a border around the photo.
    private List<Detection> retry(DecodedPhoto photo) {
        int pass = passes.getFirst();
        Picture picture = photo.scaled((int) (pass / (1 + 2 * RETRY_BORDER)));
        int border = (int) (Math.max(picture.width(), picture.height()) * RETRY_BORDER);
        double scaleX = (double) photo.width() / picture.width();
        double scaleY = (double) photo.height() / picture.height();
        Picture padded = Warp.pad(picture, border, border);
        return pass(padded, pass, scaleX, scaleY, -border * scaleX, -border * scaleY).stream()
                .filter(found -> touches(found.box(), photo)) // the border repeats the edge, so it may invent something
                .toList();
    }

    private static boolean touches(Box box, DecodedPhoto photo) {
        return box.overlapOfSmaller(new Box(0, 0, photo.width(), photo.height())) > 0.5;
    }

    /// Runs the network once.
    ///
    /// @param scaleX photo pixels for a pixel of `picture`
    /// @param dx where the picture's left edge is in the photo
    private List<Detection> pass(Picture picture, int side, double scaleX, double scaleY, double dx, double dy) {
        // Only the coarsest pass ever sees a photo smaller than itself: more pixels do show it smaller faces.
        int longSide = Math.max(picture.width(), picture.height());
        double factor = side == passes.getFirst() && longSide < side ? (double) side / longSide : 1;
        Picture input = factor == 1 ? picture : Warp.enlarge(picture, factor);
        double toPhotoX = scaleX * picture.width() / input.width();
        double toPhotoY = scaleY * picture.height() / input.height();
        int width = inputSide(input.width(), side);
        int height = inputSide(input.height(), side);
        List<Net.Output> outputs =
                net.run(1, width, height, pixels -> description.pixels().write(input, pixels, 0, width, height));
        return description.head().decode(outputs, width, height, description.scoreMin()).stream()
                .map(found -> found.moved(toPhotoX, toPhotoY, dx, dy))
                .toList();
    }

    /// The side of the network's input for a side of the picture: few different shapes, because each new one
    /// costs the runtime memory and time. An eighth of the pass gives 3:2, 4:3, 16:9 and square photos little
    /// black to look
    /// at.
    private int inputSide(int picture, int pass) {
        if (net.fixedWidth() != -1) {
            return pass;
        }
        int multiple = description.sideMultiple();
        int step = Math.max(1, pass / 8 / multiple) * multiple;
        int side = (picture + step - 1) / step * step;
        return Math.max(side, description.sideMin());
    }

    /// Greedy suppression: of boxes that overlap too much, the best scored stays; of equal scores the first.
    private List<Detection> unique(List<Detection> found) {
        var sorted = new ArrayList<>(found);
        sorted.sort(Comparator.comparingDouble(Detection::score).reversed());
        var kept = new ArrayList<Detection>();
        for (Detection next : sorted) {
            boolean known = kept.stream()
                    .anyMatch(other -> other.box().iou(next.box()) > description.iouMax()
                            || other.box().overlapOfSmaller(next.box()) > OVERLAP_OF_SMALLER_MAX);
            if (!known) {
                kept.add(next);
            }
        }
        return kept;
    }
}
