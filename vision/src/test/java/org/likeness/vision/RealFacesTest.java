package org.likeness.vision;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.likeness.core.photo.AnalysedPhoto;
import org.likeness.core.photo.AnalysedPhoto.AnalysedFace;
import org.likeness.core.photo.FaceReader.Depth;
import org.likeness.core.photo.PhotoReading;
import org.likeness.core.template.Rate;
import org.likeness.core.template.Threshold;

/// The default pack on photos of real people: loose bounds, which a mistake in detection, alignment or
/// normalisation
/// breaks at once. [Calibrate] gives the numbers themselves.
class RealFacesTest {
    private static final PackFaceReader READER = PackFaceReader.open(SharedFiles.defaultPack(), Limits.defaults());
    private static Path photos = Path.of("");

    @BeforeAll
    static void find_photos() {
        photos = SharedFiles.photos(RealFacesTest.class);
    }

    @AfterAll
    static void close() {
        READER.close();
    }

    @Test
    void studio_portraits_have_one_good_face_each_and_match_their_own_only() throws IOException {
        var samples = new ArrayList<Comparisons.Sample>();
        try (var people = Files.list(photos.resolve("london"))) {
            for (Path person :
                    people.filter(Files::isDirectory).sorted().limit(20).toList()) {
                for (String name : List.of("neutral.jpg", "smiling.jpg")) {
                    AnalysedPhoto photo = read(person.resolve(name), Permits.TEMPLATES);
                    assertThat(photo.faces()).hasSize(1);
                    AnalysedFace face = photo.faces().getFirst();
                    assertThat(face.quality().flaws()).isEmpty();
                    assertThat(face.template()).isPresent();
                    samples.add(new Comparisons.Sample(
                            person.toString(), face.template().orElseThrow()));
                }
            }
        }
        Comparisons scores = Comparisons.of(samples, READER.model().metric());
        assertThat(scores.matedCount()).isEqualTo(20);
        assertThat(scores.matedMin()).isGreaterThan(scores.nonMatedMax());
        double threshold = READER.model().calibration().scoreAt(1e-3);
        assertThat(scores.fnmr(threshold)).isZero();
        assertThat(scores.fmr(threshold)).isLessThan(0.01);
    }

    @Test
    void portraits_that_fill_the_frame_are_found_once_and_told_apart() {
        var samples = new ArrayList<Comparisons.Sample>();
        int found = 0;
        for (int person = 1; person <= 12; person++) {
            for (int i = 1; i <= 4; i++) {
                Path file = photos.resolve("orl/s" + person + "/" + i + ".pgm");
                List<AnalysedFace> faces = read(file, Permits.TEMPLATES).faces();
                assertThat(faces).hasSizeLessThan(2);
                found += faces.size();
                for (AnalysedFace face : faces) {
                    samples.add(
                            new Comparisons.Sample("s" + person, face.template().orElseThrow()));
                }
            }
        }
        Comparisons scores = Comparisons.of(samples, READER.model().metric());
        assertThat(found).isGreaterThanOrEqualTo(45);
        assertThat(scores.fnmr(READER.model().calibration().scoreAt(1e-3))).isLessThan(0.06);
        assertThat(scores.fmr(READER.model().calibration().scoreAt(1e-3))).isLessThan(0.01);
    }

    @Test
    void most_labelled_faces_of_everyday_photos_are_kept_and_little_else() throws IOException {
        var labelled = new ArrayList<>(SharedFiles.labelled(photos.resolve("dlib_faces")));
        List<SharedFiles.Labelled> afw = SharedFiles.labelled(photos.resolve("afw80"));
        IntStream.range(0, afw.size())
                .filter(i -> i % 8 == 0)
                .mapToObj(afw::get)
                .forEach(labelled::add);
        int total = 0;
        int kept = 0;
        int extra = 0;
        for (SharedFiles.Labelled photo : labelled) {
            var large = photo.boxes().stream().filter(box -> box.height() >= 32).toList();
            var boxes = read(photo.file(), Depth.FACES).faces().stream()
                    .map(AnalysedFace::box)
                    .toList();
            total += large.size();
            kept += (int) large.stream()
                    .filter(box -> boxes.stream().anyMatch(b -> Calibrate.same(b, box)))
                    .count();
            extra += (int) boxes.stream()
                    .filter(b -> photo.boxes().stream().noneMatch(box -> Calibrate.same(b, box)))
                    .count();
        }
        assertThat(kept).isGreaterThan(total * 3 / 4);
        assertThat(extra).isLessThan(6);
    }

    @Test
    void a_large_group_needs_the_finer_passes() {
        Path file = photos.resolve("class_photos/solvay1927.jpg");
        int all = read(file, Depth.FACES).faces().size();
        try (var coarse = PackFaceReader.open(SharedFiles.defaultPack(), new Limits(200_000_000L, 512))) {
            var few = ((PhotoReading.Read) coarse.read(file, Depth.FACES)).photo();
            assertThat(all).isBetween(24, 29).isGreaterThan(few.faces().size());
        }
    }

    @Test
    void a_person_is_found_again_in_other_places() {
        List<AnalysedPhoto> ofOne = IntStream.rangeClosed(1, 6)
                .mapToObj(i -> read(photos.resolve("everyday_compreface/images/00" + i + "_A.jpg"), Permits.TEMPLATES))
                .toList();
        var model = READER.model();
        double threshold = Threshold.of(model, new Rate(0.05), 50).scoreMin();
        var first = ofOne.getFirst().faces().getFirst().template().orElseThrow();

        long found = ofOne.stream()
                .skip(1)
                .filter(photo -> photo.faces().stream()
                        .anyMatch(face -> face.template().orElseThrow().score(first, model.metric()) >= threshold))
                .count();

        assertThat(found).isGreaterThanOrEqualTo(3);
    }

    private static AnalysedPhoto read(Path file, Depth depth) {
        return ((PhotoReading.Read) READER.read(file, depth)).photo();
    }
}
