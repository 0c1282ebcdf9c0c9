package org.likeness.vision;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// Random reading of a file's bytes through one small window, for parsers that hop about in headers. Numbers are
/// big-endian unless the name says otherwise. Reading past the end is an [UnreadableException] TRUNCATED, never a
/// crash:
/// the file is copied, not mapped, because a mapped file that another program shortens would kill the process. One
/// thread.
final class FileBytes implements Closeable {
    private static final int WINDOW_BYTES = 1 << 16;
    private static final long HIGH_BITS = 0x8080808080808080L;
    private static final long LOW_BITS = 0x0101010101010101L;

    private final FileChannel channel;
    private final long size;
    private final ByteBuffer window = ByteBuffer.allocate(WINDOW_BYTES).limit(0);
    private long windowStart;

    private FileBytes(FileChannel channel, long size) {
        this.channel = channel;
        this.size = size;
    }

    static FileBytes open(Path file) throws IOException {
        var channel = FileChannel.open(file, StandardOpenOption.READ);
        try {
            return new FileBytes(channel, channel.size());
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    /// Bytes, as it was when the file was opened.
    long size() {
        return size;
    }

    int u8(long at) throws IOException, UnreadableException {
        return window.get(seek(at, 1)) & 0xff;
    }

    int u16(long at) throws IOException, UnreadableException {
        return window.getShort(seek(at, 2)) & 0xffff;
    }

    int u16le(long at) throws IOException, UnreadableException {
        return Short.reverseBytes(window.getShort(seek(at, 2))) & 0xffff;
    }

    int i32(long at) throws IOException, UnreadableException {
        return window.getInt(seek(at, 4));
    }

    long u32(long at) throws IOException, UnreadableException {
        return i32(at) & 0xffff_ffffL;
    }

    long u32le(long at) throws IOException, UnreadableException {
        return Integer.reverseBytes(i32(at)) & 0xffff_ffffL;
    }

    long i64(long at) throws IOException, UnreadableException {
        return window.getLong(seek(at, 8));
    }

    /// A copy of some bytes; the caller bounds the length.
    byte[] bytes(long at, int length) throws IOException, UnreadableException {
        var copy = new byte[Math.toIntExact(Math.min(length, Math.max(0, size - at)))];
        read(at, ByteBuffer.wrap(copy));
        if (copy.length < length) {
            throw UnreadableException.truncated("file");
        }
        return copy;
    }

    /// The first bytes of the file, fewer when it is shorter.
    byte[] head(int lengthMax) throws IOException, UnreadableException {
        return bytes(0, (int) Math.min(lengthMax, size));
    }

    /// Fills the buffer from this place.
    void read(long at, ByteBuffer into) throws IOException, UnreadableException {
        var place = at;
        while (into.hasRemaining()) {
            var got = channel.read(into, place);
            if (got < 0) {
                throw UnreadableException.truncated("file");
            }
            place += got;
        }
    }

    /// The next place that holds 0xFF, or the file's size when there is none.
    long indexOfFf(long from) throws IOException, UnreadableException {
        var at = from;
        while (at < size) {
            var index = seek(at, 1);
            var end = window.limit();
            while (index + 8 <= end) {
                var zeroWhereFf = ~window.getLong(index);
                if (((zeroWhereFf - LOW_BITS) & ~zeroWhereFf & HIGH_BITS) != 0) {
                    break;
                }
                index += 8;
            }
            while (index < end && window.get(index) != (byte) 0xff) {
                index++;
            }
            at = windowStart + index;
            if (index < end) {
                return at;
            }
        }
        return size;
    }

    private int seek(long at, int length) throws IOException, UnreadableException {
        if (at < 0 || at > size - length) {
            throw UnreadableException.truncated("file");
        }
        if (at < windowStart || at + length > windowStart + window.limit()) {
            window.clear().limit((int) Math.min(WINDOW_BYTES, size - at));
            windowStart = at;
            try {
                read(at, window);
            } catch (IOException | UnreadableException e) {
                window.limit(0);
                throw e;
            }
        }
        return (int) (at - windowStart);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
