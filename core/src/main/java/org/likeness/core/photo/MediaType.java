package org.likeness.core.photo;

/// What a file is by its content, whatever its name says.
public enum MediaType {
    JPEG("image/jpeg"),
    PNG("image/png"),
    WEBP("image/webp"),
    HEIC("image/heic"),
    AVIF("image/avif"),
    TIFF("image/tiff"),
    GIF("image/gif"),
    BMP("image/bmp"),
    PNM("image/x-portable-anymap");

    private final String mime;

    MediaType(String mime) {
        this.mime = mime;
    }

    public String mime() {
        return mime;
    }
}
