package org.likeness.vision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.likeness.core.LikenessException;
import org.likeness.core.photo.PhotoReading.Reason;

class PhotoDecoderTest {
    private static final Map<String, byte[]> SAMPLES = SamplePhotos.all();
    private static final int TOLERANCE = 12;

    private final PixelBudget budget = new PixelBudget(10_000_000);
    private final PhotoDecoder decoder = new PhotoDecoder(PhotoLimits.DEFAULT, budget);

    @TempDir
    Path folder;

    static Stream<String> formats() {
        return SAMPLES.keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("formats")
    void decodes_every_format_in_its_right_colours(String format) {
        try (var photo = decoded(sample(format))) {
            assertThat(photo.mediaType().name()).isEqualToIgnoringCase(format.replace("-grid", ""));
            if (!format.endsWith("grid")) {
                assertQuadrants(photo);
            }
        }
        assertThat(budget.freePixels()).isEqualTo(10_000_000);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    void turns_a_jpeg_upright_whatever_its_exif_orientation(int orientation) {
        var stored = stored(orientation);
        var jpeg = SamplePhotos.withExif(SamplePhotos.imageIo(stored, "jpeg"), orientation, "2024:05:06 07:08:09");
        try (var photo = decoded(jpeg)) {
            assertQuadrants(photo);
            assertThat(photo.takenAt()).contains(LocalDateTime.of(2024, 5, 6, 7, 8, 9));
            var corner =
                    photo.region(SamplePhotos.WIDTH - 10, -4, 14, 12, 100); // 10 inside, 4 beyond the right and top
            assertThat(pixel(corner, 5, 8)).satisfies(near(SamplePhotos.GREEN));
            assertThat(pixel(corner, 5, 1)).isZero();
            assertThat(pixel(corner, 12, 8)).isZero();
        }
    }

    @ParameterizedTest
    @CsvSource({"0, -1", "1, -1", "2, -1", "3, -1", "0, 0", "0, 1", "1, 0", "3, 1"})
    void turns_a_heic_by_its_container(int turns, int mirror) {
        var transforms = mirror < 0
                ? new byte[][] {HeifWriter.irot(turns)}
                : new byte[][] {HeifWriter.irot(turns), HeifWriter.imir(mirror)};
        try (var photo = decoded(SamplePhotos.heic().single(transforms))) {
            var image = SamplePhotos.quadrants();
            for (int turn = 0; turn < turns; turn++) {
                image = antiClockwise(image);
            }
            if (mirror >= 0) {
                image = mirrored(image, mirror == 1);
            }
            assertShows(photo, image);
        }
    }

    @Test
    void puts_the_tiles_of_a_grid_together_and_cuts_what_sticks_out() {
        try (var photo = decoded(SamplePhotos.heic().grid(3, 2, 250, 100, HeifWriter.irot(3)))) {
            assertThat(photo.width()).isEqualTo(100);
            assertThat(photo.height()).isEqualTo(250);
            var picture = photo.scaled(250);
            // Turned clockwise: the stored pixel (x, y) is at (99 - y, x).
            assertThat(pixel(picture, 99 - 10, 10)).satisfies(near(SamplePhotos.RED));
            assertThat(pixel(picture, 99 - 10, 96 + 70)).satisfies(near(SamplePhotos.GREEN));
            assertThat(pixel(picture, 99 - 74, 192 + 20)).satisfies(near(SamplePhotos.RED));
            assertThat(pixel(picture, 99 - 40, 96 + 20)).satisfies(near(SamplePhotos.BLUE));
        }
    }

    @Test
    void shows_see_through_parts_white_and_not_the_colour_hidden_there() {
        var image = new BufferedImage(40, 40, BufferedImage.TYPE_INT_ARGB);
        for (int i = 0; i < 1600; i++) {
            image.setRGB(i % 40, i / 40, i % 40 < 20 ? 0x00ff0000 : 0x80000000);
        }
        try (var photo = decoded(SamplePhotos.imageIo(image, "png"))) {
            var picture = photo.scaled(40);
            assertThat(pixel(picture, 5, 5)).isEqualTo(0xffffff);
            assertThat(pixel(picture, 30, 5)).satisfies(near(0x7f7f7f));
        }
    }

    @ParameterizedTest
    @ValueSource(
            ints = {
                BufferedImage.TYPE_BYTE_GRAY,
                BufferedImage.TYPE_USHORT_GRAY,
                BufferedImage.TYPE_BYTE_INDEXED,
                BufferedImage.TYPE_BYTE_BINARY,
                BufferedImage.TYPE_4BYTE_ABGR
            })
    void reads_grey_deep_palette_and_bit_pictures(int type) {
        var image = new BufferedImage(61, 37, type); // odd sizes
        var graphics = image.createGraphics();
        graphics.setColor(Color.WHITE);
        graphics.fillRect(30, 0, 31, 37);
        graphics.dispose();
        for (var format : new String[] {"png", "tiff"}) {
            try (var photo = decoded(SamplePhotos.imageIo(image, format))) {
                var whole = photo.scaled(61);
                assertThat(pixel(whole, 59, 35)).isEqualTo(0xffffff);
                var part = photo.region(29, 3, 7, 5, 50);
                assertThat(pixel(part, 0, 2)).isEqualTo(type == BufferedImage.TYPE_4BYTE_ABGR ? 0xffffff : 0);
                assertThat(pixel(part, 1, 2)).isEqualTo(0xffffff);
            }
        }
    }

    @Test
    void scales_down_and_never_up() {
        try (var photo = decoded(sample("jpeg"))) {
            assertThat(photo.scaled(1000).width()).isEqualTo(SamplePhotos.WIDTH);
            assertThat(photo.scaled(48).width()).isEqualTo(48);
            assertThat(photo.scaled(48).height()).isEqualTo(32);
            assertThat(photo.scaled(1).height()).isEqualTo(1);
            assertThat(photo.region(500, 500, 10, 20, 10).height()).isEqualTo(10);
        }
    }

    @ParameterizedTest
    @MethodSource("formats")
    void reports_a_cut_file_wherever_it_is_cut(String format) {
        var whole = sample(format);
        var step = Math.max(1, whole.length / 60);
        for (int length = 1; length < whole.length; length += step) {
            var result = decode(Arrays.copyOf(whole, length));
            if (result instanceof Decoding.Decoded(var photo)) {
                photo.close();
                // A GIF's trailer and a TIFF's metadata may lie behind the pixels.
                assertThat(format).as("cut at %d of %d", length, whole.length).isIn("gif", "tiff");
                assertThat(length).isGreaterThan(whole.length * 9 / 10);
            } else if (result instanceof Decoding.Unreadable(var reason, var advice)) {
                assertThat(advice).endsWith(".");
                assertThat(reason)
                        .as("cut at %d of %d", length, whole.length)
                        .isIn(length < 32 ? Reason.values() : new Reason[] {Reason.TRUNCATED});
            }
        }
    }

    @Test
    void takes_a_jpeg_with_a_film_behind_it() {
        var film = HeifWriter.box("ftyp", Pieces.ascii("mp42"), new byte[5000]);
        try (var photo = decoded(HeifWriter.join(sample("jpeg"), film))) {
            assertQuadrants(photo);
        }
    }

    @Test
    void names_what_is_not_a_photo() {
        assertUnreadable(new byte[0], Reason.EMPTY, "empty");
        assertUnreadable(new byte[5000], Reason.NOT_A_PHOTO, "zero bytes");
        assertUnreadable(Pieces.ascii("Dear diary,\nnothing"), Reason.NOT_A_PHOTO, "text");
        assertUnreadable(Pieces.ascii("<!DOCTYPE html><html>"), Reason.NOT_A_PHOTO, "web page");
        assertUnreadable(Pieces.ascii("%PDF-1.7 ..."), Reason.NOT_A_PHOTO, "PDF");
        assertUnreadable(Pieces.ascii("PK\3\4......."), Reason.NOT_A_PHOTO, "ZIP");
        assertUnreadable(HeifWriter.box("ftyp", Pieces.ascii("isom"), new byte[20]), Reason.NOT_A_PHOTO, "video");
        assertUnreadable(HeifWriter.box("ftyp", Pieces.ascii("crx "), new byte[20]), Reason.UNSUPPORTED, "RAW");
        assertUnreadable(Pieces.ascii("8BPS......"), Reason.UNSUPPORTED, "Photoshop");
        assertUnreadable(new byte[] {(byte) 0xff, 0x0a, 1, 2}, Reason.UNSUPPORTED, "JPEG XL");
        assertUnreadable(Pieces.ascii("<svg xmlns='x'/>"), Reason.UNSUPPORTED, "SVG");
    }

    @Test
    void refuses_bombs_before_it_decodes_them() {
        var jpeg = sample("jpeg").clone();
        var frame = indexOf(jpeg, 0xff, 0xc0);
        ByteBuffer.wrap(jpeg).putShort(frame + 5, (short) 65_500).putShort(frame + 7, (short) 65_500);
        assertUnreadable(jpeg, Reason.TOO_MANY_PIXELS, "65500x65500");
        for (var size : new int[][] {{60_000, 60_000}, {25_000, 25_000}, {400, 9_500_000}, {-1, -1}}) {
            var png = sample("png").clone();
            ByteBuffer.wrap(png).putInt(16, size[0]).putInt(20, size[1]);
            assertUnreadable(png, Reason.TOO_MANY_PIXELS, "pixels");
        }
        assertUnreadable(SamplePhotos.bmpHeader(60_000, 60_000), Reason.TOO_MANY_PIXELS, "pixels");
        assertUnreadable(Pieces.ascii("P6 50000 50000 255\n"), Reason.TOO_MANY_PIXELS, "pixels");
        assertUnreadable(SamplePhotos.heic().grid(200, 200, 19_200, 12_800), Reason.TOO_MANY_PIXELS, "pixels");
        assertThat(budget.freePixels()).isEqualTo(10_000_000);
    }

    @Test
    void says_without_the_path_when_a_file_cannot_be_opened() {
        assertThatThrownBy(() -> decoder.decode(folder.resolve("private-name.jpg")))
                .isInstanceOf(LikenessException.class)
                .hasNoCause()
                .hasMessageNotContaining("private-name");
    }

    private byte[] sample(String format) {
        return Objects.requireNonNull(SAMPLES.get(format));
    }

    private Decoding decode(byte[] bytes) {
        return decoder.decode(SamplePhotos.write(folder, "misleading.txt", bytes));
    }

    private DecodedPhoto decoded(byte[] bytes) {
        var result = decode(bytes);
        assertThat(result).isInstanceOf(Decoding.Decoded.class);
        return ((Decoding.Decoded) result).photo();
    }

    private void assertUnreadable(byte[] bytes, Reason reason, String hint) {
        assertThat(decode(bytes)).isInstanceOfSatisfying(Decoding.Unreadable.class, unreadable -> {
            assertThat(unreadable.reason()).isEqualTo(reason);
            assertThat(unreadable.advice()).contains(hint);
        });
    }

    private static void assertQuadrants(DecodedPhoto photo) {
        assertShows(photo, SamplePhotos.quadrants());
    }

    private static void assertShows(DecodedPhoto photo, BufferedImage expected) {
        assertThat(photo.width()).isEqualTo(expected.getWidth());
        assertThat(photo.height()).isEqualTo(expected.getHeight());
        var picture = photo.scaled(1000);
        for (int x : new int[] {1, 3}) {
            for (int y : new int[] {1, 3}) {
                var px = x * expected.getWidth() / 4;
                var py = y * expected.getHeight() / 4;
                assertThat(pixel(picture, px, py)).satisfies(near(expected.getRGB(px, py) & 0xffffff));
                assertThat(pixel(photo.region(px, py, 1, 1, 1), 0, 0))
                        .satisfies(near(expected.getRGB(px, py) & 0xffffff));
            }
        }
    }

    private static Consumer<Integer> near(int expected) {
        return actual -> {
            for (int shift = 0; shift < 24; shift += 8) {
                assertThat(actual >> shift & 255)
                        .as("%06x should be near %06x", actual, expected)
                        .isBetween((expected >> shift & 255) - TOLERANCE, (expected >> shift & 255) + TOLERANCE);
            }
        };
    }

    private static int pixel(Picture picture, int x, int y) {
        var at = (y * picture.width() + x) * 3;
        var rgb = picture.rgb();
        return (rgb[at] & 255) << 16 | (rgb[at + 1] & 255) << 8 | (rgb[at + 2] & 255);
    }

    /// What a camera stores for the quadrants under an EXIF orientation, written from the tag's definition: the
    /// stored
    /// row 0 and column 0 are these sides of the scene.
    private static BufferedImage stored(int orientation) {
        var scene = SamplePhotos.quadrants();
        return switch (orientation) {
            case 1 -> scene; // row 0 top, column 0 left
            case 2 -> mirrored(scene, true); // top, right
            case 3 -> antiClockwise(antiClockwise(scene)); // bottom, right
            case 4 -> mirrored(scene, false); // bottom, left
            case 5 -> mirrored(antiClockwise(scene), false); // left, top
            case 6 -> antiClockwise(scene); // right, top
            case 7 -> mirrored(antiClockwise(scene), true); // right, bottom
            case 8 -> antiClockwise(antiClockwise(antiClockwise(scene))); // left, bottom
            default -> throw new IllegalArgumentException();
        };
    }

    private static BufferedImage antiClockwise(BufferedImage image) {
        var turned = new BufferedImage(image.getHeight(), image.getWidth(), BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < turned.getHeight(); y++) {
            for (int x = 0; x < turned.getWidth(); x++) {
                turned.setRGB(x, y, image.getRGB(image.getWidth() - 1 - y, x));
            }
        }
        return turned;
    }

    private static BufferedImage mirrored(BufferedImage image, boolean leftRight) {
        var width = image.getWidth();
        var height = image.getHeight();
        var mirrored = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                mirrored.setRGB(x, y, image.getRGB(leftRight ? width - 1 - x : x, leftRight ? y : height - 1 - y));
            }
        }
        return mirrored;
    }

    private static int indexOf(byte[] bytes, int first, int second) {
        for (int i = 0; i + 1 < bytes.length; i++) {
            if ((bytes[i] & 255) == first && (bytes[i + 1] & 255) == second) {
                return i;
            }
        }
        throw new IllegalStateException("marker not found");
    }
}
