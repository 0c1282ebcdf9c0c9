package org.likeness.vision;

import com.drew.lang.Rational;
import com.drew.metadata.Directory;
import com.drew.metadata.Metadata;
import com.drew.metadata.exif.ExifDirectoryBase;
import com.drew.metadata.exif.ExifIFD0Directory;
import com.drew.metadata.exif.ExifSubIFDDirectory;
import com.drew.metadata.exif.GpsDirectory;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.likeness.core.photo.CameraNotes;
import org.likeness.core.photo.Place;

/// What a camera says of itself in EXIF. What cannot be is left out: files say anything.
final class ExifNotes {
    private static final int TEXT_MAX = 80;

    private ExifNotes() {}

    static CameraNotes of(Metadata metadata) {
        // A file may carry a directory twice after editing; the first is the photo's own.
        var first = metadata.getFirstDirectoryOfType(ExifIFD0Directory.class);
        var exposure = metadata.getFirstDirectoryOfType(ExifSubIFDDirectory.class);
        return new CameraNotes(
                camera(text(first, ExifDirectoryBase.TAG_MAKE), text(first, ExifDirectoryBase.TAG_MODEL)),
                text(exposure, ExifDirectoryBase.TAG_LENS_MODEL),
                positive(exposure, ExifDirectoryBase.TAG_EXPOSURE_TIME),
                positive(exposure, ExifDirectoryBase.TAG_FNUMBER),
                positive(exposure, ExifDirectoryBase.TAG_ISO_EQUIVALENT).map(Double::intValue),
                positive(exposure, ExifDirectoryBase.TAG_FOCAL_LENGTH),
                place(metadata.getFirstDirectoryOfType(GpsDirectory.class)));
    }

    /// Many models begin with their maker's name.
    private static Optional<String> camera(Optional<String> maker, Optional<String> model) {
        if (maker.isEmpty() || model.isEmpty()) {
            return model.or(() -> maker);
        }
        var brand = maker.get().split(" ", 2)[0].toLowerCase(Locale.ROOT);
        return model.get().toLowerCase(Locale.ROOT).startsWith(brand)
                ? model
                : Optional.of(maker.get() + " " + model.get());
    }

    private static Optional<String> text(@Nullable Directory directory, int tag) {
        var raw = directory == null ? null : directory.getString(tag);
        if (raw == null) {
            return Optional.empty();
        }
        var clean = raw.codePoints()
                .filter(point -> !Character.isISOControl(point) && Character.getType(point) != Character.FORMAT)
                .limit(TEXT_MAX)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString()
                .strip();
        return clean.isEmpty() ? Optional.empty() : Optional.of(clean);
    }

    private static Optional<Double> positive(@Nullable Directory directory, int tag) {
        if (directory == null) {
            return Optional.empty();
        }
        Rational ratio = directory.getRational(tag);
        var value = ratio == null ? directory.getDoubleObject(tag) : Double.valueOf(ratio.doubleValue());
        return value != null && Double.isFinite(value) && value > 0 ? Optional.of(value) : Optional.empty();
    }

    /// Devices that found no satellite write zeros.
    private static Optional<Place> place(@Nullable GpsDirectory directory) {
        var at = directory == null ? null : directory.getGeoLocation();
        if (at == null || at.isZero()) {
            return Optional.empty();
        }
        var possible = Math.abs(at.getLatitude()) <= 90 && Math.abs(at.getLongitude()) <= 180; // false for NaN
        return possible ? Optional.of(new Place(at.getLatitude(), at.getLongitude())) : Optional.empty();
    }
}
