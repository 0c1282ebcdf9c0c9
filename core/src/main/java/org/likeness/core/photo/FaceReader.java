package org.likeness.core.photo;

import java.nio.file.Path;
import java.util.List;
import org.likeness.core.collection.EmbeddingPermit;
import org.likeness.core.signal.Signal;
import org.likeness.core.template.ModelSpec;
import org.likeness.core.template.Template;

/// Pixels to faces to templates, by one model pack. Thread-safe: calls run at the caller's thread, so the
/// caller bounds how many run at once. For a virtual thread, which must not compute in native code, they
/// run at one of a few others, and UNAVAILABLE is thrown when too many wait for that.
public interface FaceReader extends AutoCloseable {
    /// How far to go with each face.
    sealed interface Depth {
        /// The picture only: size, date and thumbnail. For photos whose grant does not allow face
        /// search.
        Depth PICTURE = WithoutTemplates.PICTURE;

        /// The faces somebody would search for: as [#FACES] without a thumbnail, and small faces in a
        /// large photo are looked for only when there is no larger one, because somebody waits.
        Depth PROBE = WithoutTemplates.PROBE;

        /// Regions, quality and crops.
        Depth FACES = WithoutTemplates.FACES;

        /// What makes no template, and so needs no permit.
        enum WithoutTemplates implements Depth {
            PICTURE,
            PROBE,
            FACES
        }

        /// Regions, quality, crops and templates. Only where the profile allows keeping them.
        record Templates(EmbeddingPermit permit) implements Depth {}
    }

    /// The pack whose templates this reader makes.
    ModelSpec model();

    /// Begins to load what searching needs, and returns at once; what is wrong with it shows when it is
    /// used.
    void prepare();

    /// The machine-readable statements in a photo's bytes and in files beside it. No pixel is decoded,
    /// and nothing is
    /// fetched. What cannot be read is a refusal too, so this always answers.
    ///
    /// @param sidecars XMP packets in files of their own
    /// @throws org.likeness.core.LikenessException UNAVAILABLE when a file cannot be opened
    List<Signal> signals(Path file, List<Path> sidecars);

    /// Reads a photo file by its content, upright.
    ///
    /// @throws org.likeness.core.LikenessException UNAVAILABLE when the file cannot be opened or a
    ///     model
    ///     fails
    PhotoReading read(Path file, Depth depth);

    /// What the camera wrote into a photo's file. No pixel is decoded; nothing when it is no photo.
    ///
    /// @throws org.likeness.core.LikenessException UNAVAILABLE when the file cannot be opened
    CameraNotes notes(Path file);

    /// A photo as a JPEG without any metadata, upright, its longer side at most this many pixels:
    /// what a browser can
    /// show of every format that can be read.
    ///
    /// @throws org.likeness.core.LikenessException UNAVAILABLE when the file cannot be opened; CORRUPT
    ///     when it cannot be read as a photo
    byte[] preview(Path file, int longSideMax);

    /// A part of a photo, as [#preview].
    ///
    /// @param part in pixels of the upright photo
    byte[] cutout(Path file, Box part, int longSideMax);

    /// The template of an aligned crop made by this reader, exactly as [#read] would have computed it.
    ///
    /// @param permit what allows making it, see [org.likeness.core.collection.EmbeddingGate]
    /// @throws org.likeness.core.LikenessException CORRUPT when the crop is damaged or has another
    ///     geometry
    Template embed(AlignedCrop crop, EmbeddingPermit permit);

    @Override
    void close();
}
