package org.likeness.vision;

import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageInputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.jspecify.annotations.Nullable;
import org.likeness.core.LikenessException;
import org.likeness.core.LikenessException.Kind;

/// Writes and reads the small pictures Likeness makes itself: crops as PNG, thumbnails as JPEG. Photos of others
/// go through the bounded decoder instead. Stateless and thread-safe.
final class Encoding {
    private static final float JPEG_QUALITY = 0.85f;

    private static final ColorModel COLOURS = new ComponentColorModel(
            ColorSpace.getInstance(ColorSpace.CS_sRGB), false, false, Transparency.OPAQUE, DataBuffer.TYPE_BYTE);

    private Encoding() {}

    static byte[] png(Picture picture) {
        return write(picture, "png", null);
    }

    static byte[] jpeg(Picture picture) {
        return write(picture, "jpeg", JPEG_QUALITY);
    }

    private static byte[] write(Picture picture, String format, @Nullable Float quality) {
        BufferedImage image = image(picture);
        ImageWriter writer = ImageIO.getImageWriters(ImageTypeSpecifier.createFromRenderedImage(image), format)
                .next();
        var bytes = new ByteArrayOutputStream();
        try (var out = new MemoryCacheImageOutputStream(bytes)) {
            writer.setOutput(out);
            ImageWriteParam how = writer.getDefaultWriteParam();
            if (quality != null) {
                how.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
                how.setCompressionQuality(quality);
            }
            writer.write(null, new IIOImage(image, List.of(), null), how);
        } catch (IOException e) {
            throw new IllegalStateException("writing to memory cannot fail", e);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }

    /// The picture's own bytes, not a copy, as the writers take them fastest: from packed pixels they fetch
    /// every sample by itself, which took a third of all the time for a JPEG.
    private static BufferedImage image(Picture picture) {
        byte[] rgb = picture.rgb();
        WritableRaster raster = Raster.createInterleavedRaster(
                new DataBufferByte(rgb, rgb.length),
                picture.width(),
                picture.height(),
                3 * picture.width(),
                3,
                new int[] {0, 1, 2},
                null);
        return new BufferedImage(COLOURS, raster, false, null);
    }

    /// Reads a PNG of exactly that size.
    ///
    /// @throws LikenessException CORRUPT for anything else
    static Picture png(byte[] png, int width, int height) {
        ImageReader reader = ImageIO.getImageReadersByFormatName("png").next();
        try (var in = new MemoryCacheImageInputStream(new ByteArrayInputStream(png))) {
            reader.setInput(in, true, true);
            if (reader.getWidth(0) != width || reader.getHeight(0) != height) { // before any pixel is decoded
                throw damaged(
                        "is " + reader.getWidth(0) + "x" + reader.getHeight(0) + " but must be " + width + "x" + height,
                        null);
            }
            BufferedImage image = reader.read(0);
            int[] pixels = image.getRGB(0, 0, width, height, null, 0, width);
            var rgb = new byte[pixels.length * 3];
            for (int i = 0; i < pixels.length; i++) {
                rgb[3 * i] = (byte) (pixels[i] >> 16);
                rgb[3 * i + 1] = (byte) (pixels[i] >> 8);
                rgb[3 * i + 2] = (byte) pixels[i];
            }
            return new Picture(width, height, rgb);
        } catch (IOException | IllegalArgumentException | IndexOutOfBoundsException | NegativeArraySizeException e) {
            throw damaged("cannot be read", e);
        } finally {
            reader.dispose();
        }
    }

    private static LikenessException damaged(String what, @Nullable Throwable cause) {
        String message = "aligned face crop " + what + "\nIt is a derivative: analyse the photo again to rebuild it.";
        return cause == null
                ? new LikenessException(Kind.CORRUPT, message).called("photo.unreadable")
                : new LikenessException(Kind.CORRUPT, message, cause).called("photo.unreadable");
    }
}
