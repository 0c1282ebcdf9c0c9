package org.likeness.vision;

import org.likeness.core.photo.Box;

/// The part of a photo around one face, read once at a resolution enough for every network that looks at it. One
/// thread at a time.
final class FaceWindow {
    /// Side of the part, in longer sides of the face's box: enough for a crop turned by 45 degrees.
    private static final double REACH = 2.0;
    /// Longer side of the part in pixels. The largest crop, 150 pixels, takes about half of it, so a face is
    /// never shown to a network from fewer pixels than it could use, and a 20-megapixel portrait costs no more
    /// than a small
    /// one.
    private static final int LONG_SIDE_MAX = 640;

    private final Picture picture;
    private final Similarity fromPhoto;

    private FaceWindow(Picture picture, Similarity fromPhoto) {
        this.picture = picture;
        this.fromPhoto = fromPhoto;
    }

    /// @param box may reach over the photo's edge but must touch the photo
    static FaceWindow around(DecodedPhoto photo, Box box) {
        double reach = Math.max(box.width(), box.height()) * REACH / 2;
        double cx = box.x() + box.width() / 2;
        double cy = box.y() + box.height() / 2;
        // Cut to the photo: beyond its edge the crop repeats the edge pixels, as a network minds a hard black
        // edge.
        int left = (int) Math.clamp(Math.floor(cx - reach), 0, photo.width() - 1);
        int top = (int) Math.clamp(Math.floor(cy - reach), 0, photo.height() - 1);
        int right = (int) Math.clamp(Math.ceil(cx + reach), left + 1, photo.width());
        int bottom = (int) Math.clamp(Math.ceil(cy + reach), top + 1, photo.height());
        Picture picture = photo.region(left, top, right - left, bottom - top, LONG_SIDE_MAX);
        double scale = Math.max(picture.width(), picture.height()) / (double) Math.max(right - left, bottom - top);
        return new FaceWindow(picture, new Similarity(scale, 0, -left * scale, -top * scale));
    }

    /// Part of the photo, turned and scaled.
    ///
    /// @param toPhoto maps output pixels to the photo
    Picture cut(Similarity toPhoto, int width, int height) {
        return Warp.warp(picture, toPhoto.then(fromPhoto), width, height);
    }
}
