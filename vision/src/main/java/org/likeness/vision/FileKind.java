package org.likeness.vision;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.likeness.core.photo.PhotoReading.Reason;

/// What a file is by its first bytes; its name never counts.
enum FileKind {
    JPEG,
    PNG,
    WEBP,
    HEIF,
    TIFF,
    GIF,
    BMP,
    PNM;

    /// As many bytes as [#of] looks at.
    static final int HEAD_BYTES = 4096;

    private static final String ISO_VIDEO_BRANDS =
            "isom iso2 iso3 iso4 iso5 iso6 mp41 mp42 avc1 qt   M4V  M4A  3gp4 3gp5 3gp6 "
                    + "3g2a dash f4v  mmp4 MSNV hvc1 ";
    private static final String HEIF_BRANDS = "heic heix heim heis hevc hevx mif1 mif2 msf1 avif avis miaf ";

    /// @param head the first bytes of the file, not empty
    static FileKind of(byte[] head) throws UnreadableException {
        var text = new String(head, StandardCharsets.ISO_8859_1);
        if (text.startsWith("\u00ff\u00d8\u00ff")) {
            return JPEG;
        }
        if (text.startsWith("\u0089PNG\r\n\u001a\n")) {
            return PNG;
        }
        if (text.startsWith("RIFF") && text.startsWith("WEBP", 8)) {
            return WEBP;
        }
        if (text.startsWith("GIF87a") || text.startsWith("GIF89a")) {
            return GIF;
        }
        if (text.startsWith("ftyp", 4)) {
            return ofBrand(text);
        }
        if (text.startsWith("II*\0") || text.startsWith("MM\0*")) {
            if (text.startsWith("CR", 8)) {
                throw UnreadableException.unsupported("A camera RAW file (CR2)");
            }
            return TIFF;
        }
        if (text.startsWith("BM") && isBmpHeader(text)) {
            return BMP;
        }
        if (text.length() > 2 && text.charAt(0) == 'P' && isBetween(text.charAt(1), '1', '6')) {
            var separator = text.charAt(2);
            if (Character.isWhitespace(separator) || separator == '#') {
                return PNM;
            }
        }
        throw refusal(head, text);
    }

    private static FileKind ofBrand(String text) throws UnreadableException {
        var brand = text.substring(8, Math.min(12, text.length()));
        if (brand.equals("crx ")) {
            throw UnreadableException.unsupported("A camera RAW file (CR3)");
        }
        if (brand.length() == 4 && HEIF_BRANDS.contains(brand + " ")) {
            return HEIF;
        }
        var length = Math.clamp(text.charAt(2) << 8 | text.charAt(3), 8, text.length());
        for (int at = 16; at + 4 <= length; at += 4) {
            var compatible = text.substring(at, at + 4);
            if (compatible.equals("heic") || compatible.equals("avif") || compatible.equals("mif1")) {
                return HEIF;
            }
        }
        throw brand.length() < 4 || ISO_VIDEO_BRANDS.contains(brand + " ") || brand.startsWith("3g")
                ? notAPhoto("a video")
                : notAPhoto("a media file of brand " + printable(brand));
    }

    private static boolean isBmpHeader(String text) {
        if (text.length() < 18) {
            return false;
        }
        var headerBytes = text.charAt(14) | text.charAt(15) << 8 | text.charAt(16) << 16 | text.charAt(17) << 24;
        return headerBytes == 12 || isBetween(headerBytes, 16, 124);
    }

    private static UnreadableException refusal(byte[] head, String text) {
        for (var format : Foreign.values()) {
            if (format.matches(text)) {
                return format.photo ? UnreadableException.unsupported(format.what) : notAPhoto(format.what);
            }
        }
        if (text.chars().allMatch(c -> c == 0)) {
            return notAPhoto("nothing but zero bytes, as a failed copy leaves");
        }
        if (!isText(head)) {
            return notAPhoto("of no kind known here");
        }
        var start = text.toLowerCase(Locale.ROOT);
        if (start.contains("<svg")) {
            return UnreadableException.unsupported("A drawing (SVG)");
        }
        return notAPhoto(start.contains("<html") || start.contains("<!doctype html") ? "a web page" : "text");
    }

    private static UnreadableException notAPhoto(String what) {
        return new UnreadableException(
                Reason.NOT_A_PHOTO, "The file is not a photo but seems to be " + what + "; leave it out.");
    }

    private static boolean isText(byte[] head) {
        for (var b : head) {
            if (b >= 0 && b < ' ' && b != '\n' && b != '\r' && b != '\t' && b != '\f') {
                return false;
            }
        }
        return true;
    }

    private static boolean isBetween(int value, int min, int max) {
        return value >= min && value <= max;
    }

    private static String printable(String brand) {
        return brand.replaceAll("[^A-Za-z0-9 ]", "?").strip();
    }

    /// Formats that are told apart only to give good advice.
    private enum Foreign {
        JPEG_XL(true, "A JPEG XL picture", 0, "\u00ff\n"),
        JPEG_XL_BOXED(true, "A JPEG XL picture", 4, "JXL "),
        JPEG_2000(true, "A JPEG 2000 picture", 4, "jP  "),
        JPEG_2000_STREAM(true, "A JPEG 2000 picture", 0, "\u00ffO\u00ffQ"),
        JPEG_XR(true, "A JPEG XR picture", 0, "II\u00bc"),
        PSD(true, "A Photoshop document", 0, "8BPS"),
        BIG_TIFF(true, "A BigTIFF file", 0, "II+\0"),
        BIG_TIFF_BE(true, "A BigTIFF file", 0, "MM\0+"),
        RAW_FUJI(true, "A camera RAW file (RAF)", 0, "FUJIFILMCCD-RAW"),
        RAW_PANASONIC(true, "A camera RAW file (RW2)", 0, "IIU\0"),
        RAW_OLYMPUS(true, "A camera RAW file (ORF)", 0, "IIR"),
        RAW_OLYMPUS_BE(true, "A camera RAW file (ORF)", 0, "MMOR"),
        RAW_CANON(true, "A camera RAW file (CRW)", 6, "HEAPCCDR"),
        RAW_SIGMA(true, "A camera RAW file (X3F)", 0, "FOVb"),
        RAW_MINOLTA(true, "A camera RAW file (MRW)", 0, "\0MRM"),
        OPEN_EXR(true, "An OpenEXR picture", 0, "v/1\u0001"),
        QOI(true, "A QOI picture", 0, "qoif"),
        DDS(true, "A DirectDraw surface", 0, "DDS "),
        ICON(true, "An icon", 0, "\0\0\u0001\0"),
        PAM(true, "A portable arbitrary map", 0, "P7\n"),
        PFM(true, "A portable float map", 0, "PF\n"),
        PFM_GREY(true, "A portable float map", 0, "Pf\n"),
        PDF(false, "a PDF document", 0, "%PDF"),
        POSTSCRIPT(false, "a PostScript document", 0, "%!PS"),
        ZIP(false, "a ZIP archive or an office document", 0, "PK\u0003\u0004"),
        GZIP(false, "a compressed archive", 0, "\u001f\u008b"),
        SEVEN_ZIP(false, "a 7z archive", 0, "7z\u00bc\u00af"),
        RAR(false, "a RAR archive", 0, "Rar!"),
        MATROSKA(false, "a video", 0, "\u001aE\u00df\u00a3"),
        AVI(false, "a video", 8, "AVI "),
        WAVE(false, "a sound recording", 8, "WAVE"),
        MP3(false, "a sound recording", 0, "ID3"),
        QUICKTIME(false, "a video", 4, "moov"),
        QUICKTIME_DATA(false, "a video", 4, "mdat"),
        QUICKTIME_WIDE(false, "a video", 4, "wide"),
        MPEG(false, "a video", 0, "\0\0\u0001\u00ba"),
        ELF(false, "a program", 0, "\u007fELF"),
        WINDOWS(false, "a program", 0, "MZ"),
        SQLITE(false, "a database", 0, "SQLite format 3");

        private final boolean photo;
        private final String what;
        private final int at;
        private final String magic;

        Foreign(boolean photo, String what, int at, String magic) {
            this.photo = photo;
            this.what = what;
            this.at = at;
            this.magic = magic;
        }

        private boolean matches(String head) {
            return head.startsWith(magic, at);
        }
    }
}
