package org.likeness.core.rights;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.likeness.core.audit.Actor;
import org.likeness.core.audit.AuditEntry;
import org.likeness.core.audit.AuditEntry.Action;
import org.likeness.core.collection.CollectionId;
import org.likeness.core.consent.Notice;
import org.likeness.core.records.Records;

/// Publishes the texts people are shown. Thread-safe.
public final class NoticeDesk {
    private final Records records;
    private final Clock clock;
    private final Actor actor;

    public NoticeDesk(Records records, Clock clock, Actor actor) {
        this.records = records;
        this.clock = clock;
        this.actor = actor;
    }

    /// Publishes the next version, which cannot be changed any more.
    ///
    /// @param material whether purpose, controller or audience changed; then every consent to an older
    ///     version rests until it is given again
    public Notice publish(CollectionId collection, List<Notice.Text> texts, boolean material) {
        Instant now = clock.instant();
        return records.change(tx -> {
            int version =
                    tx.people().currentNotice(collection).map(Notice::version).orElse(0) + 1;
            Notice notice = new Notice(collection, version, material, now, texts);
            tx.people().add(notice);
            if (material) { // who agreed to something else is not found, and nothing to find them by is kept
                ReferenceDesk.removeOver(tx, new LedgerReader(BasisDesk::terms), collection, now);
            }
            return new Records.Changed<>(
                    notice,
                    AuditEntry.of(now, actor, Action.NOTICE_PUBLISHED, collection.value(), collection)
                            .withCount(notice.texts().size()));
        });
    }

    /// All versions, oldest first.
    public List<Notice> notices(CollectionId collection) {
        return records.read(tx -> tx.people().notices(collection));
    }
}
