package org.likeness.library;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.likeness.core.LikenessException;
import org.likeness.core.audit.Actor;
import org.likeness.core.collection.Collection;
import org.likeness.core.collection.CollectionId;
import org.likeness.core.photo.Photo;
import org.likeness.core.photo.PhotoFilter;
import org.likeness.core.photo.PhotoId;
import org.likeness.core.photo.PhotoState;
import org.likeness.core.photo.Sha256;
import org.likeness.core.records.Records;
import org.likeness.core.records.SignalsReading;
import org.likeness.core.rights.QuarantineDesk;
import org.likeness.core.source.Grant;
import org.likeness.core.source.GrantId;
import org.likeness.core.source.Source;

/// What is held, whose it is, and the decisions about photos in quarantine. Thread-safe; got from [Likeness#photoDesk].
public final class PhotoDesk {
    private final Records records;
    private final Actor actor;
    private final Function<Collection, QuarantineDesk> quarantine;

    /// @param quarantine gives the desk that reads photos with a collection's model
    PhotoDesk(Records records, Actor actor, Function<Collection, QuarantineDesk> quarantine) {
        this.records = records;
        this.actor = actor;
        this.quarantine = quarantine;
    }

    /// A photo with where it is from, on whose permission, and what it says of itself.
    ///
    /// @param grant the one it is held under now
    /// @param importedBy empty when the log does not reach back that far
    /// @param faces how many faces are known in it
    /// @param held whether a demand keeps the whole photo, or all of its source or collection, out of use
    /// @param heldFaces how many of its faces a demand keeps out of use by themselves
    public record Held(
            Photo photo,
            Source source,
            Grant grant,
            Optional<Actor> importedBy,
            PhotoState state,
            List<SignalsReading.Kept> signals,
            int faces,
            boolean held,
            long heldFaces) {
        @Override
        public String toString() {
            return "Held[" + photo.id() + " " + state + "]";
        }
    }

    /// @throws LikenessException NOT_FOUND when there is no such photo
    public Held show(PhotoId id) {
        return records.read(tx -> {
            Photo photo = tx.photo(id).orElseThrow(() -> noPhoto(id));
            return new Held(
                    photo,
                    tx.sources(photo.collection()).stream()
                            .filter(source -> source.id().equals(photo.source()))
                            .findFirst()
                            .orElseThrow(),
                    tx.grant(photo.grant()).orElseThrow(),
                    tx.signals().importedBy(id),
                    tx.signals().state(id),
                    tx.signals().of(id),
                    tx.faces(id).size(),
                    Stream.of(
                                    id.value(),
                                    photo.source().value(),
                                    photo.collection().value())
                            .anyMatch(tx.demands()::isHeld),
                    tx.faces(id).stream()
                            .filter(face -> tx.demands().isHeld(face.id().value()))
                            .count());
        });
    }

    /// The hash of a file, by which a photo of it is known. Nothing is stored.
    ///
    /// @throws LikenessException UNAVAILABLE when it cannot be read
    public Sha256 contentOf(Path file) {
        try {
            return Hashes.of(file);
        } catch (IOException e) {
            throw new LikenessException(
                            LikenessException.Kind.UNAVAILABLE,
                            "the file cannot be read\nCheck that it may be read.",
                            e)
                    .called("disk.photo");
        }
    }

    /// The photos that are meant, in the order they were imported, after the given one.
    public List<Photo> list(PhotoFilter filter, Optional<PhotoId> after, int limit) {
        return records.read(tx -> tx.signals().photos(filter, after, limit));
    }

    /// How many [#list] would give in all.
    public long count(PhotoFilter filter) {
        return records.read(tx -> tx.signals().count(filter));
    }

    /// @throws LikenessException NOT_FOUND when the collection has no source of this name
    public Source source(CollectionId collection, String name) {
        return records.read(tx -> tx.source(collection, name))
                .orElseThrow(() -> new LikenessException(
                                LikenessException.Kind.NOT_FOUND,
                                "there is no source " + name + "\nSee the sources with: likeness collection show NAME.")
                        .called("source.none"));
    }

    /// Lets a quarantined photo in: see [QuarantineDesk#allow].
    public QuarantineDesk.Decided allow(PhotoId photo, String by, Optional<GrantId> on) {
        return desk(photo).allow(photo, by, on, actor);
    }

    /// Keeps a quarantined photo out for good: see [QuarantineDesk#uphold].
    public QuarantineDesk.Decided uphold(PhotoId photo, String by) {
        return desk(photo).uphold(photo, by, actor);
    }

    private QuarantineDesk desk(PhotoId id) {
        Collection collection = records.read(
                tx -> tx.collection(tx.photo(id).orElseThrow(() -> noPhoto(id)).collection())
                        .orElseThrow());
        return quarantine.apply(collection);
    }

    private static LikenessException noPhoto(PhotoId id) {
        return new LikenessException(
                        LikenessException.Kind.NOT_FOUND,
                        "there is no photo " + id + "\nSee the photos with: likeness photo list.")
                .called("photo.none");
    }
}
