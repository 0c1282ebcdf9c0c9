package org.likeness.core.search;

import java.util.List;
import org.likeness.core.LikenessException;
import org.likeness.core.collection.CollectionId;
import org.likeness.core.collection.EmbeddingPermit;
import org.likeness.core.photo.AnalysedPhoto.AnalysedFace;
import org.likeness.core.photo.FaceReader;
import org.likeness.core.photo.Sha256;
import org.likeness.core.template.Template;

/// What a search starts from: the faces of one photo, largest first. Lives in memory, is never stored
/// and never printed. Immutable.
public final class Probe {
    private final int width;
    private final int height;
    private final List<AnalysedFace> faces;
    private final Sha256 sha256;
    private final FaceReader reader;
    private final EmbeddingPermit permit;

    /// @param width pixels of the upright photo
    /// @param sha256 of the photo's bytes
    /// @param reader makes the template of the one face that is searched for; the others need none
    Probe(int width, int height, List<AnalysedFace> faces, Sha256 sha256, FaceReader reader, EmbeddingPermit permit) {
        this.width = width;
        this.height = height;
        this.faces = List.copyOf(faces);
        this.sha256 = sha256;
        this.reader = reader;
        this.permit = permit;
    }

    /// Pixels of the upright photo.
    public int width() {
        return width;
    }

    /// Pixels of the upright photo.
    public int height() {
        return height;
    }

    /// The faces, largest first.
    public List<AnalysedFace> faces() {
        return faces;
    }

    /// The template of one face.
    ///
    /// @param number 1 for the largest
    /// @throws LikenessException BAD_INPUT when there is no such face
    public Template template(int number) {
        if (number < 1 || number > faces.size()) {
            throw new LikenessException(
                            LikenessException.Kind.BAD_INPUT,
                            "face must be 1 to " + faces.size() + " but is " + number
                                    + "\nFaces are numbered from the largest.")
                    .called("probe.face", faces.size());
        }
        return reader.embed(faces.get(number - 1).crop(), permit);
    }

    /// Of the photo's bytes: what a search keeps of its probe.
    public Sha256 sha256() {
        return sha256;
    }

    /// @throws LikenessException REFUSED when it was read for another collection, or for none
    public void requireFor(CollectionId collection) {
        permit.requireFor(collection);
    }

    @Override
    public String toString() {
        return "Probe[" + faces.size() + " faces, redacted]";
    }
}
