package org.likeness.server;

import java.util.Optional;
import org.likeness.core.collection.Collection;
import org.likeness.core.demand.Scope;
import org.likeness.core.demand.Target;
import org.likeness.core.member.Right;
import org.likeness.core.person.Details;
import org.likeness.core.person.Person;
import org.likeness.core.person.PersonId;
import org.likeness.core.photo.FaceId;
import org.likeness.core.photo.Photo;
import org.likeness.core.photo.PhotoId;
import org.likeness.core.source.Source;
import org.likeness.library.Likeness;

/// Finds whom or what the demands about a collection are about, for one who looks. One thread at a time.
final class Subjects {
    private final Likeness likeness;
    private final Collection collection;
    private final Caller caller;
    private final Texts texts;

    Subjects(Likeness likeness, Collection collection, Caller caller, Texts texts) {
        this.likeness = likeness;
        this.collection = collection;
        this.caller = caller;
        this.texts = texts;
    }

    Subject of(Target target) {
        return switch (target.scope()) {
            case FACE, PHOTO -> picture(target).orElseGet(() -> unknown(target));
            case PERSON -> person(target);
            case SOURCE -> source(target);
            case COLLECTION -> new Subject(collection.name(), Optional.empty(), Optional.of(page("photos")), false);
        };
    }

    private boolean may(Right right) {
        return caller.may(right, Optional.of(collection.id()));
    }

    private String page(String path) {
        return "/c/" + collection.id() + "/" + path;
    }

    private String api(String path) {
        return "/api/v1/collections/" + collection.id() + "/" + path;
    }

    private static Subject unknown(Target target) {
        return new Subject(target.id().toString(), Optional.empty(), Optional.empty(), false);
    }

    private Optional<Subject> picture(Target target) {
        return likeness.demands()
                .photoOf(target)
                .filter(_ -> may(Right.SEE_PHOTOS))
                .filter(photo -> likeness.browse().shows(collection.id(), photo))
                .map(photo -> new Subject(
                        day(photo), Optional.of(address(target, photo)), Optional.of(page("photos/" + photo)), false));
    }

    /// Of the face where it is shown, else of the photo it is in.
    private String address(Target target, PhotoId photo) {
        return target.scope() == Scope.FACE && likeness.browse().shows(collection.id(), new FaceId(target.id()))
                ? portrait(new FaceId(target.id()))
                : api("photos/" + photo + "/thumbnail");
    }

    String portrait(FaceId face) {
        return api("faces/" + face + "/portrait");
    }

    private String day(PhotoId id) {
        Photo photo = likeness.browse().photo(collection.id(), id).photo();
        return photo.takenAt()
                .map(at -> texts.day(at.toLocalDate()))
                .orElseGet(() -> texts.of("demands.imported", texts.day(photo.importedAt())));
    }

    private Subject person(Target target) {
        Person person = likeness.people().person(new PersonId(target.id()));
        if (person.state() == Person.State.FORGOTTEN || !may(Right.SEE_PEOPLE)) {
            return unknown(target);
        }
        Optional<String> name = likeness.people().known(person.id()).details().flatMap(Details::name);
        return new Subject(
                name.orElse(texts.of("people.unnamed")),
                Optional.empty(),
                Optional.of(page("people/" + person.id())),
                name.isPresent());
    }

    private Subject source(Target target) {
        return likeness.sources().list(collection.id()).stream()
                .map(held -> held.source())
                .filter(source -> source.id().value().equals(target.id()))
                .filter(_ -> may(Right.SEE_SOURCES))
                .findFirst()
                .map(this::known)
                .orElseGet(() -> unknown(target));
    }

    private Subject known(Source source) {
        return new Subject(
                source.name(), Optional.empty(), Optional.of(page("sources") + "#source-" + source.id()), false);
    }
}
