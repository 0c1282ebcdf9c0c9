package org.likeness.library;

import java.io.IOException;
import org.likeness.core.LikenessException;

/// What may go wrong with uploads whatever is done with them. Stateless.
final class UploadFailures {
    private UploadFailures() {}

    static LikenessException conflict(long received) {
        return new LikenessException(
                        LikenessException.Kind.CONFLICT, "the upload has " + received + " bytes\nGo on from there.")
                .called("upload.position", received);
    }

    static LikenessException unknown() {
        return new LikenessException(
                        LikenessException.Kind.NOT_FOUND,
                        "there is no such upload\nIt was imported, or given up. Begin again.")
                .called("upload.none");
    }

    static LikenessException unwritable(IOException e) {
        return new LikenessException(
                        LikenessException.Kind.UNAVAILABLE,
                        "an upload cannot be read or written\nCheck free space and permissions of the data directory.",
                        e)
                .called("disk.data");
    }
}
