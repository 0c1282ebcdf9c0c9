package org.likeness.vision;

import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVPixFmtDescriptor;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.ffmpeg.global.swscale;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerPointer;
import org.bytedeco.javacpp.PointerScope;
import org.likeness.vision.Layout.Colour;
import org.likeness.vision.Orientation.Area;

/// A decoded picture in native memory, in its decoder's own pixel format (most often planar YUV), and its
/// conversion
/// to RGB. Owns the memory; one thread at a time.
///
/// Colours: the matrix and range named by the container win over those in the coded picture. Where neither says
/// anything, BT.601 and full range apply (MIAF, ISO/IEC 23000-22, 7.3.6.4), which is also what JPEG means.
/// Primaries,
/// transfer and profiles are not looked at: the result counts as sRGB.
final class Frame implements AutoCloseable {
    private static final int ROW_ALIGNMENT = 64;
    private static final int SPARE_BYTES = 256; // the scaler's vector code writes past the end of a row
    private static final int SHRINK_MAX = 64; // beyond that the scaler's filters get too long: two steps
    private static final int FLATTEN_ROWS = 64;
    private static final int ONE = 1 << 16;
    private static final int WHITE = 255;

    private final AVFrame frame;
    private final int format;
    private final int matrix;
    private final boolean fullRange;
    private final AVPixFmtDescriptor description;

    private Frame(AVFrame frame, int format, int matrix, boolean fullRange) {
        this.frame = frame;
        this.format = format;
        this.matrix = matrix;
        this.fullRange = fullRange;
        this.description = avutil.av_pix_fmt_desc_get(format);
    }

    /// @param frame owned by the result when this returns
    static Frame of(AVFrame frame, Colour colour) throws UnreadableException {
        var described = frame.format() < 0 ? null : avutil.av_pix_fmt_desc_get(frame.format());
        if (described == null || frame.width() < 1 || frame.height() < 1) {
            throw UnreadableException.damaged("The photo's pixels are damaged");
        }
        var format = withoutRange(frame.format());
        if (swscale.sws_isSupportedInput(format) == 0) {
            throw UnreadableException.unsupported("A picture with a rare pixel format");
        }
        var matrix = colour.matrix() >= 0 ? colour.matrix() : frame.colorspace();
        var range = frame.color_range();
        var full = format != frame.format()
                || (colour.range() >= 0 ? colour.range() == 1 : range != avutil.AVCOL_RANGE_MPEG);
        return new Frame(frame, format, matrix, full);
    }

    /// An unset picture of 8-bit RGB, for decoders that are not FFmpeg's.
    static Frame rgb(int width, int height) throws UnreadableException {
        return new Frame(allocate(width, height, avutil.AV_PIX_FMT_RGB24), avutil.AV_PIX_FMT_RGB24, 0, true);
    }

    int width() {
        return frame.width();
    }

    int height() {
        return frame.height();
    }

    /// Overwrites whole rows of a picture made by [#rgb].
    void putRows(int row, int rows, byte[] rgb) {
        var rowBytes = width() * 3;
        for (int i = 0; i < rows; i++) {
            var at = (long) (row + i) * frame.linesize(0);
            new BytePointer(frame.data(0)).position(at).put(rgb, i * rowBytes, rowBytes);
        }
    }

    /// A canvas of the same pixel format for this many tiles of this size.
    Frame blankCanvas(int columns, int rows) throws UnreadableException {
        var canvas = allocate(width() * columns, height() * rows, frame.format());
        return new Frame(canvas, format, matrix, fullRange);
    }

    /// Copies a tile to its place in the canvas.
    void place(Frame tile, int column, int row) throws UnreadableException {
        if (tile.frame.format() != frame.format()
                || (column + 1) * tile.width() > width()
                || (row + 1) * tile.height() > height()
                || tile.width() % (1 << description.log2_chroma_w()) != 0
                || tile.height() % (1 << description.log2_chroma_h()) != 0) {
            throw UnreadableException.damaged("The tiles of the photo do not fit together");
        }
        try (var _ = new PointerScope()) {
            for (int plane = 0; plane < 4 && !isNull(frame.data(plane)); plane++) {
                var shift = isChroma(plane) ? description.log2_chroma_h() : 0;
                var rows = tile.height() >> shift;
                var tileRowBytes = avutil.av_image_get_linesize(format, tile.width(), plane);
                var at = (long) row * rows * frame.linesize(plane) + (long) column * tileRowBytes;
                avutil.av_image_copy_plane(
                        new BytePointer(frame.data(plane)).getPointer(at),
                        frame.linesize(plane),
                        tile.frame.data(plane),
                        tile.frame.linesize(plane),
                        tileRowBytes,
                        rows);
            }
        }
    }

    /// Whether pixels may be see-through, come from a palette or are packed into bits: [#flattened] first.
    boolean needsFlattening() {
        var awkward = avutil.AV_PIX_FMT_FLAG_ALPHA | avutil.AV_PIX_FMT_FLAG_PAL | avutil.AV_PIX_FMT_FLAG_BITSTREAM;
        return (description.flags() & awkward) != 0;
    }

    /// The picture on a white sheet: what a viewer shows, not the colours hidden under transparent parts.
    Frame flattened() throws UnreadableException {
        var flat = rgb(width(), height());
        try {
            for (int row = 0; row < height(); row += FLATTEN_ROWS) {
                var rows = Math.min(FLATTEN_ROWS, height() - row);
                var band = new Area(0, row, width(), rows);
                var rgba = convert(band, width(), rows, avutil.AV_PIX_FMT_RGBA);
                flat.putRows(row, rows, onWhite(rgba));
            }
            return flat;
        } catch (UnreadableException | RuntimeException e) {
            flat.close();
            throw e;
        }
    }

    private static byte[] onWhite(byte[] rgba) {
        var rgb = new byte[rgba.length / 4 * 3];
        for (int from = 0, to = 0; from < rgba.length; from += 4, to += 3) {
            var alpha = rgba[from + 3] & 0xff;
            for (int c = 0; c < 3; c++) {
                var colour = rgba[from + c] & 0xff;
                rgb[to + c] = (byte) ((colour * alpha + WHITE * (WHITE - alpha) + WHITE / 2) / WHITE);
            }
        }
        return rgb;
    }

    /// Part of the picture as RGB of the given size, which is not larger than the part.
    Picture picture(Area part, int width, int height) throws UnreadableException {
        if (part.width() > (long) width * SHRINK_MAX || part.height() > (long) height * SHRINK_MAX) {
            var betweenWidth = Math.min(part.width(), width * 8);
            var betweenHeight = Math.min(part.height(), height * 8);
            try (var between = rgb(betweenWidth, betweenHeight)) {
                between.putRows(
                        0,
                        betweenHeight,
                        picture(part, betweenWidth, betweenHeight).rgb());
                return between.picture(new Area(0, 0, betweenWidth, betweenHeight), width, height);
            }
        }
        if (part.width() != width || part.height() != height) {
            return new Picture(width, height, convert(part, width, height, avutil.AV_PIX_FMT_RGB24));
        }
        // Unscaled parts start on a whole chroma sample, so that colours stay on their edges.
        var x = part.x() & -(1 << description.log2_chroma_w());
        var y = part.y() & -(1 << description.log2_chroma_h());
        var wider = new Area(x, y, part.x() + width - x, part.y() + height - y);
        var rgb = convert(wider, wider.width(), wider.height(), avutil.AV_PIX_FMT_RGB24);
        return new Picture(width, height, cut(rgb, wider, part));
    }

    private static byte[] cut(byte[] rgb, Area from, Area part) {
        if (from.equals(part)) {
            return rgb;
        }
        var cut = new byte[part.width() * part.height() * 3];
        for (int row = 0; row < part.height(); row++) {
            var at = ((part.y() - from.y() + row) * from.width() + part.x() - from.x()) * 3;
            System.arraycopy(rgb, at, cut, row * part.width() * 3, part.width() * 3);
        }
        return cut;
    }

    private byte[] convert(Area part, int width, int height, int toFormat) throws UnreadableException {
        var pixelBytes = toFormat == avutil.AV_PIX_FMT_RGBA ? 4 : 3;
        var result = new byte[Math.multiplyExact(Math.multiplyExact(width, height), pixelBytes)];
        var stride = Math.ceilDiv(width * pixelBytes, ROW_ALIGNMENT) * ROW_ALIGNMENT;
        var same = part.width() == width && part.height() == height;
        var flags = (same ? swscale.SWS_BILINEAR : swscale.SWS_AREA)
                | swscale.SWS_ACCURATE_RND
                | (same ? swscale.SWS_FULL_CHR_H_INT : 0);
        try (var _ = new PointerScope()) {
            var context = swscale.sws_getContext(
                    part.width(), part.height(), format, width, height, toFormat, flags, null, null, (DoublePointer)
                            null);
            if (isNull(context)) {
                throw UnreadableException.unsupported(
                        "A picture of " + part.width() + "x" + part.height() + " pixels in a rare pixel format");
            }
            try {
                var table = swscale.sws_getCoefficients(coefficients());
                var plain = swscale.sws_getCoefficients(swscale.SWS_CS_DEFAULT);
                swscale.sws_setColorspaceDetails(context, table, fullRange ? 1 : 0, plain, 1, 0, ONE, ONE);
                var out = new BytePointer((long) stride * height + SPARE_BYTES);
                var outPlanes = new PointerPointer<BytePointer>(4L);
                outPlanes.put(out, null, null, null);
                var outStrides = new IntPointer(stride, 0, 0, 0);
                var done = swscale.sws_scale(context, planes(part), strides(), 0, part.height(), outPlanes, outStrides);
                if (done != height) {
                    throw UnreadableException.damaged("The photo's pixels cannot be scaled");
                }
                for (int row = 0; row < height; row++) {
                    out.position((long) row * stride).get(result, row * width * pixelBytes, width * pixelBytes);
                }
                out.position(0);
            } finally {
                swscale.sws_freeContext(context);
            }
        }
        return result;
    }

    /// Where the part's first pixel is in each plane.
    private PointerPointer<BytePointer> planes(Area part) {
        var planes = new PointerPointer<BytePointer>(4L);
        for (int plane = 0; plane < 4; plane++) {
            var data = frame.data(plane);
            if (isNull(data)) {
                planes.put(plane, (BytePointer) null);
                continue;
            }
            if (plane > 0 && (description.flags() & avutil.AV_PIX_FMT_FLAG_PAL) != 0) {
                planes.put(plane, data); // the palette
                continue;
            }
            var x = isChroma(plane) ? part.x() >> description.log2_chroma_w() : part.x();
            var y = isChroma(plane) ? part.y() >> description.log2_chroma_h() : part.y();
            planes.put(plane, data.getPointer((long) y * frame.linesize(plane) + (long) x * pixelStep(plane)));
        }
        return planes;
    }

    private IntPointer strides() {
        return new IntPointer(frame.linesize(0), frame.linesize(1), frame.linesize(2), frame.linesize(3));
    }

    private boolean isChroma(int plane) {
        return plane == 1 || plane == 2;
    }

    /// Bytes from one pixel to the next in a plane. Bit-packed pictures are only ever taken from the left edge.
    private int pixelStep(int plane) {
        var step = 0;
        for (int component = 0; component < description.nb_components(); component++) {
            var described = description.comp(component);
            if (described.plane() == plane) {
                step = Math.max(step, described.step());
            }
        }
        return step;
    }

    /// The scaler's name of a matrix. ITU-T H.273 and FFmpeg number them alike.
    private int coefficients() {
        return switch (matrix) {
            case avutil.AVCOL_SPC_BT709 -> swscale.SWS_CS_ITU709;
            case avutil.AVCOL_SPC_FCC -> swscale.SWS_CS_FCC;
            case avutil.AVCOL_SPC_SMPTE240M -> swscale.SWS_CS_SMPTE240M;
            case avutil.AVCOL_SPC_BT2020_NCL, avutil.AVCOL_SPC_BT2020_CL -> swscale.SWS_CS_BT2020;
            default -> swscale.SWS_CS_ITU601;
        };
    }

    /// The formats that mean "YUV of full range" in their name are deprecated; the range is passed apart.
    private static int withoutRange(int format) {
        return switch (format) {
            case avutil.AV_PIX_FMT_YUVJ420P -> avutil.AV_PIX_FMT_YUV420P;
            case avutil.AV_PIX_FMT_YUVJ422P -> avutil.AV_PIX_FMT_YUV422P;
            case avutil.AV_PIX_FMT_YUVJ444P -> avutil.AV_PIX_FMT_YUV444P;
            case avutil.AV_PIX_FMT_YUVJ440P -> avutil.AV_PIX_FMT_YUV440P;
            case avutil.AV_PIX_FMT_YUVJ411P -> avutil.AV_PIX_FMT_YUV411P;
            default -> format;
        };
    }

    private static AVFrame allocate(int width, int height, int format) throws UnreadableException {
        var frame = avutil.av_frame_alloc();
        frame.width(width);
        frame.height(height);
        frame.format(format);
        var result = avutil.av_frame_get_buffer(frame, 0);
        if (result < 0) {
            avutil.av_frame_free(frame);
            throw FrameDecoder.failure(result);
        }
        return frame;
    }

    private static boolean isNull(Pointer pointer) {
        return pointer == null || pointer.isNull();
    }

    @Override
    public void close() {
        avutil.av_frame_free(frame);
    }
}
