package org.likeness.core.rights;

import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.likeness.core.LikenessException;
import org.likeness.core.audit.Actor;
import org.likeness.core.audit.AuditEntry;
import org.likeness.core.audit.AuditEntry.Action;
import org.likeness.core.collection.Collection;
import org.likeness.core.ingest.FaceCommit;
import org.likeness.core.ingest.Gate;
import org.likeness.core.photo.AnalysedPhoto;
import org.likeness.core.photo.FaceReader;
import org.likeness.core.photo.Photo;
import org.likeness.core.photo.PhotoFiles;
import org.likeness.core.photo.PhotoId;
import org.likeness.core.photo.PhotoReading;
import org.likeness.core.photo.PhotoState;
import org.likeness.core.photo.Storage;
import org.likeness.core.records.ReadTransaction;
import org.likeness.core.records.Records;
import org.likeness.core.records.SignalsReading.Decision;
import org.likeness.core.signal.Signal;
import org.likeness.core.source.Grant;
import org.likeness.core.source.GrantId;
import org.likeness.core.source.Use;

/// Where people decide about photos that a signal keeps out. A signal can be overruled only by a named
/// person and on a grant of the photo's own source that allows face search at that moment. Thread-safe.
public final class QuarantineDesk {
    private final Records records;
    private final PhotoFiles files;
    private final FaceReader reader;
    private final Clock clock;

    /// @param reader of the model of the collections whose photos are decided about
    public QuarantineDesk(Records records, PhotoFiles files, FaceReader reader, Clock clock) {
        this.records = records;
        this.files = files;
        this.reader = reader;
        this.clock = clock;
    }

    /// What a decision did.
    ///
    /// @param faces how many faces were found in a photo that was let in; 0 for one that stays out
    public record Decided(PhotoId photo, int faces) {}

    /// What is decided about, as the records have it at that moment.
    private record Case(Photo photo, Collection collection, Grant grant) {}

    /// Lets a quarantined photo in and looks for faces in it, as importing it would have done. From
    /// then on the photo
    /// is held under the grant.
    ///
    /// @param by who decides: a person's name, kept in the records only
    /// @param on the grant; empty: the photo's own
    /// @throws LikenessException CONFLICT when it is not in quarantine, or its bytes changed since it
    ///     was imported; REFUSED when the grant does not allow face search now, or is another source's;
    ///     UNAVAILABLE when the photo
    ///     cannot be read
    public Decided allow(PhotoId id, String by, Optional<GrantId> on, Actor actor) {
        String name = Signal.decider(by);
        Case before = records.read(tx -> examine(tx, id, on, clock.instant()));
        AnalysedPhoto analysed = read(before);
        FaceCommit faces = records.change(tx -> {
            Instant now = clock.instant();
            Case current = examine(tx, id, on, now); // a grant may have ended while the photo was read
            int overruled = tx.signals()
                    .overrule(
                            id,
                            new Decision(name, now, Optional.of(current.grant().id())));
            FaceCommit found = new FaceCommit(current.photo(), analysed, tx.faces(id));
            found.write(tx, current.collection(), now);
            return new Records.Changed<>(
                    found, entry(now, actor, current.photo()).withCount(overruled));
        });
        try {
            faces.writeDerivatives(files);
        } catch (IOException e) {
            throw new LikenessException(
                            LikenessException.Kind.UNAVAILABLE,
                            "the photo was let in, but its thumbnail or a crop could not be written"
                                    + "\nCheck the disk's free space; what is missing is made when it is needed.",
                            e)
                    .called("disk.data");
        }
        return new Decided(id, faces.faces().size());
    }

    /// Keeps a quarantined photo out for good.
    ///
    /// @param by who decides: a person's name, kept in the records only
    /// @throws LikenessException CONFLICT when it is not in quarantine
    public Decided uphold(PhotoId id, String by, Actor actor) {
        String name = Signal.decider(by);
        return records.change(tx -> {
            Instant now = clock.instant();
            Photo photo = tx.photo(id).orElseThrow(() -> noPhoto(id));
            tx.signals().uphold(id, new Decision(name, now, Optional.empty()));
            return new Records.Changed<>(
                    new Decided(id, 0), entry(now, actor, photo).withCount(0));
        });
    }

    private static AuditEntry entry(Instant now, Actor actor, Photo photo) {
        return AuditEntry.of(now, actor, Action.QUARANTINE_DECIDED, photo.id().value(), photo.collection());
    }

    private static Case examine(ReadTransaction tx, PhotoId id, Optional<GrantId> on, Instant now) {
        Photo photo = tx.photo(id).orElseThrow(() -> noPhoto(id));
        if (tx.signals().state(id) != PhotoState.QUARANTINED) {
            throw new LikenessException(
                            LikenessException.Kind.CONFLICT,
                            "photo " + id + " is not in quarantine\nSee what is: likeness review list.")
                    .called("quarantine.none");
        }
        tx.sources().source(photo.source()).ifPresent(Gate::requireCleared);
        GrantId wanted = on.orElse(photo.grant());
        Grant grant = tx.grant(wanted)
                .orElseThrow(() -> new LikenessException(
                                LikenessException.Kind.NOT_FOUND,
                                "there is no grant " + wanted + "\nSee the grants with: likeness collection show NAME.")
                        .called("grant.none"));
        if (!grant.source().equals(photo.source())) {
            throw new LikenessException(
                            LikenessException.Kind.REFUSED,
                            "grant " + wanted + " is not of the photo's source"
                                    + "\nOnly whoever the photo is from can allow what it asks not to do.")
                    .called("grant.other-source");
        }
        if (!grant.allows(Use.STORE, now) || !grant.allows(Use.FACE_SEARCH, now)) {
            throw new LikenessException(
                            LikenessException.Kind.REFUSED,
                            "grant " + wanted + " does not allow storing and face search now"
                                    + "\nAsk the source for a new grant and name it with --grant,"
                                    + " or keep the photo out.")
                    .called("quarantine.grant");
        }
        Collection collection = tx.collection(photo.collection()).orElseThrow();
        return new Case(photo, collection, grant);
    }

    /// The bytes must be those that were imported: somebody looked at them, or could have.
    private AnalysedPhoto read(Case decided) {
        Photo photo = decided.photo();
        try {
            PhotoFiles.Staged now = files.stage(photo.collection(), files.original(photo), Storage.LINK);
            try {
                return read(decided, now);
            } finally {
                files.discard(now);
            }
        } catch (IOException e) {
            throw new LikenessException(
                            LikenessException.Kind.UNAVAILABLE,
                            "the file of photo " + photo.id()
                                    + " cannot be read\nCheck that it is there and may be read.",
                            e)
                    .called("disk.photo");
        }
    }

    private AnalysedPhoto read(Case decided, PhotoFiles.Staged now) {
        Photo photo = decided.photo();
        if (!now.sha256().equals(photo.sha256())) {
            throw new LikenessException(
                            LikenessException.Kind.CONFLICT,
                            "the file of photo " + photo.id() + " changed since it was imported"
                                    + "\nImport it again, and decide about what it is now.")
                    .called("photo.changed");
        }
        Instant at = clock.instant();
        FaceReader.Depth depth = FaceCommit.depth(
                decided.collection().profile(),
                decided.grant(),
                records.read(tx -> tx.basis().permitIfOpen(decided.collection(), at)),
                at);
        return switch (reader.read(now.readable(), depth)) {
            case PhotoReading.Read(AnalysedPhoto analysed) -> analysed;
            case PhotoReading.Unreadable unreadable ->
                throw new LikenessException(
                                LikenessException.Kind.CORRUPT,
                                "photo " + photo.id() + " cannot be read\n" + unreadable.advice())
                        .called("photo.unreadable");
        };
    }

    private static LikenessException noPhoto(PhotoId id) {
        return new LikenessException(
                        LikenessException.Kind.NOT_FOUND,
                        "there is no photo " + id + "\nSee the photos with: likeness photo list.")
                .called("photo.none");
    }
}
