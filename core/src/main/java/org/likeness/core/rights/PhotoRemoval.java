package org.likeness.core.rights;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.likeness.core.LikenessException;
import org.likeness.core.photo.Face;
import org.likeness.core.photo.FaceId;
import org.likeness.core.photo.Photo;
import org.likeness.core.photo.PhotoFiles;
import org.likeness.core.photo.Storage;
import org.likeness.core.records.WriteTransaction;

/// Deletes photos with everything that was made of them: rows, the kept original, thumbnail and crops.
/// A linked original is not ours and stays. Thread-safe.
public final class PhotoRemoval {
    private final PhotoFiles files;

    public PhotoRemoval(PhotoFiles files) {
        this.files = files;
    }

    /// Photos and their faces, whose files may still have to go.
    public record Removed(List<Photo> photos, List<List<FaceId>> faces) {
        public Removed {
            photos = List.copyOf(photos);
            faces = List.copyOf(faces);
        }

        /// How many originals lie outside the data directory and were left there.
        public long linked() {
            return photos.stream()
                    .filter(photo -> photo.storage() == Storage.LINK)
                    .count();
        }
    }

    /// Deletes files, then rows, inside a transaction: what a crash leaves behind still has its row,
    /// so it is found and deleted at the next try.
    Removed remove(WriteTransaction tx, List<Photo> photos) {
        List<List<FaceId>> faces = new ArrayList<>();
        for (Photo photo : photos) {
            faces.add(tx.faces(photo.id()).stream().map(Face::id).toList());
        }
        Removed removed = new Removed(photos, faces);
        sweep(removed);
        tx.sources().remove(photos.stream().map(Photo::id).toList());
        return removed;
    }

    /// Deletes the files once more, when the rows are gone: an import or a search under way may have
    /// made a derivative in between.
    void sweep(Removed removed) {
        try {
            for (int i = 0; i < removed.photos().size(); i++) {
                files.remove(removed.photos().get(i), removed.faces().get(i));
            }
        } catch (IOException e) {
            throw new LikenessException(
                            LikenessException.Kind.UNAVAILABLE,
                            "files of photos that must go cannot be deleted"
                                    + "\nAllow writing in the data directory, then run: likeness purge.",
                            e)
                    .called("disk.data");
        }
    }
}
