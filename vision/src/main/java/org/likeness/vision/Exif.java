package org.likeness.vision;

import com.drew.lang.ByteArrayReader;
import com.drew.metadata.Directory;
import com.drew.metadata.Metadata;
import com.drew.metadata.exif.ExifDirectoryBase;
import com.drew.metadata.exif.ExifIFD0Directory;
import com.drew.metadata.exif.ExifReader;
import com.drew.metadata.exif.ExifSubIFDDirectory;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.format.ResolverStyle;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.likeness.core.photo.CameraNotes;

/// What is wanted from an EXIF block: how the photo lies, when it was taken, and with what. Damage in the block is
/// no reason
/// to refuse the photo; what cannot be read is then missing.
///
/// @param takenAt the camera's local time; EXIF knows no zone here
record Exif(Orientation orientation, Optional<LocalDateTime> takenAt, CameraNotes notes) {
    static final Exif NONE = new Exif(Orientation.UPRIGHT, Optional.empty(), CameraNotes.NONE);

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu:MM:dd HH:mm:ss", Locale.ROOT).withResolverStyle(ResolverStyle.STRICT);
    private static final byte[] JPEG_PREFIX = {'E', 'x', 'i', 'f', 0, 0};

    /// @param exif a TIFF structure, with or without the prefix it has in JPEG (some WebP writers keep that)
    static Exif parse(Block exif) {
        if (exif.length() == 0) {
            return NONE;
        }
        var block = exif.bytes();
        var metadata = new Metadata();
        new ExifReader().extract(new ByteArrayReader(block), metadata, hasPrefix(block) ? JPEG_PREFIX.length : 0);
        return of(metadata);
    }

    static Exif of(Metadata metadata) {
        // A file may carry a directory twice after editing; the first is the photo's own.
        var orientation = Optional.ofNullable(metadata.getFirstDirectoryOfType(ExifIFD0Directory.class))
                .map(directory -> directory.getInteger(ExifDirectoryBase.TAG_ORIENTATION))
                .map(Orientation::ofExif)
                .orElse(Orientation.UPRIGHT);
        var takenAt = Optional.ofNullable(metadata.getFirstDirectoryOfType(ExifSubIFDDirectory.class))
                .flatMap(Exif::takenAt);
        return new Exif(orientation, takenAt, ExifNotes.of(metadata));
    }

    private static Optional<LocalDateTime> takenAt(Directory directory) {
        var text = directory.getString(ExifDirectoryBase.TAG_DATETIME_ORIGINAL);
        if (text == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(LocalDateTime.parse(text.strip(), TIME));
        } catch (DateTimeParseException e) {
            return Optional.empty(); // cameras without a set clock write blanks or zeros
        }
    }

    private static boolean hasPrefix(byte[] block) {
        return block.length > JPEG_PREFIX.length
                && Arrays.equals(block, 0, JPEG_PREFIX.length, JPEG_PREFIX, 0, JPEG_PREFIX.length);
    }
}
