package org.likeness.vision;

import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.javacpp.Pointer;

/// Hands a decoder its picture memory filled with zeros. A damaged file may leave parts of a picture undecoded,
/// and
/// what
/// lay in that memory before could be another person's photo. Thread-safe: no state.
final class ClearedBuffers extends AVCodecContext.Get_buffer2_AVCodecContext_AVFrame_int {
    /// One for all: each instance takes one of few native callback slots.
    static final ClearedBuffers INSTANCE = new ClearedBuffers();

    private static final int PLANES_MAX = 8;

    private ClearedBuffers() {
        retainReference(); // or the pointer scope of whoever comes first would free it
    }

    @Override
    public int call(AVCodecContext context, AVFrame frame, int flags) {
        var result = avcodec.avcodec_default_get_buffer2(context, frame, flags);
        for (int i = 0; result >= 0 && i < PLANES_MAX; i++) {
            var buffer = frame.buf(i);
            if (buffer != null && !buffer.isNull()) {
                Pointer.memset(buffer.data(), 0, buffer.size());
            }
        }
        return result;
    }
}
