package org.likeness.vision;

import com.drew.imaging.tiff.TiffMetadataReader;
import com.drew.imaging.tiff.TiffProcessingException;
import com.twelvemonkeys.imageio.plugins.tiff.TIFFImageReaderSpi;
import java.awt.image.BufferedImage;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.IIOException;
import javax.imageio.stream.FileImageInputStream;

/// Decodes the first page of a TIFF file with TwelveMonkeys' reader, because FFmpeg's gets the colours of
/// JPEG-in-TIFF
/// wrong. The page has passed [TiffFile] before, so its size is known to be bearable.
final class TiffDecoder {
    private static final int BAND_ROWS = 64;

    private TiffDecoder() {}

    static Exif exif(Path file) throws IOException {
        try {
            return Exif.of(TiffMetadataReader.readMetadata(file.toFile()));
        } catch (TiffProcessingException e) {
            return Exif.NONE;
        }
    }

    /// The picture as RGB on white. The caller frees it.
    static Frame decode(Path file, TiffFile.Page page) throws IOException, UnreadableException {
        var image = read(file);
        if (image.getWidth() != page.width() || image.getHeight() != page.height()) {
            throw UnreadableException.damaged("The TIFF file contradicts itself about its size");
        }
        var frame = Frame.rgb(page.width(), page.height());
        try {
            var argb = new int[page.width() * BAND_ROWS];
            for (int row = 0; row < page.height(); row += BAND_ROWS) {
                var rows = Math.min(BAND_ROWS, page.height() - row);
                image.getRGB(0, row, page.width(), rows, argb, 0, page.width());
                frame.putRows(row, rows, onWhite(argb, page.width() * rows));
            }
            return frame;
        } catch (RuntimeException e) {
            frame.close();
            throw e;
        }
    }

    private static BufferedImage read(Path file) throws IOException, UnreadableException {
        try (var in = new FileImageInputStream(file.toFile())) {
            var reader = new TIFFImageReaderSpi().createReaderInstance(null);
            try {
                reader.setInput(in, true, true);
                return reader.read(0);
            } catch (EOFException e) {
                throw UnreadableException.truncated("TIFF file");
            } catch (IIOException e) {
                throw e.getCause() instanceof EOFException
                        ? UnreadableException.truncated("TIFF file")
                        : UnreadableException.damaged("The TIFF file cannot be decoded");
            } catch (IOException | RuntimeException e) {
                // The reader meets damage with whatever its arithmetic runs into; the file itself was readable
                // before.
                throw UnreadableException.damaged("The TIFF file cannot be decoded");
            } finally {
                reader.dispose();
            }
        }
    }

    private static byte[] onWhite(int[] argb, int count) {
        var rgb = new byte[count * 3];
        for (int i = 0; i < count; i++) {
            var alpha = argb[i] >>> 24;
            for (int c = 0; c < 3; c++) {
                var colour = argb[i] >> (16 - 8 * c) & 0xff;
                rgb[i * 3 + c] = (byte) ((colour * alpha + 255 * (255 - alpha) + 127) / 255);
            }
        }
        return rgb;
    }
}
