package org.likeness.core.rights;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.likeness.core.LikenessException;
import org.likeness.core.audit.Actor;
import org.likeness.core.audit.AuditEntry;
import org.likeness.core.audit.AuditEntry.Action;
import org.likeness.core.audit.Statement;
import org.likeness.core.audit.StatementId;
import org.likeness.core.collection.CollectionId;
import org.likeness.core.demand.Demand;
import org.likeness.core.demand.DemandId;
import org.likeness.core.demand.Scope;
import org.likeness.core.demand.Target;
import org.likeness.core.demand.Tombstone;
import org.likeness.core.person.Person;
import org.likeness.core.person.PersonId;
import org.likeness.core.photo.Box;
import org.likeness.core.photo.Face;
import org.likeness.core.photo.FaceId;
import org.likeness.core.photo.Photo;
import org.likeness.core.photo.PhotoId;
import org.likeness.core.photo.Point;
import org.likeness.core.photo.Sha256;
import org.likeness.core.records.ReadTransaction;
import org.likeness.core.records.Records;
import org.likeness.core.records.WriteTransaction;
import org.likeness.core.source.SourceId;

/// Takes demands. Each has effect in the transaction that records it: what it is about is shown in no
/// answer from then
/// on, and nothing is taken into it. Deleting comes after, see [Eraser]. Thread-safe.
public final class DemandDesk {
    private final Records records;
    private final Clock clock;
    private final Actor actor;

    public DemandDesk(Records records, Clock clock, Actor actor) {
        this.records = records;
        this.clock = clock;
        this.actor = actor;
    }

    /// A demand and the statement that proves it was received.
    public record Received(Demand demand, StatementId receipt) {}

    /// Demands that everything about a target goes. One that is under way already is not recorded
    /// again.
    ///
    /// @throws LikenessException NOT_FOUND when there is no such thing; REFUSED when it is a person who
    ///     was erased
    public Received erase(Target target) {
        return records.change(tx -> {
            CollectionId collection = collection(tx, target);
            Optional<Demand> running = running(tx, Demand.Kind.ERASE, target);
            if (running.isPresent()) {
                throw alreadyDemanded(running.get());
            }
            Demand demand = Demand.received(Demand.Kind.ERASE, target, collection, clock.instant());
            tx.demands().add(demand);
            stop(tx, demand);
            return received(tx, demand);
        });
    }

    /// A face that was said last to be a person's, in a photo that is shown.
    public record Said(FaceId face, PhotoId photo) {}

    /// The faces that were said to be a person's and are neither kept out of use nor being erased: what stays when
    /// the person is erased, unless they want it to go too.
    public List<Said> said(PersonId id) {
        return records.read(tx -> said(tx, id));
    }

    private static List<Said> said(ReadTransaction tx, PersonId id) {
        Map<UUID, Boolean> theirs = new HashMap<>();
        tx.holdings().decisions(id).forEach(decision -> theirs.put(decision.face(), decision.isTheirs()));
        return tx.holdings().photos(id).stream()
                .filter(shown -> !tx.demands().isHeld(shown.photo().id().value()))
                .flatMap(shown -> shown.faces().stream())
                .filter(face -> theirs.getOrDefault(face.id().value(), false))
                .filter(face -> !tx.demands().isHeld(face.id().value()))
                .map(face -> new Said(face.id(), face.photo()))
                .toList();
    }

    /// Demands that a person goes and, with them, faces that were said to be theirs, or the photos these are in.
    /// Each is a demand of its own, the person's the last: whoever is interrupted finds the person still there.
    ///
    /// @throws LikenessException BAD_INPUT when one of the faces was not said to be theirs; as [#erase(Target)]
    public List<Received> erase(PersonId person, Set<FaceId> faces, boolean wholePhotos) {
        collection(Target.of(person)); // there is one
        List<Said> chosen = said(person).stream()
                .filter(each -> faces.contains(each.face()))
                .toList();
        if (chosen.size() != faces.size()) {
            throw new LikenessException(
                            LikenessException.Kind.BAD_INPUT,
                            "not all of the faces were said to be this person's\nLook at the plan again.")
                    .called("demand.faces");
        }
        List<Received> received = new ArrayList<>();
        chosen.stream()
                .map(each -> wholePhotos ? Target.of(each.photo()) : Target.of(each.face()))
                .distinct()
                .forEach(target -> received.add(erase(target)));
        received.add(erase(Target.of(person)));
        return received;
    }

    /// The photo that a target is, or that it is a face in; empty for anything else, and once it is gone.
    public Optional<PhotoId> photoOf(Target target) {
        return records.read(tx -> switch (target.scope()) {
            case FACE ->
                tx.demands()
                        .face(new FaceId(target.id()))
                        .map(Face::photo)
                        .or(() -> tx.photo(new PhotoId(target.id())).map(Photo::id)); // pointed at only
            case PHOTO -> tx.photo(new PhotoId(target.id())).map(Photo::id);
            case PERSON, SOURCE, COLLECTION -> Optional.<PhotoId>empty();
        });
    }

    /// A demand about this target that deletes and is not done.
    public Optional<Demand> unfinished(Target target) {
        return records.read(tx -> running(tx, Demand.Kind.ERASE, target));
    }

    static Optional<Demand> running(ReadTransaction tx, Demand.Kind kind, Target target) {
        return tx.demands().demands(target).stream()
                .filter(demand -> demand.kind() == kind && demand.state() != Demand.State.DONE)
                .findFirst();
    }

    private static LikenessException alreadyDemanded(Demand demand) {
        return new LikenessException(
                        LikenessException.Kind.CONFLICT,
                        demand.target() + " is demanded already, by demand " + demand.id()
                                + "\nSee: likeness demand show " + demand.id()
                                + "; to go on with an erasure: likeness erase --resume.")
                .called("demand.already");
    }

    static void stop(WriteTransaction tx, Demand demand) {
        Target target = demand.target();
        tx.demands().hold(demand.id(), target.scope(), target.id());
        stop(tx, target, demand);
    }

    private static void stop(WriteTransaction tx, Target target, Demand demand) {
        switch (target.scope()) {
            case FACE -> {
                Face face = face(tx, new FaceId(target.id()));
                Photo photo = photo(tx, face.photo());
                block(tx, demand, photo.sha256(), Optional.of(face.box()));
            }
            case PHOTO -> block(tx, demand, photo(tx, new PhotoId(target.id())).sha256(), Optional.empty());
            case PERSON -> {
                Person person = person(tx, new PersonId(target.id()));
                tx.people().update(person.in(Person.State.SUSPENDED));
            }
            case SOURCE, COLLECTION -> {} // holding it is enough
        }
    }

    /// Blocks a content or a place in it and holds what there is of it in every collection.
    static void block(WriteTransaction tx, Demand demand, Sha256 content, Optional<Box> region) {
        tx.demands().add(new Tombstone(demand.id(), content, region, demand.receivedAt()));
        if (region.isEmpty()) {
            tx.demands().holdPhotos(demand.id(), content);
            return;
        }
        for (Photo photo : tx.demands().photos(content)) {
            tx.faces(photo.id()).stream()
                    .filter(face -> Tombstone.covers(region.get(), face.box()))
                    .forEach(face ->
                            tx.demands().hold(demand.id(), Scope.FACE, face.id().value()));
        }
    }

    /// What somebody points at in a photo.
    public sealed interface Pointed {
        /// A face by its number, 1 for the largest.
        record Numbered(int number) implements Pointed {}

        /// The only face of a photo.
        record Only() implements Pointed {}

        /// A face of the photo by its id.
        record Known(FaceId face) implements Pointed {}

        /// A place, in pixels of the upright photo.
        record At(Point point) implements Pointed {}
    }

    /// Blocks a face for good because somebody pointed at it: no selfie, no name, no reason is
    /// asked for.
    /// Also where no
    /// face was found, so that none is found there later.
    ///
    /// @throws LikenessException NOT_FOUND when no collection has a photo of this content, or the photo no
    ///     such face; BAD_INPUT when the place is outside the photo, or the photo has several faces and none
    ///     was pointed at; CONFLICT when the face is blocked already
    public Received object(Sha256 content, Pointed pointed) {
        return records.change(tx -> {
            List<Photo> photos = tx.demands().photos(content);
            if (photos.isEmpty()) {
                throw new LikenessException(
                                LikenessException.Kind.NOT_FOUND,
                                "no collection has this photo"
                                        + "\nNothing needs to be blocked. Use the file as it was imported, or"
                                        + " the id of the photo.")
                        .called("photo.none");
            }
            return object(tx, photos.getFirst(), pointed);
        });
    }

    /// As [#object(Sha256, Pointed)], in the photo of one collection: the demand is about that one. The face
    /// is blocked wherever the same photo is held.
    public Received object(PhotoId id, Pointed pointed) {
        return records.change(tx -> object(tx, pointedIn(tx, id), pointed));
    }

    /// What [#object(PhotoId, Pointed)] would block, to show it first. Throws what that would.
    public Box region(PhotoId id, Pointed pointed) {
        return records.read(
                tx -> PointedPlace.in(tx, pointedIn(tx, id), pointed).region());
    }

    private static Photo pointedIn(ReadTransaction tx, PhotoId id) {
        return tx.photo(id)
                .orElseThrow(() -> new LikenessException(
                                LikenessException.Kind.NOT_FOUND,
                                "there is no such photo\nIt may have been deleted already.")
                        .called("photo.none"));
    }

    private Records.Changed<Received> object(WriteTransaction tx, Photo photo, Pointed pointed) {
        PointedPlace meant = PointedPlace.in(tx, photo, pointed);
        Target target = meant.face()
                .map(found -> Target.of(found.id()))
                .orElseGet(() -> new Target(Scope.FACE, photo.id().value()));
        Demand demand = Demand.received(Demand.Kind.OBJECT, target, photo.collection(), clock.instant());
        tx.demands().add(demand);
        block(tx, demand, photo.sha256(), Optional.of(meant.region()));
        return received(tx, demand);
    }

    /// Keeps a photo, face or person and uses nothing of them until [#lift].
    ///
    /// @throws LikenessException NOT_FOUND when there is no such thing; CONFLICT when it is restricted
    ///     already
    public Received restrict(Target target) {
        return records.change(tx -> {
            CollectionId collection = collection(tx, target);
            Optional<Demand> running = running(tx, Demand.Kind.RESTRICT, target);
            if (running.isPresent()) {
                throw alreadyDemanded(running.get());
            }
            Demand demand = Demand.received(Demand.Kind.RESTRICT, target, collection, clock.instant());
            tx.demands().add(demand);
            switch (target.scope()) {
                // apart from the person's state, which is the operator's to change
                case PERSON, FACE, PHOTO -> tx.demands().hold(demand.id(), target.scope(), target.id());
                case SOURCE, COLLECTION ->
                    throw new LikenessException(
                                    LikenessException.Kind.BAD_INPUT,
                                    "a " + target.scope().word() + " cannot be restricted"
                                            + "\nRestrict a person, photo or face;"
                                            + " to stop a source: likeness source stop.")
                            .called("demand.restrict");
            }
            return received(tx, demand);
        });
    }

    /// Lifts a restriction; everything is as it was before.
    ///
    /// @throws LikenessException NOT_FOUND when it is not restricted
    public Demand lift(Target target) {
        return records.change(tx -> {
            Demand demand = running(tx, Demand.Kind.RESTRICT, target)
                    .orElseThrow(() -> new LikenessException(
                                    LikenessException.Kind.NOT_FOUND,
                                    target + " is not restricted\nSee: likeness demand list.")
                            .called("demand.not-restricted"));
            Instant now = clock.instant();
            Demand closed = lift(tx, demand, now);
            DemandLedger.lifted(tx, closed, now);
            return new Records.Changed<>(closed, entry(now, Action.DEMAND_CLOSED, closed));
        });
    }

    static Demand lift(WriteTransaction tx, Demand demand, Instant now) {
        tx.demands().release(demand.id());
        Demand closed = demand.closed(now.isBefore(demand.receivedAt()) ? demand.receivedAt() : now);
        tx.demands().update(closed);
        return closed;
    }

    /// Which collection something is in.
    ///
    /// @throws LikenessException NOT_FOUND when there is no such thing; REFUSED when it is a person who
    ///     was erased
    public CollectionId collection(Target target) {
        return records.read(tx -> collection(tx, target));
    }

    /// Newest first.
    public List<Demand> demands() {
        return records.read(tx -> tx.demands().demands());
    }

    /// @throws LikenessException NOT_FOUND when there is no such demand
    public Demand demand(DemandId id) {
        return records.read(tx -> tx.demands().demand(id))
                .orElseThrow(() -> LedgerReader.notFound("demand " + id, "likeness demand list")
                        .called("demand.none"));
    }

    /// The statements about a person, oldest first.
    public List<Statement> statementsAbout(UUID subject) {
        return records.read(tx -> tx.statements(subject));
    }

    /// What was stated about a demand, oldest first: that it was received, and for an erasure its
    /// attestation.
    public List<Statement> statements(DemandId id) {
        return records.read(tx -> tx.statements(id.value()));
    }

    private Records.Changed<Received> received(WriteTransaction tx, Demand demand) {
        DemandLedger.record(tx, demand);
        Statement receipt = receipt(demand);
        tx.add(receipt);
        return new Records.Changed<>(
                new Received(demand, receipt.id()),
                entry(demand.receivedAt(), Action.DEMAND_RECEIVED, demand).withStatement(receipt));
    }

    /// Stored without the collection, which may be erased before it; it stands in the text.
    static Statement receipt(Demand demand) {
        return Statement.about(
                        Statement.Kind.DEMAND_RECEIPT,
                        Optional.empty(),
                        Optional.of(demand.id().value()),
                        demand.receivedAt())
                .with("demand", demand.id().toString())
                .with("demanded", demand.kind().word())
                .with("scope", demand.target().scope().word())
                .with("target", demand.target().id().toString())
                .with("of collection", demand.collection().toString())
                .with("stopped at", demand.receivedAt().toString())
                .with("due at", demand.dueAt().toString())
                .build();
    }

    private AuditEntry entry(Instant now, Action action, Demand demand) {
        return AuditEntry.of(now, actor, action, demand.id().value(), demand.collection());
    }

    private static CollectionId collection(ReadTransaction tx, Target target) {
        return switch (target.scope()) {
            case FACE -> photo(tx, face(tx, new FaceId(target.id())).photo()).collection();
            case PHOTO -> photo(tx, new PhotoId(target.id())).collection();
            case PERSON -> person(tx, new PersonId(target.id())).collection();
            case SOURCE ->
                tx.demands()
                        .collectionOf(new SourceId(target.id()))
                        .orElseThrow(
                                () -> LedgerReader.notFound("source " + target.id(), "likeness collection show NAME")
                                        .called("source.none"));
            case COLLECTION ->
                tx.collection(new CollectionId(target.id()))
                        .orElseThrow(
                                () -> LedgerReader.notFound("collection " + target.id(), "likeness collection list")
                                        .called("collection.none"))
                        .id();
        };
    }

    private static Photo photo(ReadTransaction tx, PhotoId id) {
        return tx.photo(id)
                .orElseThrow(() -> LedgerReader.notFound("photo " + id, "likeness photo list")
                        .called("photo.none"));
    }

    private static Face face(ReadTransaction tx, FaceId id) {
        return tx.demands()
                .face(id)
                .orElseThrow(() -> LedgerReader.notFound("face " + id, "likeness photo show")
                        .called("face.none"));
    }

    private static Person person(ReadTransaction tx, PersonId id) {
        Person person = LedgerReader.person(tx, id);
        if (person.state() == Person.State.FORGOTTEN) {
            throw LedgerReader.refused("person " + id + " was erased\nNothing is held about them any more.")
                    .called("person.erased");
        }
        return person;
    }
}
