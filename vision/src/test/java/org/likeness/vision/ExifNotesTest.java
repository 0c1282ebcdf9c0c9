package org.likeness.vision;

import static org.assertj.core.api.Assertions.assertThat;

import com.drew.lang.Rational;
import com.drew.metadata.Metadata;
import com.drew.metadata.exif.ExifDirectoryBase;
import com.drew.metadata.exif.ExifIFD0Directory;
import com.drew.metadata.exif.ExifSubIFDDirectory;
import com.drew.metadata.exif.GpsDirectory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.likeness.core.photo.CameraNotes;
import org.likeness.core.photo.Place;

final class ExifNotesTest {
    @TempDir
    Path folder;

    private final Metadata metadata = new Metadata();
    private final ExifIFD0Directory first = new ExifIFD0Directory();
    private final ExifSubIFDDirectory exposure = new ExifSubIFDDirectory();
    private final GpsDirectory gps = new GpsDirectory();

    ExifNotesTest() {
        metadata.addDirectory(first);
        metadata.addDirectory(exposure);
        metadata.addDirectory(gps);
    }

    private void place(Rational degrees, String northOrSouth, Rational east) {
        Rational none = new Rational(0, 1);
        gps.setRationalArray(GpsDirectory.TAG_LATITUDE, new Rational[] {degrees, new Rational(30, 1), none});
        gps.setString(GpsDirectory.TAG_LATITUDE_REF, northOrSouth);
        gps.setRationalArray(GpsDirectory.TAG_LONGITUDE, new Rational[] {east, none, none});
        gps.setString(GpsDirectory.TAG_LONGITUDE_REF, "E");
    }

    @Test
    void says_what_the_camera_wrote() {
        first.setString(ExifDirectoryBase.TAG_MAKE, "NIKON CORPORATION");
        first.setString(ExifDirectoryBase.TAG_MODEL, "NIKON D90\u0000 \u202e");
        exposure.setString(ExifDirectoryBase.TAG_LENS_MODEL, "x".repeat(500));
        exposure.setRational(ExifDirectoryBase.TAG_EXPOSURE_TIME, new Rational(1, 250));
        exposure.setRational(ExifDirectoryBase.TAG_FNUMBER, new Rational(28, 10));
        exposure.setInt(ExifDirectoryBase.TAG_ISO_EQUIVALENT, 400);
        exposure.setRational(ExifDirectoryBase.TAG_FOCAL_LENGTH, new Rational(0, 0));
        place(new Rational(33, 1), "S", new Rational(151, 1));

        assertThat(ExifNotes.of(metadata))
                .isEqualTo(new CameraNotes(
                        Optional.of("NIKON D90"),
                        Optional.of("x".repeat(80)),
                        Optional.of(0.004),
                        Optional.of(2.8),
                        Optional.of(400),
                        Optional.empty(),
                        Optional.of(new Place(-33.5, 151))));
    }

    @Test
    void names_the_maker_where_the_model_does_not() {
        first.setString(ExifDirectoryBase.TAG_MAKE, "Canon");
        first.setString(ExifDirectoryBase.TAG_MODEL, "EOS R5");
        assertThat(ExifNotes.of(metadata).camera()).contains("Canon EOS R5");
    }

    @Test
    void leaves_out_what_cannot_be() {
        assertThat(ExifNotes.of(metadata)).isEqualTo(CameraNotes.NONE);
        place(new Rational(300, 1), "N", new Rational(1, 1));
        exposure.setRational(ExifDirectoryBase.TAG_EXPOSURE_TIME, new Rational(-1, 250));
        assertThat(ExifNotes.of(metadata)).isEqualTo(CameraNotes.NONE);
        assertThat(ExifNotes.of(new Metadata())).isEqualTo(CameraNotes.NONE);
    }

    @Test
    void reads_a_file_without_decoding_it_and_nothing_from_what_is_no_photo() throws Exception {
        Path photo = folder.resolve("photo");
        Files.write(photo, SamplePhotos.withCamera(SamplePhotos.imageIo(SamplePhotos.quadrants(), "jpeg"), "Kodak"));
        assertThat(new PhotoDecoder().notes(photo).camera()).contains("Kodak");
        Files.writeString(photo, "no photo at all");
        assertThat(new PhotoDecoder().notes(photo)).isEqualTo(CameraNotes.NONE);
        Files.writeString(photo, "");
        assertThat(new PhotoDecoder().notes(photo)).isEqualTo(CameraNotes.NONE);
    }
}
