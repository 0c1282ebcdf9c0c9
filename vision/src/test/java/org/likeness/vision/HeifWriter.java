package org.likeness.vision;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Writes small HEIF files around one coded picture: alone or as every tile of a grid, with turns and mirrors.
final class HeifWriter {
    private final String itemType;
    private final byte[] setup;
    private final byte[] coded;
    private final int width;
    private final int height;

    /// @param itemType `hvc1` or `av01`
    /// @param setup content of the `hvcC` or `av1C` box
    HeifWriter(String itemType, byte[] setup, byte[] coded, int width, int height) {
        this.itemType = itemType;
        this.setup = setup;
        this.coded = coded;
        this.width = width;
        this.height = height;
    }

    /// @param transforms property boxes such as `irot`, in the order in which they apply
    byte[] single(byte[]... transforms) {
        return file(1, 1, width, height, false, transforms);
    }

    byte[] grid(int columns, int rows, int outWidth, int outHeight, byte[]... transforms) {
        return file(columns, rows, outWidth, outHeight, true, transforms);
    }

    static byte[] irot(int quarterTurns) {
        return box("irot", new byte[] {(byte) quarterTurns});
    }

    static byte[] imir(int axis) {
        return box("imir", new byte[] {(byte) axis});
    }

    private byte[] file(int columns, int rows, int outWidth, int outHeight, boolean grid, byte[]... transforms) {
        var ftyp = box("ftyp", Pieces.ascii(itemType.equals("av01") ? "avif" : "heic"), ints(0), Pieces.ascii("mif1"));
        var tileCount = columns * rows;
        var gridData = join(new byte[] {0, 1, (byte) (rows - 1), (byte) (columns - 1)}, ints(outWidth, outHeight));
        var meta = meta(0, tileCount, grid, gridData, outWidth, outHeight, transforms);
        var dataAt = ftyp.length + meta.length + 8;
        meta = meta(dataAt, tileCount, grid, gridData, outWidth, outHeight, transforms);
        return join(ftyp, meta, box("mdat", coded, grid ? gridData : new byte[0]));
    }

    /// Items: 1 is the photo when alone, else the grid, whose tiles are 2 and up.
    private byte[] meta(
            int dataAt, int tiles, boolean grid, byte[] gridData, int outWidth, int outHeight, byte[]... transforms) {
        var config = itemType.equals("av01") ? "av1C" : "hvcC";
        var properties = new ArrayList<byte[]>(List.of(
                box("ispe", ints(0, width, height)), box(config, setup), box("ispe", ints(0, outWidth, outHeight))));
        properties.addAll(Arrays.asList(transforms));
        var infos = new ByteArrayOutputStream();
        var places = new ByteArrayOutputStream();
        var uses = new ByteArrayOutputStream();
        var count = grid ? tiles + 1 : 1;
        for (int item = 1; item <= count; item++) {
            var isGrid = grid && item == 1;
            infos.writeBytes(box("infe", ints(2 << 24), shorts(item, 0), Pieces.ascii(isGrid ? "grid" : itemType)));
            places.writeBytes(shorts(item, 0, 1));
            places.writeBytes(isGrid ? ints(dataAt + coded.length, gridData.length) : ints(dataAt, coded.length));
            uses.writeBytes(shorts(item));
            var own = isGrid ? new byte[] {3} : new byte[] {1, 2};
            var turns = item == 1 ? transforms.length : 0;
            uses.write(own.length + turns);
            uses.writeBytes(own);
            for (int i = 0; i < turns; i++) {
                uses.write(4 + i);
            }
        }
        var references = new ByteArrayOutputStream();
        references.writeBytes(shorts(1, tiles));
        for (int tile = 0; tile < tiles; tile++) {
            references.writeBytes(shorts(2 + tile));
        }
        return box(
                "meta",
                ints(0),
                box("pitm", ints(0), shorts(1)),
                box("iloc", ints(0), new byte[] {0x44, 0}, shorts(count), places.toByteArray()),
                box("iinf", ints(0), shorts(count), infos.toByteArray()),
                grid ? box("iref", ints(0), box("dimg", references.toByteArray())) : new byte[0],
                box(
                        "iprp",
                        box("ipco", properties.toArray(byte[][]::new)),
                        box("ipma", ints(0, count), uses.toByteArray())));
    }

    static byte[] box(String type, byte[]... parts) {
        var content = join(parts);
        return join(ints(content.length + 8), Pieces.ascii(type), content);
    }

    private static byte[] ints(int... values) {
        var bytes = ByteBuffer.allocate(values.length * 4);
        Arrays.stream(values).forEach(bytes::putInt);
        return bytes.array();
    }

    private static byte[] shorts(int... values) {
        var bytes = ByteBuffer.allocate(values.length * 2);
        Arrays.stream(values).forEach(value -> bytes.putShort((short) value));
        return bytes.array();
    }

    static byte[] join(byte[]... parts) {
        var all = new ByteArrayOutputStream();
        for (var part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }
}
