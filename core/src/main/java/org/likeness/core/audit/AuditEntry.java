package org.likeness.core.audit;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.likeness.core.Ids;
import org.likeness.core.collection.CollectionId;
import org.likeness.core.photo.Sha256;

/// One leaf of the log: exactly one for each state change, in the same transaction. Immutable.
///
/// Its canonical form, which gets hashed and proved, is [#canonical]; the log's order is the store's.
///
/// @param object the id of what was changed or used
/// @param count how many things the action concerned, such as the candidates a search returned
/// @param commitment the SHA-256 of a salted [Statement] made in the same transaction. Whoever
///     holds the
///     statement can prove that it is meant; once the statement and its salt are erased, nobody can
public record AuditEntry(
        UUID id,
        Instant at,
        Actor actor,
        Action action,
        UUID object,
        Optional<CollectionId> collection,
        long count,
        Optional<Sha256> commitment) {
    /// What can be recorded.
    public enum Action {
        COLLECTION_CREATED,
        /// The entry says neither name.
        COLLECTION_RENAMED,
        /// The legal basis of a collection was recorded: from here on faces may be compared in it.
        BASIS_RECORDED,
        COLLECTION_SHREDDED,
        SOURCE_ADDED,
        /// From here on nothing of the source is used. The count is how many photos were held of it.
        SOURCE_STOPPED,
        /// A file of a stopped source was offered by an import that was running, and is blocked too.
        SOURCE_FILE_BLOCKED,
        /// Nothing of a stopped source is held any more.
        SOURCE_PURGED,
        SOURCE_UNBLOCKED,
        GRANT_GIVEN,
        /// A new grant took the place of one of the same source. The count is how many photos it took
        /// over.
        GRANT_SUCCEEDED,
        GRANT_ENDED,
        IMPORT_STARTED,
        IMPORT_FINISHED,
        /// From here on what is put into a folder is imported; the object is the watched folder.
        FOLDER_WATCHED,
        FOLDER_WATCH_ENDED,
        PHOTO_IMPORTED,
        PHOTO_QUARANTINED,
        /// A photo was deleted by somebody who keeps the collection.
        PHOTO_DELETED,
        /// Photos whose source may no longer be used were deleted; the object is the source.
        PHOTOS_PURGED,
        /// Photos were deleted because the time is over that was recorded for them; the object is the
        /// collection.
        PHOTOS_EXPIRED,
        /// Files that an import kept and never recorded were deleted; the object is the collection.
        LEFTOVERS_DELETED,
        /// A photo that is there already says something new that subtracts but does not quarantine it.
        SIGNALS_OBSERVED,
        /// The count is how many signals were overruled; 0: the photo stays out for good.
        QUARANTINE_DECIDED,
        /// A search for a person began; how it ended follows, or it was cut off.
        SEARCH_STARTED,
        SEARCHED,
        /// A search that was asked for and not answered: no consent, another person's face, a limit.
        SEARCH_REFUSED,
        /// Templates of faces that were found before the basis of their collection was recorded.
        TEMPLATES_MADE,
        TEMPLATES_EXPIRED,
        NOTICE_PUBLISHED,
        PERSON_ADDED,
        PERSON_CHANGED,
        /// From here on nobody finds them, until they are resumed.
        PERSON_SUSPENDED,
        PERSON_RESUMED,
        GUARDIAN_ADDED,
        GUARDIAN_NOTIFIED,
        /// What names a guardian was corrected.
        GUARDIAN_CHANGED,
        /// Somebody who had not answered decides for a minor no more.
        GUARDIAN_REMOVED,
        CONSENT_RECORDED,
        CONSENTS_EXPIRED,
        REFERENCE_ADDED,
        REFERENCE_REMOVED,
        /// A human act on faces: this is, or is not, that person.
        DECISION_MADE,
        DEMAND_RECEIVED,
        DEMAND_DECIDED,
        DEMAND_CLOSED,
        ERASURE_STARTED,
        /// Part of an erasure under way was deleted; the count is how many things.
        ERASED,
        ERASURE_FAILED,
        ERASURE_FINISHED,
        ACCESS_GIVEN,
        BREACH_DRILLED,
        KEY_MADE,
        KEY_REPLACED,
        KEY_DESTROYED,
        LOG_PRUNED,
        BACKUP_MADE,
        /// Something that older records did not know of was stopped or erased again. The count is
        /// what it concerned.
        LEDGER_FOLLOWED,
        RESTORED,
        MEMBER_ADDED,
        /// Role, state or password; the object is the member.
        MEMBER_CHANGED,
        MEMBER_REMOVED,
        SIGNED_IN,
        SIGNED_OUT,
        TOKEN_MADE,
        TOKEN_ENDED,
        PASSKEY_ADDED,
        PASSKEY_REMOVED,
        /// A passkey came with a count it had before: it may have been copied. Nobody was let in.
        PASSKEY_REFUSED,
        /// Names of people were shown on a page. The count is how many.
        NAMES_SHOWN
    }

    public static AuditEntry of(Instant at, Actor actor, Action action, UUID object, CollectionId collection) {
        return of(at, actor, action, object, Optional.of(collection));
    }

    /// For what concerns no single collection.
    public static AuditEntry of(Instant at, Actor actor, Action action, UUID object) {
        return of(at, actor, action, object, Optional.empty());
    }

    private static AuditEntry of(
            Instant at, Actor actor, Action action, UUID object, Optional<CollectionId> collection) {
        return new AuditEntry(Ids.next(), at, actor, action, object, collection, 1, Optional.empty());
    }

    public AuditEntry withCount(long newCount) {
        return new AuditEntry(id, at, actor, action, object, collection, newCount, commitment);
    }

    /// The entry that stands for a statement made in the same transaction.
    public AuditEntry withStatement(Statement statement) {
        return new AuditEntry(id, at, actor, action, object, collection, count, Optional.of(statement.commitment()));
    }

    /// The entry as one line of JSON with keys in this fixed order and no blanks, UTF-8. Every value is
    /// an id, a number
    /// or a word of a closed list, so nothing needs escaping. Version 2 has a commitment, version 1 has
    /// none.
    public String canonical() {
        return "{\"v\":" + (commitment.isPresent() ? 2 : 1) + ",\"id\":\"" + id + "\",\"at\":" + at.toEpochMilli()
                + ",\"actor\":\"" + actor.pseudonym() + "\",\"action\":\"" + action + "\",\"object\":\"" + object
                + "\",\"collection\":" + collection.map(c -> "\"" + c + "\"").orElse("null") + ",\"count\":" + count
                + commitment.map(c -> ",\"commitment\":\"" + c.hex() + "\"").orElse("") + "}";
    }
}
