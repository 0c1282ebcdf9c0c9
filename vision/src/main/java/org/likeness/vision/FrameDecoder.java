package org.likeness.vision;

import java.io.IOException;
import java.util.List;
import java.util.Objects;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.PointerPointer;
import org.bytedeco.javacpp.PointerScope;
import org.likeness.core.LikenessException;
import org.likeness.vision.Layout.Piece;

/// Runs one of FFmpeg's decoders over the tiles of a [Layout]. Only the codec library is used, never a demuxer, a
/// device
/// or the program. One thread a picture; the callers are the parallelism.
final class FrameDecoder {
    /// Any error the decoder notices ends the decoding, so that damage is reported instead of painted over.
    private static final int STRICT =
            avcodec.AV_EF_CRCCHECK | avcodec.AV_EF_BITSTREAM | avcodec.AV_EF_BUFFER | avcodec.AV_EF_EXPLODE;

    static {
        avutil.av_log_set_level(avutil.AV_LOG_QUIET);
    }

    private FrameDecoder() {}

    /// The decoded picture, whole canvas, in whatever pixel format the codec has. The caller frees it.
    static Frame decode(FileBytes file, Layout layout, PhotoLimits limits) throws IOException, UnreadableException {
        try (var _ = new PointerScope()) {
            var codec = find(layout.codec().id());
            var context = avcodec.avcodec_alloc_context3(codec);
            var packet = avcodec.av_packet_alloc();
            try {
                open(context, codec, layout, limits);
                return frames(file, layout, context, packet);
            } finally {
                avcodec.av_packet_free(packet);
                avcodec.avcodec_free_context(context);
            }
        }
    }

    private static AVCodec find(int id) throws UnreadableException {
        // FFmpeg's own "av1" only drives hardware.
        var codec = id == avcodec.AV_CODEC_ID_AV1
                ? avcodec.avcodec_find_decoder_by_name("libaom-av1")
                : avcodec.avcodec_find_decoder(id);
        if (codec == null) {
            throw UnreadableException.unsupported("A picture whose decoder this installation leaves out");
        }
        return codec;
    }

    private static void open(AVCodecContext context, AVCodec codec, Layout layout, PhotoLimits limits)
            throws UnreadableException {
        context.thread_count(1);
        context.get_buffer2(ClearedBuffers.INSTANCE);
        context.max_pixels(limits.pixelsMax());
        context.err_recognition(STRICT);
        var setup = layout.codec().setup();
        if (setup.length() > 0) {
            var room = avutil.av_mallocz(setup.length() + avcodec.AV_INPUT_BUFFER_PADDING_SIZE);
            context.extradata(new BytePointer(room).put(setup.bytes())); // owned by the context from now on
            context.extradata_size(setup.length());
        }
        var result = avcodec.avcodec_open2(context, codec, (PointerPointer<?>) null);
        if (result < 0) {
            throw failure(result);
        }
    }

    private static Frame frames(FileBytes file, Layout layout, AVCodecContext context, AVPacket packet)
            throws IOException, UnreadableException {
        var grid = layout.grid();
        if (grid.columns() * grid.rows() == 1) {
            return decodeOne(file, layout.tiles().getFirst(), layout, context, packet);
        }
        Frame canvas = null;
        try {
            for (int tile = 0; tile < layout.tiles().size(); tile++) {
                try (var frame = decodeOne(file, layout.tiles().get(tile), layout, context, packet)) {
                    if (canvas == null) {
                        canvas = frame.blankCanvas(grid.columns(), grid.rows());
                    }
                    canvas.place(frame, tile % grid.columns(), tile / grid.columns());
                }
            }
            var whole = canvas;
            canvas = null;
            return Objects.requireNonNull(whole);
        } finally {
            if (canvas != null) {
                canvas.close();
            }
        }
    }

    private static Frame decodeOne(
            FileBytes file, List<Piece> pieces, Layout layout, AVCodecContext context, AVPacket packet)
            throws IOException, UnreadableException {
        fill(packet, file, pieces);
        var frame = avutil.av_frame_alloc();
        try {
            var result = avcodec.avcodec_send_packet(context, packet);
            avcodec.av_packet_unref(packet);
            if (result >= 0) {
                avcodec.avcodec_send_packet(context, null); // no more: let out what is delayed
                result = avcodec.avcodec_receive_frame(context, frame);
            }
            avcodec.avcodec_flush_buffers(context);
            if (result < 0) {
                throw failure(result);
            }
            if (frame.decode_error_flags() != 0 || (frame.flags() & AVFrame.AV_FRAME_FLAG_CORRUPT) != 0) {
                throw UnreadableException.damaged("The photo's pixels are damaged");
            }
            var decoded = Frame.of(frame, layout.codec().colour());
            frame = null;
            return decoded;
        } finally {
            if (frame != null) {
                avutil.av_frame_free(frame);
            }
        }
    }

    private static void fill(AVPacket packet, FileBytes file, List<Piece> pieces)
            throws IOException, UnreadableException {
        var length = Layout.length(pieces);
        if (length > Integer.MAX_VALUE / 2) {
            throw UnreadableException.unsupported("A picture of " + length + " bytes");
        }
        var result = avcodec.av_new_packet(packet, (int) length);
        if (result < 0) {
            throw failure(result);
        }
        var into = packet.data().capacity(length).asByteBuffer();
        for (var piece : pieces) {
            switch (piece) {
                case Piece.Made made -> into.put(made.bytes().bytes());
                case Piece.Range range -> {
                    file.read(range.at(), into.slice(into.position(), range.length()));
                    into.position(into.position() + range.length());
                }
            }
        }
    }

    static UnreadableException failure(int result) {
        if (result == avutil.AVERROR_ENOMEM()) {
            throw new LikenessException(
                            LikenessException.Kind.UNAVAILABLE,
                            "no memory for a decoded photo\nGive the machine more memory or import with fewer threads.")
                    .called("machine.memory");
        }
        return result == avutil.AVERROR_PATCHWELCOME()
                ? UnreadableException.unsupported("A picture with a rare feature of its format")
                : UnreadableException.damaged("The photo's pixels are damaged");
    }
}
