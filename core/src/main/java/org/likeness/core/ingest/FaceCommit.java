package org.likeness.core.ingest;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.likeness.core.collection.Collection;
import org.likeness.core.collection.EmbeddingPermit;
import org.likeness.core.collection.Profile;
import org.likeness.core.demand.Tombstone;
import org.likeness.core.photo.AnalysedPhoto;
import org.likeness.core.photo.AnalysedPhoto.AnalysedFace;
import org.likeness.core.photo.Box;
import org.likeness.core.photo.Face;
import org.likeness.core.photo.FaceId;
import org.likeness.core.photo.FaceReader;
import org.likeness.core.photo.Photo;
import org.likeness.core.photo.PhotoFiles;
import org.likeness.core.records.WriteTransaction;
import org.likeness.core.source.Grant;
import org.likeness.core.source.Use;

/// Turns what was read of one photo into faces, templates and crops: when it is imported, and when a
/// quarantined one is let in. One thread at a time.
public final class FaceCommit {
    /// Detection is deterministic, so a face that is known comes out at the same place again.
    private static final double SAME_FACE_IOU = 0.9;

    private final Photo photo;
    private final AnalysedPhoto analysed;
    private final List<Found> found;

    /// A face as it was read and as it is recorded.
    private record Found(AnalysedFace read, Face face, boolean known) {}

    /// @param before the faces the records have of the photo; they keep their ids
    public FaceCommit(Photo photo, AnalysedPhoto analysed, List<Face> before) {
        this.photo = photo;
        this.analysed = analysed;
        this.found = new ArrayList<>();
        Set<FaceId> known = new HashSet<>();
        for (AnalysedFace face : analysed.faces()) {
            Optional<Face> same = before.stream()
                    .max(Comparator.comparingDouble(old -> old.box().iou(face.box())))
                    .filter(old -> old.box().iou(face.box()) >= SAME_FACE_IOU && !known.contains(old.id()));
            same.ifPresent(old -> known.add(old.id()));
            found.add(new Found(
                    face,
                    same.orElseGet(() -> new Face(
                            FaceId.next(),
                            photo.id(),
                            face.box(),
                            face.landmarks(),
                            face.quality(),
                            face.detectionScore())),
                    same.isPresent()));
        }
    }

    /// How far a photo under this grant may be read in a collection of this profile, at this instant.
    ///
    /// @param permit empty: the collection's basis is not recorded, so faces are found and not compared
    public static FaceReader.Depth depth(Profile profile, Grant grant, Optional<EmbeddingPermit> permit, Instant now) {
        if (!grant.allows(Use.FACE_SEARCH, now)) {
            return FaceReader.Depth.PICTURE;
        }
        return permit.filter(_ -> profile.keepsUnknownTemplates())
                .<FaceReader.Depth>map(FaceReader.Depth.Templates::new)
                .orElse(FaceReader.Depth.FACES);
    }

    /// Writes the faces that are new, and the template of each face that was read with one, if it may be
    /// made still. Faces at a place that was blocked are dropped, as if they had not been found.
    public void write(WriteTransaction tx, Collection collection, Instant now) {
        boolean permitted = tx.basis().permitIfOpen(collection, now).isPresent();
        List<Box> blocked = tx.demands().blockedRegions(photo.sha256());
        found.removeIf(one -> blocked.stream()
                .anyMatch(region -> Tombstone.covers(region, one.face().box())));
        for (Found one : found) {
            if (!one.known()) {
                tx.add(photo.collection(), one.face());
            }
            one.read()
                    .template()
                    .filter(_ -> permitted)
                    .ifPresent(template -> tx.addFeatureSet(
                            photo.collection(),
                            one.face().id(),
                            template,
                            tx.basis().templateEnd(collection, now)));
        }
    }

    /// Writes what can be rebuilt; after the records, because a crop without a record could never be
    /// found again.
    public void writeDerivatives(PhotoFiles files) throws IOException {
        files.writeThumbnail(photo.collection(), photo.id(), analysed.thumbnailJpeg());
        for (Found one : found) {
            files.writeCrop(photo.collection(), one.face().id(), one.read().crop());
        }
    }

    /// All faces that are recorded, largest first.
    public List<Face> faces() {
        return found.stream().map(Found::face).toList();
    }
}
