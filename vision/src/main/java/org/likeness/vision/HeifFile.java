package org.likeness.vision;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.bytedeco.ffmpeg.global.avcodec;
import org.likeness.core.photo.MediaType;
import org.likeness.vision.Layout.Codec;
import org.likeness.vision.Layout.Colour;
import org.likeness.vision.Layout.Grid;
import org.likeness.vision.Layout.Piece;
import org.likeness.vision.Orientation.Area;

/// The still picture of a HEIC or AVIF file: one coded item, or a grid of equal ones as telephones write.
///
/// Cropping, turning and mirroring are taken from the container (`clap`, `irot`, `imir`) and never from EXIF,
/// which
/// often
/// repeats the turn. Thumbnails, depth, gain and alpha pictures are left alone.
final class HeifFile {
    private static final int HEVC_ITEM = HeifBoxes.type("hvc1");
    private static final int AV1_ITEM = HeifBoxes.type("av01");
    private static final int GRID_ITEM = HeifBoxes.type("grid");
    private static final int EXIF_BYTES_MAX = 1 << 20;

    private final FileBytes file;
    private final HeifBoxes boxes;
    private final PhotoLimits limits;

    private HeifFile(FileBytes file, HeifBoxes boxes, PhotoLimits limits) {
        this.file = file;
        this.boxes = boxes;
        this.limits = limits;
    }

    static Layout read(FileBytes file, PhotoLimits limits) throws IOException, UnreadableException {
        var reader = new HeifFile(file, HeifBoxes.read(file), limits);
        try {
            return reader.layout();
        } catch (BufferUnderflowException e) {
            throw UnreadableException.damaged("The HEIF file has a property that is too short");
        }
    }

    /// @param width of the coded picture
    /// @param setup the decoder's configuration record
    private record Traits(
            long width, long height, Block setup, Colour colour, Optional<Area> crop, Orientation orientation) {}

    private record Tiling(int columns, int rows, long width, long height, List<Long> items) {}

    private Layout layout() throws IOException, UnreadableException {
        var photo = boxes.primary();
        var traits = traits(photo);
        var tiling = boxes.type(photo) == GRID_ITEM
                ? grid(photo)
                : new Tiling(1, 1, traits.width, traits.height, List.of(photo));
        limits.check(tiling.width, tiling.height);
        var first = tiling.items.getFirst();
        var tile = traits(first);
        limits.check(tile.width * tiling.columns, tile.height * tiling.rows);
        if (tile.width * tiling.columns < tiling.width || tile.height * tiling.rows < tiling.height) {
            throw UnreadableException.damaged("The tiles of the HEIF file do not cover its picture");
        }
        var type = boxes.type(first);
        var hevc = type == HEVC_ITEM;
        if (!hevc && type != AV1_ITEM) {
            throw UnreadableException.unsupported("A HEIF file that is neither HEIC nor AVIF");
        }
        if (hevc && tile.setup.length() == 0) {
            throw UnreadableException.damaged("The HEIC file does not say how it is coded");
        }
        var packets = new ArrayList<List<Piece>>();
        for (var item : tiling.items) {
            if (boxes.type(item) != type) {
                throw UnreadableException.damaged("The tiles of the HEIF file are of several kinds");
            }
            packets.add(boxes.data(item));
        }
        var visible = traits.crop.orElse(new Area(0, 0, (int) tiling.width, (int) tiling.height));
        if (visible.x() + visible.width() > tiling.width || visible.y() + visible.height() > tiling.height) {
            throw UnreadableException.damaged("The HEIF file is cropped to more than its picture");
        }
        var colour = traits.colour.equals(Colour.UNSAID) ? tile.colour : traits.colour;
        return new Layout(
                hevc ? MediaType.HEIC : MediaType.AVIF,
                visible.width(),
                visible.height(),
                8,
                new Codec(hevc ? avcodec.AV_CODEC_ID_HEVC : avcodec.AV_CODEC_ID_AV1, tile.setup, colour),
                new Grid(tiling.columns, tiling.rows, visible),
                packets,
                exif(file, boxes),
                Optional.of(traits.orientation));
    }

    private Tiling grid(long item) throws IOException, UnreadableException {
        var pieces = boxes.data(item);
        var in = ByteBuffer.wrap(copy(file, pieces, 64));
        in.get(); // version
        var wide = (in.get() & 1) != 0;
        var rows = Byte.toUnsignedInt(in.get()) + 1;
        var columns = Byte.toUnsignedInt(in.get()) + 1;
        var width = wide ? Integer.toUnsignedLong(in.getInt()) : Short.toUnsignedLong(in.getShort());
        var height = wide ? Integer.toUnsignedLong(in.getInt()) : Short.toUnsignedLong(in.getShort());
        var items = boxes.tilesOf(item);
        if (items.size() != rows * columns) {
            throw UnreadableException.damaged(
                    "The HEIF file has " + items.size() + " tiles where " + columns + "x" + rows + " are needed");
        }
        return new Tiling(columns, rows, width, height, items);
    }

    private Traits traits(long item) throws UnreadableException {
        long width = 0;
        long height = 0;
        var setup = Block.NONE;
        var colour = Colour.UNSAID;
        Optional<Area> crop = Optional.empty();
        var orientation = Orientation.UPRIGHT;
        for (var property : boxes.propertiesOf(item)) {
            var in = property.content();
            switch (property.type()) {
                case 0x69737065 -> { // ispe
                    in.getInt();
                    width = Integer.toUnsignedLong(in.getInt());
                    height = Integer.toUnsignedLong(in.getInt());
                    limits.check(width, height);
                }
                case 0x68766343, 0x61763143 -> { // hvcC, av1C
                    var configuration = new byte[in.remaining()];
                    in.get(configuration);
                    setup = new Block(configuration);
                }
                case 0x636f6c72 -> colour = nclx(in, colour); // colr
                case 0x636c6170 -> crop = Optional.of(crop(in, width, height)); // clap
                case 0x69726f74 -> orientation = orientation.then(Orientation.ofQuarterTurns(in.get()));
                case 0x696d6972 -> orientation = orientation.then(Orientation.ofMirror(in.get() & 1));
                default -> {
                    // pixel depth, colour profile, names and whatever comes later
                }
            }
        }
        return new Traits(width, height, setup, colour, crop, orientation);
    }

    /// A colour box holds numbers (`nclx`) or a profile; a file may have one of each.
    private static Colour nclx(ByteBuffer in, Colour before) {
        if (in.getInt() != HeifBoxes.type("nclx")) {
            return before;
        }
        in.getInt(); // primaries and transfer: sRGB is assumed
        var matrix = Short.toUnsignedInt(in.getShort());
        return new Colour(matrix, (in.get() & 0x80) != 0 ? 1 : 0);
    }

    /// A clean aperture is given by its size and its centre's distance from the picture's centre, all as
    /// fractions.
    private static Area crop(ByteBuffer in, long pictureWidth, long pictureHeight) throws UnreadableException {
        var width = fraction(in);
        var height = fraction(in);
        var x = (pictureWidth - width) / 2 + fraction(in);
        var y = (pictureHeight - height) / 2 + fraction(in);
        if (!(x >= 0 && y >= 0 && width >= 1 && height >= 1)
                || x + width > pictureWidth
                || y + height > pictureHeight) {
            throw UnreadableException.damaged("The HEIF file is cropped to more than its picture");
        }
        return new Area((int) x, (int) y, (int) width, (int) height);
    }

    private static double fraction(ByteBuffer in) {
        return (double) in.getInt() / Integer.toUnsignedLong(in.getInt());
    }

    /// Only the time is wanted of it, so damage here is no reason to refuse the photo.
    static Block exif(FileBytes file, HeifBoxes boxes) throws IOException {
        for (var item : boxes.itemsOfType(HeifBoxes.type("Exif"))) {
            try {
                var content = copy(file, boxes.data(item), EXIF_BYTES_MAX);
                var skip = 4L
                        + (content.length < 4
                                ? 0
                                : Integer.toUnsignedLong(
                                        ByteBuffer.wrap(content).getInt()));
                if (skip < content.length) {
                    return new Block(Arrays.copyOfRange(content, (int) skip, content.length));
                }
            } catch (UnreadableException e) {
                return Block.NONE;
            }
        }
        return Block.NONE;
    }

    static byte[] copy(FileBytes file, List<Piece> pieces, int lengthMax) throws IOException, UnreadableException {
        var all = ByteBuffer.allocate((int) Math.min(lengthMax, Layout.length(pieces)));
        for (var piece : pieces) {
            var bytes = switch (piece) {
                case Piece.Range range -> file.bytes(range.at(), Math.min(range.length(), all.remaining()));
                case Piece.Made made -> made.bytes().bytes();
            };
            all.put(bytes, 0, Math.min(bytes.length, all.remaining()));
        }
        return all.array();
    }
}
