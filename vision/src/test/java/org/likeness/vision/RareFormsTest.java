package org.likeness.vision;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.likeness.core.photo.PhotoReading.Reason;

/// Unusual but valid forms of the common formats, and damage that leaves a file's outer structure whole.
class RareFormsTest {
    private final PhotoDecoder decoder = new PhotoDecoder();

    @TempDir
    Path folder;

    @Test
    void reads_a_cmyk_jpeg() throws IOException {
        var raster = Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, 64, 48, 4, null);
        for (int i = 0; i < 64 * 48; i++) {
            // Adobe stores CMYK inverted: 255 is no ink. Left red (no cyan), right white.
            raster.setPixel(i % 64, i / 64, i % 64 < 32 ? new int[] {255, 0, 0, 255} : new int[] {255, 255, 255, 255});
        }
        var out = new ByteArrayOutputStream();
        var writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        try (var stream = ImageIO.createImageOutputStream(out)) {
            writer.setOutput(stream);
            writer.write(null, new IIOImage(raster, null, null), null);
        } finally {
            writer.dispose();
        }
        var adobe = new byte[] {(byte) 0xff, (byte) 0xee, 0, 14, 'A', 'd', 'o', 'b', 'e', 0, 100, 0, 0, 0, 0, 0};
        var jpeg = out.toByteArray();
        var file = HeifWriter.join(SamplePhotos.slice(jpeg, 0, 2), adobe, SamplePhotos.slice(jpeg, 2, jpeg.length));
        try (var photo = decoded(file)) {
            var picture = photo.scaled(64);
            assertThat(channel(picture, 10, 20, 0)).isGreaterThan(230);
            assertThat(channel(picture, 10, 20, 1)).isLessThan(25);
            assertThat(channel(picture, 50, 20, 1)).isGreaterThan(230);
        }
    }

    @Test
    void reads_jpeg_and_lzw_and_deflate_inside_tiff() throws IOException {
        for (var compression : new String[] {"JPEG", "LZW", "Deflate"}) {
            try (var photo = decoded(tiff(compression))) {
                var picture = photo.scaled(200);
                assertThat(channel(picture, 20, 10, 0)).as(compression).isBetween(208, 232);
                assertThat(channel(picture, 20, 10, 2)).as(compression).isBetween(18, 42);
                assertThat(channel(picture, 20, 50, 2)).as(compression).isBetween(208, 232);
            }
        }
    }

    @Test
    void takes_the_first_frame_of_an_animated_gif() throws IOException {
        var out = new ByteArrayOutputStream();
        ImageWriter writer = ImageIO.getImageWritersByFormatName("gif").next();
        try (var stream = ImageIO.createImageOutputStream(out)) {
            writer.setOutput(stream);
            writer.prepareWriteSequence(null);
            writer.writeToSequence(new IIOImage(SamplePhotos.quadrants(), null, null), null);
            writer.writeToSequence(new IIOImage(new BufferedImage(96, 64, 5), null, null), null);
            writer.endWriteSequence();
        } finally {
            writer.dispose();
        }
        try (var photo = decoded(out.toByteArray())) {
            assertThat(channel(photo.scaled(96), 20, 10, 0)).isBetween(208, 232);
        }
    }

    @Test
    void takes_the_first_frame_of_an_animated_webp() {
        var still = SamplePhotos.webp();
        var picture = SamplePhotos.slice(still, 12, still.length);
        var frame = new byte[16];
        ByteBuffer.wrap(frame).order(ByteOrder.LITTLE_ENDIAN).putInt(6, 95).putInt(9, 63 | 100 << 24);
        var animated = HeifWriter.join(
                new byte[] {'V', 'P', '8', 'X', 10, 0, 0, 0, 2, 0, 0, 0, 95, 0, 0, 63, 0, 0},
                riffChunk("ANIM", new byte[6]),
                riffChunk("ANMF", HeifWriter.join(frame, picture)),
                riffChunk("ANMF", HeifWriter.join(frame, picture)));
        var header = ByteBuffer.allocate(12).order(ByteOrder.LITTLE_ENDIAN);
        header.put(Pieces.ascii("RIFF")).putInt(animated.length + 4).put(Pieces.ascii("WEBP"));
        try (var photo = decoded(HeifWriter.join(header.array(), animated))) {
            assertThat(photo.width()).isEqualTo(96);
            assertThat(channel(photo.scaled(96), 20, 10, 0)).isBetween(208, 232);
        }
    }

    @Test
    void reports_a_png_whose_pixels_stop_although_its_chunks_are_whole() {
        var rows = new byte[(96 * 3 + 1) * 20]; // 20 of 64 rows
        var deflater = new Deflater();
        deflater.setInput(rows);
        deflater.finish();
        var packed = new byte[4096];
        var length = deflater.deflate(packed);
        deflater.end();
        var whole = SamplePhotos.imageIo(SamplePhotos.quadrants(), "png");
        var file = HeifWriter.join(
                SamplePhotos.slice(whole, 0, 33),
                pngChunk("IDAT", SamplePhotos.slice(packed, 0, length)),
                pngChunk("IEND", new byte[0]));
        assertThat(decoder.decode(SamplePhotos.write(folder, "short", file)))
                .isInstanceOfSatisfying(
                        Decoding.Unreadable.class,
                        unreadable -> assertThat(unreadable.reason()).isEqualTo(Reason.DAMAGED));
    }

    private static byte[] tiff(String compression) throws IOException {
        var out = new ByteArrayOutputStream();
        var type = ImageTypeSpecifier.createFromRenderedImage(SamplePhotos.quadrants());
        var writer = ImageIO.getImageWriters(type, "tiff").next();
        try (var stream = ImageIO.createImageOutputStream(out)) {
            var parameters = writer.getDefaultWriteParam();
            parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            parameters.setCompressionType(compression);
            writer.setOutput(stream);
            writer.write(null, new IIOImage(SamplePhotos.quadrants(), null, null), parameters);
        } finally {
            writer.dispose();
        }
        return out.toByteArray();
    }

    private static byte[] riffChunk(String type, byte[] content) {
        var header = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
        header.put(Pieces.ascii(type)).putInt(content.length);
        return HeifWriter.join(header.array(), content, new byte[content.length & 1]);
    }

    private static byte[] pngChunk(String type, byte[] content) {
        var checked = HeifWriter.join(Pieces.ascii(type), content);
        var crc = new CRC32();
        crc.update(checked);
        return HeifWriter.join(
                ByteBuffer.allocate(4).putInt(content.length).array(),
                checked,
                ByteBuffer.allocate(4).putInt((int) crc.getValue()).array());
    }

    private DecodedPhoto decoded(byte[] bytes) {
        var result = decoder.decode(SamplePhotos.write(folder, "photo", bytes));
        assertThat(result).isInstanceOf(Decoding.Decoded.class);
        return ((Decoding.Decoded) result).photo();
    }

    private static int channel(Picture picture, int x, int y, int channel) {
        return picture.rgb()[(y * picture.width() + x) * 3 + channel] & 255;
    }
}
