package org.likeness.server;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.likeness.core.LikenessException;
import org.likeness.core.audit.Statement;
import org.likeness.core.audit.StatementId;
import org.likeness.core.collection.Collection;
import org.likeness.core.collection.CollectionId;
import org.likeness.core.person.GuardianId;
import org.likeness.core.person.Person;
import org.likeness.core.person.PersonId;
import org.likeness.core.photo.Sha256;
import org.likeness.core.rights.MemberDesk;
import org.likeness.core.rights.SourceDesk;
import org.likeness.core.source.Grant;
import org.likeness.core.source.GrantId;
import org.likeness.library.Likeness;

/// What controllers of one collection's pages have in common.
abstract class CollectionController {
    private final Likeness likeness;

    CollectionController(Likeness likeness) {
        this.likeness = likeness;
    }

    final Likeness likeness() {
        return likeness;
    }

    final Collection collection(UUID id) {
        return likeness.collection(new CollectionId(id));
    }

    /// The data directory, used by whoever sent the request.
    final Likeness theirs() {
        return likeness.as(MemberDesk.actor(Callers.required().member()));
    }

    /// A text that was filled in; blank means nothing was.
    static Optional<String> filled(Optional<String> given) {
        return given.map(String::strip).filter(text -> !text.isEmpty());
    }

    /// A day that was filled in.
    ///
    /// @throws LikenessException BAD_INPUT when it is no day
    static Optional<LocalDate> day(Optional<String> written) {
        return filled(written).map(text -> {
            try {
                return LocalDate.parse(text);
            } catch (DateTimeException e) {
                throw new LikenessException(
                                LikenessException.Kind.BAD_INPUT, "a day must be written as 2026-12-31\nCorrect it.", e)
                        .called("day.form");
            }
        });
    }

    /// The end of a day that was filled in.
    ///
    /// @throws LikenessException BAD_INPUT when it is no day
    static Optional<Instant> endOf(Optional<String> written) {
        return day(written)
                .map(day -> day.plusDays(1).atStartOfDay(ZoneId.systemDefault()).toInstant());
    }

    /// A person of this collection.
    ///
    /// @throws LikenessException NOT_FOUND when it has none of this id
    final Person known(UUID collection, UUID person) {
        Person known = likeness.people().person(new PersonId(person));
        if (!known.collection().value().equals(collection)) {
            throw notHere("person").called("person.none");
        }
        return known;
    }

    /// A source of this collection.
    ///
    /// @throws LikenessException NOT_FOUND when it has none of this id
    final SourceDesk.Held heldSource(UUID collection, UUID source) {
        return likeness.sources().list(new CollectionId(collection)).stream()
                .filter(each -> each.source().id().value().equals(source))
                .findFirst()
                .orElseThrow(() -> notHere("source").called("source.none"));
    }

    /// A grant of a source of this collection.
    ///
    /// @throws LikenessException NOT_FOUND when it has none of this id
    final GrantId grant(UUID collection, UUID source, UUID grant) {
        return heldSource(collection, source).grants().stream()
                .map(Grant::id)
                .filter(each -> each.value().equals(grant))
                .findFirst()
                .orElseThrow(() -> notHere("grant").called("grant.none"));
    }

    /// The source said stop. What is held of it is deleted by the next purge, which runs at once.
    final void stopNow(UUID collection, UUID source) {
        theirs().sources().stop(heldSource(collection, source).source().id());
        theirs().purges().run();
    }

    /// @throws LikenessException NOT_FOUND when it is no guardian of this person
    final GuardianId guardianOf(PersonId person, UUID guardian) {
        return likeness.people().known(person).guardians().stream()
                .map(each -> each.guardian().id())
                .filter(each -> each.value().equals(guardian))
                .findFirst()
                .orElseThrow(() -> notHere("guardian").called("guardian.none"));
    }

    /// One of these statements with the proof that it is in the log, as JSON.
    ///
    /// @throws LikenessException NOT_FOUND when it is none of them
    final String receipt(List<Statement> statements, UUID statement) {
        StatementId id = new StatementId(statement);
        if (statements.stream().noneMatch(each -> each.id().equals(id))) {
            throw notHere("receipt").called("receipt.none");
        }
        return likeness.receipt(id, Map.of()).json();
    }

    /// @throws LikenessException BAD_INPUT naming the field when it is no SHA-256
    static Sha256 sha256(String field, String hex) {
        try {
            return new Sha256(hex);
        } catch (IllegalArgumentException e) {
            throw new LikenessException(
                            LikenessException.Kind.BAD_INPUT,
                            field + " must be 64 lower-case hexadecimal digits\nSend what sha256sum says of the file.",
                            e)
                    .called("sha256.form", field);
        }
    }

    static LikenessException notHere(String what) {
        return new LikenessException(
                LikenessException.Kind.NOT_FOUND,
                "there is no such " + what + " in this collection\nGo back to the list.");
    }
}
