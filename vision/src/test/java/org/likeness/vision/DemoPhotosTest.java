package org.likeness.vision;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.likeness.core.photo.AnalysedPhoto;
import org.likeness.core.photo.AnalysedPhoto.AnalysedFace;
import org.likeness.core.photo.Box;
import org.likeness.core.photo.FaceReader.Depth;
import org.likeness.core.photo.PhotoReading;
import org.likeness.core.template.Template;
import org.likeness.models.DefaultPack;

/// The main thing, proved by a clean clone alone: the six photos inside the default pack's jar, 22 faces.
class DemoPhotosTest {
    @TempDir
    static Path folder;

    private static final Map<String, AnalysedPhoto> READ = new TreeMap<>();
    private static final PackFaceReader READER = PackFaceReader.open(SharedFiles.defaultPack(), Limits.defaults());

    @BeforeAll
    static void read_all() throws IOException {
        for (String name : DefaultPack.photos()) {
            READ.put(name, read(SharedFiles.demoPhoto(name, folder), Permits.TEMPLATES));
        }
    }

    @AfterAll
    static void close() {
        READER.close();
    }

    @Test
    void finds_every_face_and_nothing_else() {
        long kept =
                READ.values().stream().mapToLong(photo -> photo.faces().size()).sum();
        long skipped = READ.values().stream()
                .mapToLong(photo -> photo.skipped().size())
                .sum();

        // A full profile and a face looking down may be found inconsistent; they cannot be compared anyway.
        assertThat(kept + skipped).isEqualTo(22);
        assertThat(kept).isBetween(20L, 22L);
    }

    @Test
    void faces_are_plausible_and_the_largest_comes_first() {
        for (AnalysedPhoto photo : READ.values()) {
            assertThat(photo.faces())
                    .isSortedAccordingTo(Comparator.comparingDouble(
                                    (AnalysedFace f) -> f.box().height())
                            .reversed());
            for (AnalysedFace face : photo.faces()) {
                Box box = face.box();
                var five = face.landmarks();
                assertThat(face.detectionScore()).isBetween(0.5, 1.0);
                assertThat(five.leftEye().x()).isLessThan(five.rightEye().x());
                assertThat(five.leftMouth().y()).isGreaterThan(five.leftEye().y());
                assertThat(five.points())
                        .allMatch(p -> p.x() > box.x()
                                && p.x() < box.x() + box.width()
                                && p.y() > box.y()
                                && p.y() < box.y() + box.height() * 1.1);
                assertThat(face.quality().sizePx()).isEqualTo(box.height());
            }
        }
    }

    @Test
    void different_people_in_one_photo_score_low() {
        double threshold = SharedFiles.defaultPack().spec().calibration().scoreAt(1e-4);
        for (AnalysedPhoto photo : READ.values()) {
            List<Template> templates = templates(photo);
            for (int i = 0; i < templates.size(); i++) {
                for (int j = 0; j < i; j++) {
                    assertThat(score(templates.get(i), templates.get(j))).isLessThan(threshold);
                }
            }
        }
    }

    @Test
    void the_same_person_is_found_in_another_photo() {
        double threshold = SharedFiles.defaultPack().spec().calibration().scoreAt(1e-3);
        int pairs = 0;
        var photos = new ArrayList<>(READ.values());
        for (int i = 0; i < photos.size(); i++) {
            for (int j = 0; j < i; j++) {
                for (Template a : templates(photos.get(i))) {
                    pairs += (int) templates(photos.get(j)).stream()
                            .filter(b -> score(a, b) >= threshold)
                            .count();
                }
            }
        }
        assertThat(pairs).isGreaterThanOrEqualTo(1);
    }

    @Test
    void embedding_a_crop_later_gives_the_same_bits() {
        for (AnalysedPhoto photo : READ.values()) {
            for (AnalysedFace face : photo.faces()) {
                assertThat(READER.embed(face.crop(), Permits.PERMIT))
                        .isEqualTo(face.template().orElseThrow());
            }
        }
    }

    @Test
    void without_templates_all_the_rest_is_the_same() {
        AnalysedPhoto full = photo("sample1.jpg");

        AnalysedPhoto faces = read(folder.resolve("sample1.jpg"), Depth.FACES);

        assertThat(faces.faces())
                .hasSameSizeAs(full.faces())
                .allMatch(face -> face.template().isEmpty());
        for (int i = 0; i < full.faces().size(); i++) {
            assertThat(faces.faces().get(i).box()).isEqualTo(full.faces().get(i).box());
            assertThat(faces.faces().get(i).crop().png())
                    .isEqualTo(full.faces().get(i).crop().png());
        }
    }

    @Test
    void heads_rolled_by_30_degrees_still_match() throws IOException {
        double threshold = SharedFiles.defaultPack().spec().calibration().scoreAt(1e-4);
        int before = 0;
        int matched = 0;
        for (String name : List.of("sample3.jpg", "sample5.jpg", "sample6.jpg")) {
            Path file = Files.write(folder.resolve("rolled.png"), Encoding.png(rolled(picture(name), 30)));
            List<Template> after = templates(read(file, Permits.TEMPLATES));
            for (Template template : templates(photo(name))) {
                before++;
                matched += after.stream().anyMatch(other -> score(template, other) > threshold) ? 1 : 0;
            }
        }
        assertThat(before).isEqualTo(12);
        assertThat(matched).isGreaterThanOrEqualTo(11);
    }

    /// The whole picture turned about its middle, on a larger square.
    private static Picture rolled(Picture upright, double degrees) {
        double cos = Math.cos(Math.toRadians(degrees));
        double sin = Math.sin(Math.toRadians(degrees));
        int side = (int) Math.hypot(upright.width(), upright.height());
        double half = side / 2.0;
        double left = upright.width() / 2.0 - cos * half + sin * half;
        double top = upright.height() / 2.0 - sin * half - cos * half;
        return Warp.warp(upright, new Similarity(cos, sin, left, top), side, side);
    }

    @Test
    void a_photo_turned_by_exif_gives_the_same_faces() throws IOException {
        Picture upright = picture("sample1.jpg");
        // Stored a quarter turn to the left: stored (x, y) shows upright (width - y, x).
        int storedWidth = upright.height();
        int storedHeight = upright.width();
        Picture stored = Warp.warp(upright, new Similarity(0, 1, upright.width(), 0), storedWidth, storedHeight);
        byte[] jpeg = Encoding.jpeg(stored);
        // APP1 with one entry: orientation (0x0112) 6.
        byte[] exif = HexFormat.of()
                .parseHex(
                        "ffe10022457869660000" + "4d4d002a00000008" + "0001" + "011200030000000100060000" + "00000000");
        var bytes = new ByteArrayOutputStream();
        bytes.write(jpeg, 0, 2);
        bytes.writeBytes(exif);
        bytes.write(jpeg, 2, jpeg.length - 2);
        Path file = Files.write(folder.resolve("turned.jpg"), bytes.toByteArray());

        AnalysedPhoto turned = read(file, Permits.TEMPLATES);

        AnalysedPhoto before = photo("sample1.jpg");
        assertThat(turned.width()).isEqualTo(upright.width());
        assertThat(turned.faces()).hasSameSizeAs(before.faces());
        for (int i = 0; i < before.faces().size(); i++) {
            assertThat(turned.faces().get(i).box().iou(before.faces().get(i).box()))
                    .isGreaterThan(0.9);
            assertThat(score(templates(turned).get(i), templates(before).get(i)))
                    .isGreaterThan(0.8);
        }
    }

    @Test
    void a_face_cut_out_tightly_is_still_found() throws IOException {
        Box box = photo("sample1.jpg").faces().getFirst().box();
        Picture upright = picture("sample1.jpg");
        var corner = new Similarity(1, 0, (int) (box.x() + box.width() * 0.1), (int) (box.y() + box.height() * 0.15));
        Picture cut = Warp.warp(upright, corner, (int) (box.width() * 0.8), (int) (box.height() * 0.8));
        Path file = Files.write(folder.resolve("tight.png"), Encoding.png(cut));

        assertThat(read(file, Permits.TEMPLATES).faces()).hasSize(1);
    }

    @Test
    void a_photo_without_faces_has_none() throws IOException {
        var rgb = new byte[600 * 400 * 3];
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] = (byte) (i / 3 % 600 * 255 / 600);
        }
        Path file = Files.write(folder.resolve("plain.png"), Encoding.png(new Picture(600, 400, rgb)));

        AnalysedPhoto read = read(file, Permits.TEMPLATES);

        assertThat(read.faces()).isEmpty();
        assertThat(read.skipped()).isEmpty();
    }

    @Test
    void the_thumbnail_is_an_upright_jpeg_of_512_pixels() throws IOException {
        AnalysedPhoto photo = photo("sample1.jpg");

        var thumbnail = ImageIO.read(new ByteArrayInputStream(photo.thumbnailJpeg()));

        assertThat(Math.max(thumbnail.getWidth(), thumbnail.getHeight())).isEqualTo(512);
        assertThat((double) thumbnail.getWidth() / thumbnail.getHeight())
                .isCloseTo((double) photo.width() / photo.height(), org.assertj.core.api.Assertions.within(0.01));
    }

    @Test
    void callers_at_the_same_time_get_what_one_gets() throws InterruptedException, ExecutionException {
        try (var threads = Executors.newFixedThreadPool(3)) {
            var calls = new ArrayList<Callable<AnalysedPhoto>>();
            for (int i = 0; i < 6; i++) {
                String name = i % 2 == 0 ? "sample1.jpg" : "sample2.jpg";
                calls.add(() -> read(folder.resolve(name), Permits.TEMPLATES));
            }
            List<Future<AnalysedPhoto>> results = threads.invokeAll(calls);
            for (int i = 0; i < 6; i++) {
                AnalysedPhoto alone = photo(i % 2 == 0 ? "sample1.jpg" : "sample2.jpg");
                assertThat(templates(results.get(i).get())).isEqualTo(templates(alone));
            }
        }
    }

    @Test
    void what_is_no_photo_is_unreadable() throws IOException {
        Path file = Files.writeString(folder.resolve("text.jpg"), "no photo");

        assertThat(READER.read(file, Depth.FACES)).isInstanceOf(PhotoReading.Unreadable.class);
    }

    private static AnalysedPhoto photo(String name) {
        return Objects.requireNonNull(READ.get(name), name);
    }

    private static AnalysedPhoto read(Path file, Depth depth) {
        return ((PhotoReading.Read) READER.read(file, depth)).photo();
    }

    private static List<Template> templates(AnalysedPhoto photo) {
        return photo.faces().stream().map(face -> face.template().orElseThrow()).toList();
    }

    private static double score(Template a, Template b) {
        return a.score(b, READER.model().metric());
    }

    private static Picture picture(String name) {
        try (var photo = ((Decoding.Decoded) new PhotoDecoder().decode(folder.resolve(name))).photo()) {
            return photo.scaled(Integer.MAX_VALUE);
        }
    }
}
