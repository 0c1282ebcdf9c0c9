package org.likeness.core.audit;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.likeness.core.Ids;
import org.likeness.core.collection.CollectionId;

/// One leaf of the log: exactly one for each state change, in the same transaction. Immutable.
///
/// Its canonical form, which later gets hashed and proved, is [#canonical]; the log's order is the store's.
///
/// @param object the id of what was changed or used
/// @param count how many things the action concerned, such as the candidates a search returned
public record AuditEntry(
        UUID id, Instant at, Actor actor, Action action, UUID object, Optional<CollectionId> collection, long count) {
    /// What can be recorded.
    public enum Action {
        COLLECTION_CREATED,
        SOURCE_ADDED,
        GRANT_GIVEN,
        IMPORT_STARTED,
        IMPORT_FINISHED,
        PHOTO_IMPORTED,
        SEARCHED,
        TEMPLATES_EXPIRED
    }

    public static AuditEntry of(Instant at, Actor actor, Action action, UUID object, CollectionId collection) {
        return new AuditEntry(Ids.next(), at, actor, action, object, Optional.of(collection), 1);
    }

    public AuditEntry withCount(long newCount) {
        return new AuditEntry(id, at, actor, action, object, collection, newCount);
    }

    /// The entry as one line of JSON with keys in this fixed order and no blanks, UTF-8. Every value is an id,
    /// a number
    /// or a word of a closed list, so nothing needs escaping.
    public String canonical() {
        return "{\"v\":1,\"id\":\"" + id + "\",\"at\":" + at.toEpochMilli() + ",\"actor\":\"" + actor.pseudonym()
                + "\",\"action\":\"" + action + "\",\"object\":\"" + object + "\",\"collection\":"
                + collection.map(c -> "\"" + c + "\"").orElse("null") + ",\"count\":" + count + "}";
    }
}
