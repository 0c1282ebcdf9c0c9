package org.likeness.server;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.likeness.core.LikenessException;
import org.likeness.core.audit.Statement;
import org.likeness.core.demand.Demand;
import org.likeness.core.demand.DemandId;
import org.likeness.core.demand.Scope;
import org.likeness.core.demand.Target;
import org.likeness.core.person.PersonId;
import org.likeness.core.photo.FaceId;
import org.likeness.core.photo.Point;
import org.likeness.core.rights.DemandDesk;
import org.likeness.library.BrowseDesk;
import org.likeness.library.Likeness;

/// What the pages and the API of demands have in common.
abstract class DemandController extends CollectionController {
    DemandController(Likeness likeness) {
        super(likeness);
    }

    /// A thing of this collection.
    ///
    /// @throws LikenessException NOT_FOUND when it is of another one, or not there
    final Target target(UUID collection, Scope scope, UUID id) {
        Target target = new Target(scope, id);
        if (!likeness().demands().collection(target).value().equals(collection)) {
            throw notHere(scope.word()).called("records.absent");
        }
        return target;
    }

    /// A demand about this collection.
    ///
    /// @throws LikenessException NOT_FOUND when it has none of this id
    final Demand known(UUID collection, DemandId id) {
        Demand demand = likeness().demands().demand(id);
        if (!demand.collection().value().equals(collection)) {
            throw notHere("demand").called("demand.none");
        }
        return demand;
    }

    /// The receipts and attestations of a demand about this collection.
    final List<Statement> statements(UUID collection, UUID demand) {
        return likeness()
                .demands()
                .statements(known(collection, new DemandId(demand)).id());
    }

    /// Takes a demand and carries it out.
    ///
    /// @throws LikenessException BAD_INPUT when it is neither to erase nor to restrict
    final DemandId take(Demand.Kind kind, Target target) {
        return switch (kind) {
            case ERASE -> erased(theirs().demands().erase(target));
            case RESTRICT -> theirs().demands().restrict(target).demand().id();
            case OBJECT, ACCESS, STOP ->
                throw new LikenessException(
                                LikenessException.Kind.BAD_INPUT,
                                "this demand is not taken here: " + kind
                                        + "\nErase or restrict; an objection, an access and a stop have their own way.")
                        .called("demand.kind");
        };
    }

    /// Erases a person and, with them, faces that were said to be theirs, or the photos these are in.
    ///
    /// @return the demand about the person
    final DemandId takeWith(PersonId person, Set<UUID> faces, boolean wholePhotos) {
        List<DemandDesk.Received> received = theirs().demands()
                .erase(person, faces.stream().map(FaceId::new).collect(Collectors.toSet()), wholePhotos);
        received.forEach(this::erased);
        return received.getLast().demand().id();
    }

    /// What somebody points at in a photo as it is shown: one face of it, or a place.
    ///
    /// @param number among the faces that are shown, 1 for the largest
    /// @param x in fractions of the photo's width
    /// @param y in fractions of its height
    /// @throws LikenessException BAD_INPUT when more than one way is used, or nothing is meant by it;
    ///     NOT_FOUND when the photo shows no such face
    static DemandDesk.Pointed pointed(
            BrowseDesk.Seen seen,
            Optional<Integer> number,
            Optional<UUID> face,
            Optional<Double> x,
            Optional<Double> y) {
        long ways = Stream.of(number, face, x).filter(Optional::isPresent).count();
        if (ways > 1 || x.isPresent() != y.isPresent()) {
            throw new LikenessException(
                            LikenessException.Kind.BAD_INPUT,
                            "it must be one face or one place\nSay its number, its id, or both numbers of the place.")
                    .called("face.one");
        }
        if (x.isPresent()) {
            return new DemandDesk.Pointed.At(new Point(
                    x.get() * seen.photo().width(),
                    y.orElseThrow() * seen.photo().height()));
        }
        if (face.isPresent()) {
            return new DemandDesk.Pointed.Known(new FaceId(face.get()));
        }
        int chosen = number.orElse(seen.faces().size() == 1 ? 1 : 0);
        if (number.isEmpty() && chosen == 0) {
            return new DemandDesk.Pointed.Only();
        }
        if (chosen < 1 || chosen > seen.faces().size()) {
            throw notHere("face").called("face.none");
        }
        return new DemandDesk.Pointed.Known(seen.faces().get(chosen - 1).id());
    }

    /// Takes an objection and carries it out.
    final DemandId object(BrowseDesk.Seen seen, DemandDesk.Pointed pointed) {
        return erased(theirs().demands().object(seen.photo().id(), pointed));
    }

    final DemandId erased(DemandDesk.Received received) {
        theirs().eraser().carryOut(received.demand().id());
        return received.demand().id();
    }
}
