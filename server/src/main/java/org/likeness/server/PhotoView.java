package org.likeness.server;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.likeness.core.photo.Face;
import org.likeness.core.photo.Photo;
import org.likeness.core.photo.Quality;

/// What a photo's page shows. Immutable.
///
/// @param position where it stands in the order of all
/// @param title the file's name where the caller may know it, else the day
/// @param linked whether the file itself lies outside, and is not ours to delete
/// @param camera what the camera wrote into the file
/// @param run the import the photo came by, where the caller may see it
/// @param alternative what the picture is, for those who do not see it
public record PhotoView(
        String id,
        String position,
        String title,
        String alternative,
        int width,
        int height,
        List<FaceView> faces,
        boolean linked,
        List<Fact> facts,
        List<Fact> camera,
        List<Fact> provenance,
        Optional<String> run,
        Optional<String> newer,
        Optional<String> older) {
    /// One line of a list: the key of its text, and what it says.
    ///
    /// @param query of the photos' page, which shows those of which the same is true; empty: none
    public record Fact(String key, String value, String query) {
        Fact(String key, String value) {
            this(key, value, "");
        }
    }

    /// A face and where it is, in fractions of the picture's width and height.
    ///
    /// @param isSearchable whether the caller may search with it
    /// @param reason why no search finds it; empty: it is found, or only by consent
    /// @param said who people said it is, or is not
    public record FaceView(
            String id,
            int number,
            double x,
            double y,
            double width,
            double height,
            List<String> flaws,
            boolean isSearchable,
            String reason,
            List<SearchView.Said> said) {
        public FaceView {
            flaws = List.copyOf(flaws);
            said = List.copyOf(said);
        }

        static FaceView of(
                Face face, Photo photo, int number, boolean maySearch, String reason, List<SearchView.Said> said) {
            return new FaceView(
                    face.id().toString(),
                    number,
                    face.box().x() / photo.width(),
                    face.box().y() / photo.height(),
                    face.box().width() / photo.width(),
                    face.box().height() / photo.height(),
                    face.quality().flaws().stream()
                            .map(Quality.Flaw::name)
                            .sorted()
                            .toList(),
                    maySearch && reason.isEmpty(),
                    reason,
                    said);
        }
    }

    public PhotoView {
        faces = List.copyOf(faces);
        facts = List.copyOf(facts);
        camera = List.copyOf(camera);
        provenance = List.copyOf(provenance);
    }

    public String ratio() {
        return String.format(Locale.ROOT, "%.4f", (double) width / height);
    }
}
