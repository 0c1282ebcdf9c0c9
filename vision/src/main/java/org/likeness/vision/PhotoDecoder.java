package org.likeness.vision;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.likeness.core.LikenessException;
import org.likeness.core.photo.CameraNotes;
import org.likeness.core.photo.MediaType;
import org.likeness.core.photo.PhotoReading.Reason;
import org.likeness.vision.Decoding.Decoded;
import org.likeness.vision.Decoding.Unreadable;
import org.likeness.vision.Orientation.Area;

/// Turns a photo file into pixels: is it empty, what is it by its content, how large does its header say it is,
/// is it
/// all there, and only then decode. Thread-safe; each call runs on its caller's thread and waits for its share
/// of the
/// [PixelBudget]. The decoders are native code fed with untrusted bytes; what they get is first checked and cut
/// to what
/// the pixels need by parsers in Java.
final class PhotoDecoder {
    private final PhotoLimits limits;
    private final PixelBudget budget;

    PhotoDecoder() {
        this(PhotoLimits.DEFAULT, new PixelBudget(PixelBudget.DEFAULT_PIXELS));
    }

    PhotoDecoder(PhotoLimits limits, PixelBudget budget) {
        this.limits = limits;
        this.budget = budget;
    }

    /// Decodes the photo, or says why not. The caller closes a decoded photo.
    ///
    /// @throws LikenessException UNAVAILABLE when the file cannot be opened or read, or memory is short
    Decoding decode(Path file) {
        try (var bytes = FileBytes.open(file)) {
            if (bytes.size() == 0) {
                return new Unreadable(Reason.EMPTY, "The file is empty; copy the original again.");
            }
            return new Decoded(decode(file, bytes));
        } catch (UnreadableException e) {
            return new Unreadable(e.reason(), e.advice());
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    /// What the camera says of itself; no pixel is decoded. Nothing when the file is no photo.
    ///
    /// @throws LikenessException UNAVAILABLE when the file cannot be opened or read
    CameraNotes notes(Path file) {
        try (var bytes = FileBytes.open(file)) {
            if (bytes.size() == 0) {
                return CameraNotes.NONE;
            }
            var kind = FileKind.of(bytes.head(FileKind.HEAD_BYTES));
            if (kind == FileKind.TIFF) {
                TiffFile.read(bytes, limits); // refuses what is damaged before anybody else reads it
                return TiffDecoder.exif(file).notes();
            }
            return Exif.parse(layout(kind, bytes).exif()).notes();
        } catch (UnreadableException _) {
            return CameraNotes.NONE;
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private DecodedPhoto decode(Path file, FileBytes bytes) throws IOException, UnreadableException {
        var kind = FileKind.of(bytes.head(FileKind.HEAD_BYTES));
        return kind == FileKind.TIFF ? decodeTiff(file, bytes) : decode(bytes, layout(kind, bytes));
    }

    private Layout layout(FileKind kind, FileBytes bytes) throws IOException, UnreadableException {
        return switch (kind) {
            case JPEG -> JpegFile.read(bytes, limits);
            case PNG -> PngFile.read(bytes, limits);
            case WEBP -> WebpFile.read(bytes, limits);
            case HEIF -> HeifFile.read(bytes, limits);
            case GIF -> GifFile.read(bytes, limits);
            case BMP -> BmpFile.read(bytes, limits);
            case PNM -> PnmFile.read(bytes, limits);
            case TIFF -> throw new IllegalArgumentException("a TIFF is read by its own decoder");
        };
    }

    private DecodedPhoto decode(FileBytes bytes, Layout layout) throws IOException, UnreadableException {
        var exif = Exif.parse(layout.exif());
        var orientation = layout.containerOrientation().orElse(exif.orientation());
        var share = budget.take(layout.cost());
        Frame frame = null;
        try {
            frame = FrameDecoder.decode(bytes, layout, limits);
            var visible = layout.grid().visible();
            if (frame.width() < visible.x() + visible.width() || frame.height() < visible.y() + visible.height()) {
                throw UnreadableException.damaged("The file contradicts itself about the photo's size");
            }
            if (frame.needsFlattening()) {
                var flat = frame.flattened();
                frame.close();
                frame = flat;
            }
            var photo = new FramePhoto(frame, visible, layout.mediaType(), orientation, exif, share);
            frame = null;
            share = null;
            return photo;
        } finally {
            close(frame, share);
        }
    }

    private DecodedPhoto decodeTiff(Path file, FileBytes bytes) throws IOException, UnreadableException {
        var page = TiffFile.read(bytes, limits);
        var exif = TiffDecoder.exif(file);
        var share =
                budget.take(Math.max(1, (long) page.width() * page.height() * Math.ceilDiv(page.bytesPerPixel(), 4)));
        try {
            var frame = TiffDecoder.decode(file, page);
            var visible = new Area(0, 0, page.width(), page.height());
            var photo = new FramePhoto(frame, visible, MediaType.TIFF, exif.orientation(), exif, share);
            share = null;
            return photo;
        } finally {
            close(null, share);
        }
    }

    private static LikenessException unreadable(IOException e) {
        // Neither this message nor a cause may carry the path; whoever called knows the file.
        return new LikenessException(
                        LikenessException.Kind.UNAVAILABLE,
                        "a photo file could not be read (" + e.getClass().getSimpleName()
                                + ")\nCheck that it is there and may be read, then try again.")
                .called("disk.photo");
    }

    private static void close(@Nullable Frame frame, PixelBudget.@Nullable Share share) {
        if (frame != null) {
            frame.close();
        }
        if (share != null) {
            share.close();
        }
    }
}
