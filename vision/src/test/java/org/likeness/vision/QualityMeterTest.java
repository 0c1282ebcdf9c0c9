package org.likeness.vision;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.likeness.core.photo.Box;
import org.likeness.core.photo.Landmarks;
import org.likeness.core.photo.Point;
import org.likeness.core.photo.Quality;
import org.likeness.core.photo.Quality.Flaw;

class QualityMeterTest {
    private static final Box LARGE = new Box(0, 0, 100, 120);

    @Test
    void a_large_sharp_frontal_face_in_good_light_has_no_flaw() {
        Quality quality = QualityMeter.measure(LARGE, nose(50), texture(60, 180));

        assertThat(quality.flaws()).isEmpty();
        assertThat(quality.frontality()).isEqualTo(1);
        assertThat(quality.exposure()).isBetween(0.4, 0.55);
    }

    @Test
    void a_small_face_is_marked() {
        assertThat(QualityMeter.measure(new Box(0, 0, 40, 47.9), nose(50), texture(60, 180))
                        .flaws())
                .containsExactly(Flaw.SMALL);
    }

    @Test
    void a_face_without_detail_is_blurred() {
        Picture sharp = texture(60, 180);
        Picture blurred = Warp.enlarge(Warp.enlarge(sharp, 0.05), 20);

        Quality quality = QualityMeter.measure(LARGE, nose(50), blurred);

        assertThat(quality.flaws()).containsExactly(Flaw.BLURRED);
        assertThat(quality.sharpness())
                .isLessThan(QualityMeter.measure(LARGE, nose(50), sharp).sharpness());
    }

    @Test
    void a_nose_beside_the_middle_of_the_eyes_is_a_turned_head_either_way() {
        Picture crop = texture(60, 180);

        assertThat(QualityMeter.measure(LARGE, nose(68), crop).flaws()).containsExactly(Flaw.TURNED);
        assertThat(QualityMeter.measure(LARGE, nose(32), crop).flaws()).containsExactly(Flaw.TURNED);
        assertThat(QualityMeter.measure(LARGE, nose(90), crop).frontality()).isEqualTo(0);
    }

    @Test
    void roll_is_no_turn() {
        var rolled = new Landmarks(
                new Point(30, 30), new Point(50, 70), new Point(20, 60), new Point(5, 45), new Point(20, 80));

        assertThat(QualityMeter.measure(LARGE, rolled, texture(60, 180)).frontality())
                .isEqualTo(1);
    }

    @Test
    void too_little_and_too_much_light_are_marked() {
        assertThat(QualityMeter.measure(LARGE, nose(50), texture(0, 50)).flaws())
                .containsExactly(Flaw.DARK);
        assertThat(QualityMeter.measure(LARGE, nose(50), texture(215, 255)).flaws())
                .containsExactly(Flaw.BRIGHT);
    }

    /// Eyes 40 pixels apart around x = 50.
    private static Landmarks nose(double x) {
        return new Landmarks(
                new Point(30, 40), new Point(70, 40), new Point(x, 60), new Point(35, 80), new Point(65, 80));
    }

    private static Picture texture(int from, int to) {
        var random = new SplittableRandom(1);
        var rgb = new byte[150 * 150 * 3];
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] = (byte) random.nextInt(from, to);
        }
        return new Picture(150, 150, rgb);
    }
}
