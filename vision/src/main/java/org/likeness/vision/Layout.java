package org.likeness.vision;

import java.util.List;
import java.util.Optional;
import org.likeness.core.photo.MediaType;

/// What a header says about a photo and which bytes of the file its decoder gets, found without decoding anything.
///
/// A photo is a grid of equally large tiles; nearly always one. Only what the pixels need is passed on:
/// metadata that
/// native code would have to parse is left out.
///
/// @param width pixels of the whole stored picture, before turning
/// @param bytesPerPixel what the decoder makes of a pixel at most, for the [PixelBudget]
/// @param exif the EXIF block (a TIFF structure) when there is one, not yet looked into
/// @param containerOrientation present when the container and not EXIF says how to turn the photo
record Layout(
        MediaType mediaType,
        int width,
        int height,
        int bytesPerPixel,
        Codec codec,
        Grid grid,
        List<List<Piece>> tiles,
        Block exif,
        Optional<Orientation> containerOrientation) {

    /// How the decoder is set up.
    ///
    /// @param id FFmpeg's codec id
    /// @param setup the decoder's configuration record; empty when the codec has none
    /// @param colour what the container says of the colours
    record Codec(int id, Block setup, Colour colour) {}

    /// Colour coding of a container; the numbers are those of ITU-T H.273, and -1 means the container says
    /// nothing.
    record Colour(int matrix, int range) {
        static final Colour UNSAID = new Colour(-1, -1);
    }

    /// Tiles of equal size, row by row, and the part of their canvas that is the picture.
    record Grid(int columns, int rows, Orientation.Area visible) {}

    /// Part of what a decoder gets.
    sealed interface Piece {
        /// Bytes of the file.
        record Range(long at, int length) implements Piece {}

        /// Bytes made by us, such as a corrected header.
        record Made(Block bytes) implements Piece {}
    }

    private static final int BUDGET_BYTES_PER_PIXEL = 4;

    Layout {
        tiles = tiles.stream().map(List::copyOf).toList();
    }

    /// One picture from one run of bytes.
    static Layout single(
            MediaType type, int width, int height, int bytesPerPixel, int codecId, List<Piece> packet, Block exif) {
        return new Layout(
                type,
                width,
                height,
                bytesPerPixel,
                new Codec(codecId, Block.NONE, Colour.UNSAID),
                new Grid(1, 1, new Orientation.Area(0, 0, width, height)),
                List.of(packet),
                exif,
                Optional.empty());
    }

    /// What decoding takes from the [PixelBudget].
    long cost() {
        var packetMax = tiles.stream().mapToLong(Layout::length).max().orElse(0);
        var perPixel = Math.ceilDiv(bytesPerPixel, BUDGET_BYTES_PER_PIXEL);
        return Math.max(1, (long) width * height * perPixel + packetMax / BUDGET_BYTES_PER_PIXEL);
    }

    static long length(List<Piece> packet) {
        var sum = 0L;
        for (var piece : packet) {
            sum += switch (piece) {
                case Piece.Range range -> range.length();
                case Piece.Made made -> made.bytes().length();
            };
        }
        return sum;
    }
}
