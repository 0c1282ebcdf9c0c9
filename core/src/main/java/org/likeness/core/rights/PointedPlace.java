package org.likeness.core.rights;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.likeness.core.LikenessException;
import org.likeness.core.demand.Tombstone;
import org.likeness.core.photo.Box;
import org.likeness.core.photo.Face;
import org.likeness.core.photo.FaceId;
import org.likeness.core.photo.Photo;
import org.likeness.core.photo.Point;
import org.likeness.core.records.ReadTransaction;
import org.likeness.core.rights.DemandDesk.Pointed;

/// The place in a photo that somebody points at, and the face that is there, where one was found.
/// Immutable.
record PointedPlace(Optional<Face> face, Box region) {
    /// Of the shorter edge of a photo: how much around a point is blocked where no face was found.
    private static final double POINTED_AT = 0.15;

    /// @throws LikenessException NOT_FOUND when there is no such face; BAD_INPUT when the place is outside the
    ///     photo, or it has several faces and none was pointed at; CONFLICT when the face is blocked already
    static PointedPlace in(ReadTransaction tx, Photo photo, Pointed pointed) {
        List<Box> blocked = tx.demands().blockedRegions(photo.sha256());
        Optional<Face> face = face(tx.faces(photo.id()), pointed, blocked);
        Box region = face.map(Face::box).orElseGet(() -> around(photo, pointed));
        if (blocked.stream().anyMatch(box -> Tombstone.covers(box, region))) {
            throw alreadyBlocked();
        }
        return new PointedPlace(face, region);
    }

    private static LikenessException alreadyBlocked() {
        return new LikenessException(
                        LikenessException.Kind.CONFLICT,
                        "this face is blocked already\nNothing needs to be done."
                                + " If deleting it was interrupted: likeness erase"
                                + " --resume.")
                .called("demand.blocked");
    }

    private static Optional<Face> face(List<Face> faces, Pointed pointed, List<Box> blocked) {
        return switch (pointed) {
            case Pointed.Only _ -> {
                if (faces.isEmpty() && !blocked.isEmpty()) {
                    throw alreadyBlocked();
                }
                if (faces.size() != 1) {
                    throw new LikenessException(
                                    LikenessException.Kind.BAD_INPUT,
                                    "the photo has " + faces.size() + " known face(s)" + places(faces)
                                            + "\nPoint at one: --face N or --at X,Y.")
                            .called("face.which", faces.size());
                }
                yield Optional.of(faces.getFirst());
            }
            case Pointed.Numbered numbered -> {
                if (numbered.number() == 1 && faces.isEmpty() && !blocked.isEmpty()) {
                    throw alreadyBlocked();
                }
                if (numbered.number() < 1 || numbered.number() > faces.size()) {
                    throw new LikenessException(
                                    LikenessException.Kind.NOT_FOUND,
                                    "the photo has " + faces.size() + " known face(s), so there is no face "
                                            + numbered.number() + "\nPoint at a place instead: --at X,Y.")
                            .called("face.none");
                }
                yield Optional.of(faces.get(numbered.number() - 1));
            }
            case Pointed.Known(FaceId id) ->
                Optional.of(faces.stream()
                        .filter(face -> face.id().equals(id))
                        .findFirst()
                        .orElseThrow(() -> new LikenessException(
                                        LikenessException.Kind.NOT_FOUND,
                                        "the photo has no such face\nIt may be blocked already.")
                                .called("face.none")));
            case Pointed.At at ->
                faces.stream().filter(face -> contains(face.box(), at.point())).findFirst();
        };
    }

    private static String places(List<Face> faces) {
        StringBuilder places = new StringBuilder();
        for (int i = 0; i < faces.size(); i++) {
            Box box = faces.get(i).box();
            places.append(String.format(
                    Locale.ROOT,
                    "\n  %d  at %.0f,%.0f, %.0f pixels tall",
                    i + 1,
                    box.x() + box.width() / 2,
                    box.y() + box.height() / 2,
                    box.height()));
        }
        return places.toString();
    }

    private static boolean contains(Box box, Point point) {
        return point.x() >= box.x()
                && point.x() < box.x() + box.width()
                && point.y() >= box.y()
                && point.y() < box.y() + box.height();
    }

    private static Box around(Photo photo, Pointed pointed) {
        if (!(pointed instanceof Pointed.At at)
                || !contains(new Box(0, 0, photo.width(), photo.height()), at.point())) {
            throw new LikenessException(
                            LikenessException.Kind.BAD_INPUT,
                            "the place must be inside the photo, which has " + photo.width() + " x " + photo.height()
                                    + " pixels\nCount pixels from the left and top edge of the upright photo.")
                    .called("face.place", photo.width(), photo.height());
        }
        double side = Math.max(1, POINTED_AT * Math.min(photo.width(), photo.height()));
        return new Box(at.point().x() - side / 2, at.point().y() - side / 2, side, side);
    }
}
