package org.likeness.server;

import java.util.Base64;
import java.util.List;
import java.util.stream.IntStream;
import org.likeness.core.search.Probe;

/// The faces of a photo that is not kept, to choose one from: the pictures stand in the page itself.
public final class ProbeFaces {
    private ProbeFaces() {}

    /// A face of the photo.
    ///
    /// @param number 1 for the largest
    /// @param picture its address, which is the picture
    public record Face(int number, String picture) {
        /// A picture of a face is personal.
        @Override
        public String toString() {
            return "Face[" + number + "]";
        }
    }

    static List<Face> of(Probe probe) {
        return IntStream.rangeClosed(1, probe.faces().size())
                .mapToObj(number -> new Face(
                        number,
                        "data:image/png;base64,"
                                + Base64.getEncoder()
                                        .encodeToString(probe.faces()
                                                .get(number - 1)
                                                .crop()
                                                .png())))
                .toList();
    }
}
