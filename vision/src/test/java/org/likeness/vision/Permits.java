package org.likeness.vision;

import org.likeness.core.collection.EmbeddingGate;
import org.likeness.core.collection.EmbeddingPermit;
import org.likeness.core.photo.FaceReader.Depth;

/// What tests of the pipeline need to make templates of photos they hold in hand.
final class Permits {
    static final EmbeddingPermit PERMIT = EmbeddingGate.outsideCollections();
    static final Depth TEMPLATES = new Depth.Templates(PERMIT);

    private Permits() {}
}
