package org.likeness.vision;

import static org.bytedeco.ffmpeg.global.avcodec.*;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import javax.imageio.ImageIO;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.PointerPointer;

/// Small photos in every format, made on the spot. All show four quarters: red, green over blue, near-white.
final class SamplePhotos {
    static final int WIDTH = 96;
    static final int HEIGHT = 64;
    static final int RED = 0xdc1e1e;
    static final int GREEN = 0x1ec81e;
    static final int BLUE = 0x1e1edc;
    static final int WHITE = 0xf0f0f0;

    private SamplePhotos() {}

    /// By a name for messages.
    static Map<String, byte[]> all() {
        var all = new LinkedHashMap<String, byte[]>();
        for (var format : new String[] {"jpeg", "png", "gif", "bmp", "tiff"}) {
            all.put(format, imageIo(quadrants(), format));
        }
        all.put("pnm", pnm(quadrants()));
        all.put("webp", webp());
        all.put("heic", heic().single());
        all.put("heic-grid", heic().grid(2, 2, 2 * WIDTH, 2 * HEIGHT));
        all.put("avif", avif().single());
        return all;
    }

    static BufferedImage quadrants() {
        var image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < HEIGHT; y++) {
            for (int x = 0; x < WIDTH; x++) {
                var left = x < WIDTH / 2;
                image.setRGB(x, y, y < HEIGHT / 2 ? left ? RED : GREEN : left ? BLUE : WHITE);
            }
        }
        return image;
    }

    static byte[] imageIo(BufferedImage image, String format) {
        try {
            var out = new ByteArrayOutputStream();
            if (!ImageIO.write(image, format, out)) {
                throw new IllegalStateException("no writer for " + format);
            }
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static byte[] pnm(BufferedImage image) {
        var header = Pieces.ascii("P6\n# made by a test\n" + image.getWidth() + " " + image.getHeight() + "\n255\n");
        return HeifWriter.join(header, rgb(image));
    }

    static byte[] rgb(BufferedImage image) {
        var rgb = new byte[image.getWidth() * image.getHeight() * 3];
        for (int i = 0; i < rgb.length / 3; i++) {
            var pixel = image.getRGB(i % image.getWidth(), i / image.getWidth());
            rgb[i * 3] = (byte) (pixel >> 16);
            rgb[i * 3 + 1] = (byte) (pixel >> 8);
            rgb[i * 3 + 2] = (byte) pixel;
        }
        return rgb;
    }

    /// The JPEG with an EXIF block that holds an orientation and a time, written byte by byte.
    static byte[] withExif(byte[] jpeg, int orientation, String takenAt) {
        return withExif(jpeg, exif(orientation, takenAt));
    }

    /// The JPEG with an EXIF block that names the camera.
    static byte[] withCamera(byte[] jpeg, String model) {
        var out = ByteBuffer.allocate(8 + 2 + 12 + 4 + model.length() + 1);
        out.put(Pieces.ascii("MM")).putShort((short) 42).putInt(8);
        out.putShort((short) 1);
        out.putShort((short) 0x110)
                .putShort((short) 2)
                .putInt(model.length() + 1)
                .putInt(26);
        out.putInt(0);
        out.put(Pieces.ascii(model)).put((byte) 0);
        return withExif(jpeg, out.array());
    }

    private static byte[] withExif(byte[] jpeg, byte[] block) {
        var segment = ByteBuffer.allocate(4 + 6 + block.length);
        segment.putShort((short) 0xffe1).putShort((short) (2 + 6 + block.length));
        segment.put(Pieces.ascii("Exif")).putShort((short) 0).put(block);
        return HeifWriter.join(new byte[] {(byte) 0xff, (byte) 0xd8}, segment.array(), slice(jpeg, 2, jpeg.length));
    }

    /// A TIFF structure with IFD0 (orientation, pointer) and the EXIF directory (DateTimeOriginal).
    static byte[] exif(int orientation, String takenAt) {
        var out = ByteBuffer.allocate(8 + 2 + 24 + 4 + 2 + 12 + 4 + 20);
        out.put(Pieces.ascii("MM")).putShort((short) 42).putInt(8);
        out.putShort((short) 2);
        out.putShort((short) 0x112)
                .putShort((short) 3)
                .putInt(1)
                .putShort((short) orientation)
                .putShort((short) 0);
        out.putShort((short) 0x8769).putShort((short) 4).putInt(1).putInt(38);
        out.putInt(0);
        out.putShort((short) 1);
        out.putShort((short) 0x9003).putShort((short) 2).putInt(20).putInt(56);
        out.putInt(0);
        out.put(Pieces.ascii(takenAt)).put((byte) 0);
        return out.array();
    }

    static byte[] webp() {
        return encode("libwebp", avutil.AV_PIX_FMT_YUV420P, false);
    }

    static HeifWriter avif() {
        var coded = encode("libaom-av1", avutil.AV_PIX_FMT_YUV420P, true);
        return new HeifWriter("av01", new byte[] {(byte) 0x81, 0, 0, 0}, coded, WIDTH, HEIGHT);
    }

    /// The coded picture of the HEIC resource, to be wrapped anew.
    static HeifWriter heic() {
        try {
            var path = Files.createTempFile("sample", ".heic");
            try {
                Files.write(path, resource("quadrants.heic"));
                try (var file = FileBytes.open(path)) {
                    var layout = HeifFile.read(file, PhotoLimits.DEFAULT);
                    var coded = new ByteArrayOutputStream();
                    for (var piece : layout.tiles().getFirst()) {
                        var range = (Layout.Piece.Range) piece;
                        coded.writeBytes(file.bytes(range.at(), range.length()));
                    }
                    var setup = layout.codec().setup().bytes();
                    return new HeifWriter("hvc1", setup, coded.toByteArray(), WIDTH, HEIGHT);
                }
            } finally {
                Files.delete(path);
            }
        } catch (IOException | UnreadableException e) {
            throw new IllegalStateException(e);
        }
    }

    static byte[] resource(String name) throws IOException {
        try (var in = Objects.requireNonNull(SamplePhotos.class.getResourceAsStream(name), name)) {
            return in.readAllBytes();
        }
    }

    static byte[] slice(byte[] bytes, int from, int to) {
        return Arrays.copyOfRange(bytes, from, to);
    }

    static Path write(Path folder, String name, byte[] bytes) {
        try {
            return Files.write(folder.resolve(name), bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// A little-endian BMP header alone, for files that lie about their size.
    static byte[] bmpHeader(int width, int height) {
        var out = ByteBuffer.allocate(54).order(ByteOrder.LITTLE_ENDIAN);
        out.put(Pieces.ascii("BM")).putInt(54).putInt(0).putInt(54).putInt(40);
        return out.putInt(width)
                .putInt(height)
                .putShort((short) 1)
                .putShort((short) 24)
                .array();
    }

    /// The four quarters in limited-range BT.601 YUV 4:2:0 through one of FFmpeg's encoders.
    private static byte[] encode(String encoder, int format, boolean still) {
        var codec = avcodec_find_encoder_by_name(encoder);
        var context = avcodec_alloc_context3(codec);
        var frame = avutil.av_frame_alloc();
        var packet = av_packet_alloc();
        try {
            context.width(WIDTH).height(HEIGHT).pix_fmt(format);
            context.color_range(avutil.AVCOL_RANGE_MPEG).colorspace(avutil.AVCOL_SPC_SMPTE170M);
            context.time_base(avutil.av_make_q(1, 1));
            if (still) {
                avutil.av_opt_set(context.priv_data(), "cpu-used", "8", 0);
                avutil.av_opt_set(context.priv_data(), "still-picture", "1", 0);
                avutil.av_opt_set(context.priv_data(), "crf", "20", 0);
            }
            check(avcodec_open2(context, codec, (PointerPointer<?>) null));
            frame.width(WIDTH).height(HEIGHT).format(format);
            frame.color_range(avutil.AVCOL_RANGE_MPEG).colorspace(avutil.AVCOL_SPC_SMPTE170M);
            check(avutil.av_frame_get_buffer(frame, 0));
            for (int plane = 0; plane < 3; plane++) {
                fillPlane(frame.data(plane), frame.linesize(plane), plane);
            }
            check(avcodec_send_frame(context, frame));
            avcodec_send_frame(context, null);
            check(avcodec_receive_packet(context, packet));
            var data = new byte[packet.size()];
            packet.data().get(data);
            return data;
        } finally {
            av_packet_free(packet);
            avutil.av_frame_free(frame);
            avcodec_free_context(context);
        }
    }

    private static void fillPlane(BytePointer data, int stride, int plane) {
        var shift = plane == 0 ? 0 : 1;
        var source = quadrants();
        for (int y = 0; y < HEIGHT >> shift; y++) {
            for (int x = 0; x < WIDTH >> shift; x++) {
                data.put((long) y * stride + x, bt601(source.getRGB(x << shift, y << shift), plane));
            }
        }
    }

    private static byte bt601(int pixel, int plane) {
        double r = pixel >> 16 & 255;
        double g = pixel >> 8 & 255;
        double b = pixel & 255;
        var luma = 0.299 * r + 0.587 * g + 0.114 * b;
        var value = switch (plane) {
            case 0 -> 16 + luma * 219 / 255;
            case 1 -> 128 + (b - luma) / 1.772 * 224 / 255;
            default -> 128 + (r - luma) / 1.402 * 224 / 255;
        };
        return (byte) Math.round(value);
    }

    private static void check(int result) {
        if (result < 0) {
            throw new IllegalStateException("encoder failed with " + result);
        }
    }
}
