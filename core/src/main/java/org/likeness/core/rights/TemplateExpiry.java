package org.likeness.core.rights;

import java.time.Clock;
import java.time.Instant;
import org.likeness.core.audit.Actor;
import org.likeness.core.audit.AuditEntry;
import org.likeness.core.audit.AuditEntry.Action;
import org.likeness.core.collection.Collection;
import org.likeness.core.records.ReadTransaction;
import org.likeness.core.records.Records;

/// Deletes the templates of faces nobody vouched for whose term is over. Until then no search shows them either.
/// Thread-safe.
public final class TemplateExpiry {
    private final Records records;
    private final Clock clock;
    private final Actor actor;

    public TemplateExpiry(Records records, Clock clock, Actor actor) {
        this.records = records;
        this.clock = clock;
        this.actor = actor;
    }

    /// Deletes them in every collection, and says how many there were.
    public long sweep() {
        long deleted = 0;
        Instant now = clock.instant();
        for (Collection collection : records.read(ReadTransaction::collections)) {
            if (collection.profile().templateTerm().isPresent()
                    && records.<Boolean>read(tx -> tx.hasExpiredTemplates(collection.id(), now))) {
                deleted += sweep(collection, now);
            }
        }
        return deleted;
    }

    private long sweep(Collection collection, Instant now) {
        return records.<Long>change(tx -> {
            long deleted = tx.deleteExpiredTemplates(collection.id(), now);
            AuditEntry entry = AuditEntry.of(
                    now, actor, Action.TEMPLATES_EXPIRED, collection.id().value(), collection.id());
            return new Records.Changed<>(deleted, entry.withCount(deleted));
        });
    }
}
