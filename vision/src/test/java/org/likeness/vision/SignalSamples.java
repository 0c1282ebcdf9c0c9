package org.likeness.vision;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/// Writes statements into the sample photos, byte by byte, wherever a format has a place for them.
final class SignalSamples {
    static final String DATA_MINING = "http://ns.useplus.org/ldf/vocab/";

    /// The samples without statements, made once because encoding takes time.
    static final Map<String, byte[]> PLAIN = SamplePhotos.all();

    private static final String EXTENSION_ID = "0123456789ABCDEF0123456789ABCDEF";

    private SignalSamples() {}

    /// A packet whose description has these attributes and these elements.
    static String xmp(String attributes, String elements) {
        return "<?xpacket begin=\"\uFEFF\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n"
                + "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF"
                + " xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\"><rdf:Description rdf:about=\"\""
                + " xmlns:plus=\"http://ns.useplus.org/ldf/xmp/1.0/\""
                + " xmlns:Iptc4xmpExt=\"http://iptc.org/std/Iptc4xmpExt/2008-02-29/\""
                + " xmlns:xmpRights=\"http://ns.adobe.com/xap/1.0/rights/\""
                + " xmlns:dc=\"http://purl.org/dc/elements/1.1/\""
                + " xmlns:photoshop=\"http://ns.adobe.com/photoshop/1.0/\""
                + " xmlns:cc=\"http://creativecommons.org/ns#\""
                + " xmlns:tdm=\"http://www.w3.org/ns/tdmrep/\""
                + " xmlns:xmpNote=\"http://ns.adobe.com/xmp/note/\""
                + " xmlns:mwg-rs=\"http://www.metadataworkinggroup.com/schemas/regions/\""
                + " xmlns:MPReg=\"http://ns.microsoft.com/photo/1.2/t/Region#\" " + attributes + ">" + elements
                + "</rdf:Description></rdf:RDF></x:xmpmeta>\n" + " ".repeat(100) + "\n<?xpacket end=\"w\"?>";
    }

    static String prohibition() {
        return xmp("", "<plus:DataMining rdf:resource=\"" + DATA_MINING + "DMI-PROHIBITED\"/>");
    }

    /// The packet in each format that has a place for it, by a name for messages.
    /// The sample of this name, which is there.
    static byte[] of(Map<String, byte[]> samples, String name) {
        return Objects.requireNonNull(samples.get(name), name);
    }

    static Map<String, byte[]> carriers(String packet) {
        byte[] xmp = packet.getBytes(StandardCharsets.UTF_8);
        var all = new LinkedHashMap<String, byte[]>();
        all.put("jpeg", jpeg(xmp));
        all.put("jpeg extended", jpegExtended(packet));
        all.put("jpeg photoshop", jpegSegment(0xed, Pieces.ascii("Photoshop 3.0\0"), resource(0x0424, xmp)));
        all.put("png", png("iTXt", Pieces.ascii("XML:com.adobe.xmp\0\0\0\0\0"), xmp));
        all.put("png compressed", png("iTXt", Pieces.ascii("XML:com.adobe.xmp\0\1\0\0\0"), deflate(xmp)));
        all.put("png raw profile", png("zTXt", Pieces.ascii("Raw profile type xmp\0\0"), deflate(rawProfile(xmp))));
        all.put("webp", webp("XMP ", xmp));
        all.put("heic", heic(of(PLAIN, "heic"), xmp, ""));
        all.put("heic grid", heic(of(PLAIN, "heic-grid"), xmp, ""));
        all.put("avif", heic(of(PLAIN, "avif"), xmp, ""));
        all.put("tiff", tiff(700, 1, xmp));
        all.put("gif", gif(xmp));
        return all;
    }

    /// A C2PA store in each format that has a place for it.
    static Map<String, byte[]> c2paCarriers(byte[] store) {
        var all = new LinkedHashMap<String, byte[]>();
        all.put("jpeg", jpegJumbf(store, 1 << 15));
        all.put("jpeg in parts", jpegJumbf(store, 60));
        all.put("png", png("caBX", store, new byte[0]));
        all.put("webp", webp("C2PA", store));
        var uuid = java.util.HexFormat.of().parseHex("d8fec3d61b0e483c92975828877ec481");
        var content = HeifWriter.join(uuid, new byte[4], Pieces.ascii("manifest\0"), new byte[8], store);
        all.put("heic", HeifWriter.join(of(PLAIN, "heic"), HeifWriter.box("uuid", content)));
        all.put("tiff", tiff(52_545, 7, store));
        return all;
    }

    static byte[] jpeg(byte[] xmp) {
        return jpegSegment(0xe1, Pieces.ascii("http://ns.adobe.com/xap/1.0/\0"), xmp);
    }

    static byte[] jpegSegment(int marker, byte[]... content) {
        return withSegments(segment(marker, content));
    }

    private static byte[] withSegments(byte[]... segments) {
        var jpeg = of(PLAIN, "jpeg");
        return HeifWriter.join(
                SamplePhotos.slice(jpeg, 0, 2), HeifWriter.join(segments), SamplePhotos.slice(jpeg, 2, jpeg.length));
    }

    private static byte[] segment(int marker, byte[]... content) {
        var all = HeifWriter.join(content);
        return HeifWriter.join(
                new byte[] {(byte) 0xff, (byte) marker, (byte) ((all.length + 2) >> 8), (byte) (all.length + 2)}, all);
    }

    /// The packet goes over two segments of an extension; the standard packet only names it.
    private static byte[] jpegExtended(String packet) {
        var xmp = packet.getBytes(StandardCharsets.UTF_8);
        return withSegments(extensionHead(), extensionPart(xmp, 0, 100), extensionPart(xmp, 100, xmp.length));
    }

    static byte[] jpegExtendedButCut() {
        return withSegments(extensionHead(), extensionPart(prohibition().getBytes(StandardCharsets.UTF_8), 0, 100));
    }

    private static byte[] extensionHead() {
        var head = xmp("xmpNote:HasExtendedXMP=\"" + EXTENSION_ID + "\"", "");
        return segment(0xe1, Pieces.ascii("http://ns.adobe.com/xap/1.0/\0"), head.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] extensionPart(byte[] xmp, int from, int to) {
        return segment(
                0xe1,
                Pieces.ascii("http://ns.adobe.com/xmp/extension/\0" + EXTENSION_ID),
                ByteBuffer.allocate(8).putInt(xmp.length).putInt(from).array(),
                SamplePhotos.slice(xmp, from, to));
    }

    static byte[] resource(int id, byte[] content) {
        var header = ByteBuffer.allocate(12).put(Pieces.ascii("8BIM")).putShort((short) id);
        return HeifWriter.join(
                header.putShort((short) 0).putInt(content.length).array(), content, new byte[content.length & 1]);
    }

    static byte[] iim(int record, int dataset, String value) {
        var text = value.getBytes(StandardCharsets.UTF_8);
        var header = new byte[] {0x1c, (byte) record, (byte) dataset, (byte) (text.length >> 8), (byte) text.length};
        return HeifWriter.join(header, text);
    }

    static byte[] png(String kind, byte[]... content) {
        var png = of(PLAIN, "png");
        var all = HeifWriter.join(content);
        var crc = new CRC32();
        crc.update(Pieces.ascii(kind));
        crc.update(all);
        var chunk = ByteBuffer.allocate(all.length + 12).putInt(all.length).put(Pieces.ascii(kind));
        chunk.put(all).putInt((int) crc.getValue());
        return HeifWriter.join(SamplePhotos.slice(png, 0, 33), chunk.array(), SamplePhotos.slice(png, 33, png.length));
    }

    static byte[] deflate(byte[] bytes) {
        var deflater = new Deflater();
        deflater.setInput(bytes);
        deflater.finish();
        var out = new byte[bytes.length + 100];
        var length = deflater.deflate(out);
        deflater.end();
        return Arrays.copyOf(out, length);
    }

    private static byte[] rawProfile(byte[] xmp) {
        var hex = java.util.HexFormat.of().formatHex(xmp).replaceAll("(.{72})", "$1\n");
        return Pieces.ascii("\nxmp\n" + String.format(java.util.Locale.ROOT, "%8d", xmp.length) + "\n" + hex + "\n");
    }

    static byte[] webp(String kind, byte[] content) {
        var webp = of(PLAIN, "webp");
        var chunk =
                ByteBuffer.allocate(8 + content.length + (content.length & 1)).order(ByteOrder.LITTLE_ENDIAN);
        chunk.put(Pieces.ascii(kind)).putInt(content.length).put(content);
        var all = HeifWriter.join(webp, chunk.array());
        ByteBuffer.wrap(all).order(ByteOrder.LITTLE_ENDIAN).putInt(4, all.length - 8);
        return all;
    }

    /// The file again with a second `meta`-level item: its `iinf` and `iloc` are written anew.
    ///
    /// @param encoding content encoding of the item
    static byte[] heic(byte[] file, byte[] xmp, String encoding) {
        var ftyp = ByteBuffer.wrap(file).getInt();
        var metaLength = ByteBuffer.wrap(file).getInt(ftyp);
        var meta = ByteBuffer.wrap(file, ftyp + 12, metaLength - 12).slice();
        var mime = HeifWriter.box(
                "infe",
                new byte[] {2, 0, 0, 0},
                new byte[] {0, 99, 0, 0},
                Pieces.ascii("mime"),
                Pieces.ascii("XMP\0application/rdf+xml\0" + encoding + "\0"));
        var place =
                ByteBuffer.allocate(14).putShort((short) 99).putShort((short) 0).putShort((short) 1);
        var grown = mime.length + place.capacity();
        place.putInt(file.length + grown + 8).putInt(xmp.length);
        var out = new ByteArrayOutputStream();
        while (meta.hasRemaining()) {
            var start = meta.position();
            var length = meta.getInt();
            var type = meta.getInt();
            var content = new byte[length - 8];
            meta.get(content);
            if (type == HeifBoxes.type("iinf")) {
                content[5]++;
                out.writeBytes(HeifWriter.box("iinf", content, mime));
            } else if (type == HeifBoxes.type("iloc")) {
                content[7]++;
                moved(content, grown);
                out.writeBytes(HeifWriter.box("iloc", content, place.array()));
            } else {
                out.writeBytes(Arrays.copyOfRange(file, ftyp + 12 + start, ftyp + 12 + start + length));
            }
        }
        return HeifWriter.join(
                SamplePhotos.slice(file, 0, ftyp),
                HeifWriter.box("meta", new byte[4], out.toByteArray()),
                SamplePhotos.slice(file, ftyp + metaLength, file.length),
                HeifWriter.box("mdat", xmp));
    }

    /// Each place is id, data reference, count, offset, length.
    private static void moved(byte[] places, int by) {
        var in = ByteBuffer.wrap(places);
        for (int at = 8 + 6; at + 8 <= places.length; at += 14) {
            in.putInt(at, in.getInt(at) + by);
        }
    }

    /// A TIFF of one white pixel with one more tag.
    static byte[] tiff(int tag, int type, byte[] content) {
        var entries = new java.util.TreeMap<Integer, int[]>();
        entries.put(256, new int[] {3, 1, 1});
        entries.put(257, new int[] {3, 1, 1});
        entries.put(258, new int[] {3, 1, 8});
        entries.put(259, new int[] {3, 1, 1});
        entries.put(262, new int[] {3, 1, 1});
        entries.put(273, new int[] {4, 1, 8});
        entries.put(277, new int[] {3, 1, 1});
        entries.put(278, new int[] {3, 1, 1});
        entries.put(279, new int[] {4, 1, 1});
        var contentAt = 10 + 2 + (entries.size() + 1) * 12 + 4;
        entries.put(tag, new int[] {type, content.length, contentAt});
        var out = ByteBuffer.allocate(contentAt + content.length).order(ByteOrder.LITTLE_ENDIAN);
        out.put(Pieces.ascii("II"))
                .putShort((short) 42)
                .putInt(10)
                .put((byte) 0xff)
                .put((byte) 0);
        out.putShort((short) entries.size());
        entries.forEach((key, value) -> out.putShort(key.shortValue())
                .putShort((short) value[0])
                .putInt(value[1])
                .putInt(value[2]));
        return out.putInt(0).put(content).array();
    }

    /// An application extension with the trailer that makes the packet look like sub-blocks.
    static byte[] gif(byte[] xmp) {
        var gif = of(PLAIN, "gif");
        var trailer = new byte[258];
        trailer[0] = 1;
        for (int i = 0; i < 256; i++) {
            trailer[1 + i] = (byte) (255 - i);
        }
        var extension = HeifWriter.join(new byte[] {0x21, (byte) 0xff, 11}, Pieces.ascii("XMP DataXMP"), xmp, trailer);
        return HeifWriter.join(
                SamplePhotos.slice(gif, 0, gif.length - 1), extension, new byte[] {0x3b}); // behind the picture
    }

    private static byte[] jpegJumbf(byte[] store, int partMax) {
        var segments = new java.util.ArrayList<byte[]>();
        var header = SamplePhotos.slice(store, 0, 8);
        for (int from = 0, part = 1; from < store.length; from += partMax, part++) {
            var payload = SamplePhotos.slice(store, from, Math.min(store.length, from + partMax));
            segments.add(segment(
                    0xeb,
                    Pieces.ascii("JP"),
                    ByteBuffer.allocate(6).putShort((short) 1).putInt(part).array(),
                    part == 1 ? new byte[0] : header,
                    payload));
        }
        return withSegments(segments.toArray(byte[][]::new));
    }

    /// A manifest store with one assertion.
    ///
    /// @param content the assertion's content box
    static byte[] store(String label, byte[] content) {
        var assertion = superbox(label, content);
        return superbox(
                "c2pa",
                superbox(
                        "urn:uuid:test",
                        superbox("c2pa.assertions", superbox("c2pa.actions", cborBox(map())), assertion)));
    }

    static byte[] superbox(String label, byte[]... content) {
        var description = HeifWriter.box(
                "jumd", new byte[16], new byte[] {3}, label.getBytes(StandardCharsets.UTF_8), new byte[1]);
        return HeifWriter.box("jumb", description, HeifWriter.join(content));
    }

    static byte[] cborBox(byte[] cbor) {
        return HeifWriter.box("cbor", cbor);
    }

    /// `{entries: {entry: {use: …}}}`, or without the level `entries`.
    static byte[] trainingMining(boolean entries, String entry, String use) {
        var inner = map(text(entry), map(text("use"), text(use)));
        return cborBox(entries ? map(text("entries"), inner) : inner);
    }

    static byte[] map(byte[]... keysAndValues) {
        return HeifWriter.join(new byte[] {(byte) (0xa0 + keysAndValues.length / 2)}, HeifWriter.join(keysAndValues));
    }

    static byte[] text(String value) {
        var bytes = value.getBytes(StandardCharsets.UTF_8);
        var head =
                bytes.length < 24 ? new byte[] {(byte) (0x60 + bytes.length)} : new byte[] {0x78, (byte) bytes.length};
        return HeifWriter.join(head, bytes);
    }
}
