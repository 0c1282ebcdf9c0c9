package org.likeness.store;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.likeness.core.LikenessException;
import org.likeness.core.photo.Sha256;
import org.likeness.core.records.SourcesWriting;
import org.likeness.core.source.GrantId;
import org.likeness.core.source.Source;
import org.likeness.core.source.SourceContact;
import org.likeness.core.source.SourceId;
import org.likeness.core.source.SourceMark;

/// Sources, grants and what is blocked. Both suppliers throw when they may not be used: the
/// transaction is over, or no audit entry follows.
final class SqlSources implements SourcesWriting {
    private final Supplier<Sql> reading;
    private final Supplier<Sql> changing;

    SqlSources(Supplier<Sql> reading, Supplier<Sql> changing) {
        this.reading = reading;
        this.changing = changing;
    }

    @Override
    public Optional<Source> source(SourceId id) {
        return reading.get().first("SELECT * FROM source WHERE id = ?", Rows::source, id);
    }

    @Override
    public SourceContact contact(SourceId source) {
        return reading.get()
                .first(
                        "SELECT owner, contact FROM source_contact WHERE source = ?",
                        row -> new SourceContact(
                                Optional.ofNullable(row.getString(1)), Optional.ofNullable(row.getString(2))),
                        source)
                .orElse(SourceContact.NONE);
    }

    @Override
    public Optional<Blocked> blocked(Sha256 content) {
        long stopped = reading.get()
                .count("SELECT COUNT(*) FROM (SELECT 1 FROM blocked_photo WHERE sha256 = ? LIMIT 1) AS found", content);
        if (stopped > 0) {
            return Optional.of(Blocked.SOURCE_STOPPED);
        }
        long erased = reading.get().count("SELECT COUNT(*) FROM tombstone WHERE sha256 = ? AND x IS NULL", content);
        return erased > 0 ? Optional.of(Blocked.ERASED) : Optional.empty();
    }

    @Override
    public List<SourceId> marked(Set<SourceMark> marks) {
        return marks.stream()
                .map(mark -> reading.get()
                        .list(
                                "SELECT source FROM blocked_source WHERE sha256 = ? AND kind = ?",
                                row -> SourceId.parse(row.getString(1)),
                                mark.sha256(),
                                mark.kind()))
                .flatMap(Collection::stream)
                .distinct()
                .toList();
    }

    @Override
    public void keep(SourceId source, SourceContact contact) {
        String collection = changing.get()
                .first("SELECT collection FROM source WHERE id = ?", row -> row.getString(1), source)
                .orElseThrow(() -> SqlReading.notFound("source " + source));
        changing.get().update("DELETE FROM source_contact WHERE source = ?", source);
        if (!contact.equals(SourceContact.NONE)) {
            changing.get()
                    .insert("source_contact")
                    .with("source", source)
                    .with("collection", collection)
                    .with("owner", contact.owner())
                    .with("contact", contact.contact())
                    .run();
        }
    }

    @Override
    public void end(GrantId grant, Instant at) {
        int ended = changing.get()
                .update("UPDATE permission_grant SET ended_at = ? WHERE id = ? AND ended_at IS NULL", at, grant);
        if (ended == 0) {
            throw new LikenessException(
                    LikenessException.Kind.CONFLICT,
                    "grant " + grant + " does not exist or has ended\nSee the grants with: likeness source show NAME.");
        }
    }

    @Override
    public long succeed(GrantId before, GrantId successor) {
        long photos = changing.get().update("UPDATE photo SET grant_id = ? WHERE grant_id = ?", successor, before);
        changing.get()
                .update(
                        "DELETE FROM template WHERE face IN (SELECT f.id FROM face f JOIN photo p ON p.id = f.photo"
                                + " JOIN permission_grant g ON g.id = p.grant_id"
                                + " WHERE g.id = ? AND g.allows_face_search = 0)",
                        successor);
        return photos;
    }
}
