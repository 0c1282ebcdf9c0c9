package org.likeness.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.likeness.core.LikenessException;
import org.likeness.core.collection.CollectionId;
import org.likeness.core.photo.FaceId;
import org.likeness.core.photo.PerceptualHash;
import org.likeness.core.photo.Photo;
import org.likeness.core.photo.PhotoId;
import org.likeness.core.photo.Place;
import org.likeness.core.photo.RemovedPhoto;
import org.likeness.core.photo.Sha256;
import org.likeness.core.photo.Storage;
import org.likeness.core.records.SourcesWriting;
import org.likeness.core.source.Grant;
import org.likeness.core.source.GrantId;
import org.likeness.core.source.Source;
import org.likeness.core.source.SourceContact;
import org.likeness.core.source.SourceId;
import org.likeness.core.source.SourceMark;
import org.likeness.core.source.SourceState;

/// Sources, grants and what is blocked. Both suppliers throw when they may not be used: the
/// transaction is over, or no audit entry follows.
final class SqlSources implements SourcesWriting {
    /// Nothing may be held under grant `g` any more, by an instant given twice.
    private static final String DUE = " (g.stopped = 1 OR g.ended_at <= ? OR g.ends_at <= ?) ";

    /// What a restriction keeps stored, see [org.likeness.core.demand.Demand.Kind#RESTRICT].
    private static final String NOT_RESTRICTED =
            " NOT EXISTS (SELECT 1 FROM held h JOIN demand d ON d.id = h.demand WHERE d.kind = 'RESTRICT'"
                    + " AND (h.object = p.id OR h.object IN (SELECT f.id FROM face f WHERE f.photo = p.id))) ";

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
                            "grant " + grant
                                    + " does not exist or has ended\nSee the grants with: likeness source show NAME.")
                    .called("grant.over");
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

    @Override
    public List<BlockedPrint> blockedPrints(long afterSequence) {
        return reading.get()
                .list(
                        "SELECT seq, source, perceptual_hash FROM blocked_photo"
                                + " WHERE seq > ? AND perceptual_hash IS NOT NULL ORDER BY seq",
                        row -> new BlockedPrint(
                                row.getLong(1), SourceId.parse(row.getString(2)), new PerceptualHash(row.getLong(3))),
                        afterSequence);
    }

    @Override
    public List<Sha256> blockedContents(SourceId source) {
        return reading.get()
                .list(
                        "SELECT sha256 FROM blocked_photo WHERE source = ? ORDER BY seq",
                        row -> new Sha256(row.getString(1)),
                        source);
    }

    @Override
    public Set<SourceMark> marks(SourceId source) {
        return new LinkedHashSet<>(reading.get()
                .list(
                        "SELECT kind, sha256 FROM blocked_source WHERE source = ? ORDER BY seq",
                        row -> new SourceMark(SourceMark.Kind.valueOf(row.getString(1)), new Sha256(row.getString(2))),
                        source));
    }

    @Override
    public List<Grant> grantsToPurge(Instant cutoff) {
        return reading.get()
                .list(
                        "SELECT g.* FROM permission_grant g WHERE" + DUE
                                + "AND EXISTS (SELECT 1 FROM photo p WHERE p.grant_id = g.id) ORDER BY g.id",
                        Rows::grant,
                        cutoff,
                        cutoff);
    }

    @Override
    public List<Photo> photosToPurge(GrantId grant, Instant cutoff, int limit) {
        return reading.get()
                .list(
                        "SELECT p.* FROM photo p JOIN permission_grant g ON g.id = p.grant_id WHERE" + DUE
                                + "AND g.id = ? AND" + NOT_RESTRICTED + "ORDER BY p.id LIMIT ?",
                        Rows::photo,
                        cutoff,
                        cutoff,
                        grant,
                        limit);
    }

    @Override
    public List<Photo> photosImportedUntil(CollectionId collection, Instant last, int limit) {
        return reading.get()
                .list(
                        "SELECT p.* FROM photo p WHERE p.collection = ? AND p.imported_at <= ? AND" + NOT_RESTRICTED
                                + "ORDER BY p.imported_at, p.id LIMIT ?",
                        Rows::photo,
                        collection,
                        last,
                        limit);
    }

    @Override
    public List<Source> stoppedAndEmpty() {
        return reading.get()
                .list(
                        "SELECT * FROM source WHERE state = ? AND id NOT IN (SELECT source FROM photo) ORDER BY id",
                        Rows::source,
                        SourceState.STOPPED);
    }

    @Override
    public void keep(PhotoId photo, Place place) {
        changing.get()
                .update(
                        "UPDATE photo SET latitude = ?, longitude = ? WHERE id = ?",
                        place.latitude(),
                        place.longitude(),
                        photo);
    }

    @Override
    public void keep(PhotoId photo, PerceptualHash looks) {
        changing.get().update("UPDATE photo SET perceptual_hash = ? WHERE id = ?", looks.bits(), photo);
    }

    @Override
    public long stop(SourceId source, Set<SourceMark> marks, Instant at) {
        Sql sql = changing.get();
        int stopped = sql.update(
                "UPDATE source SET state = ?, stopped_at = ? WHERE id = ? AND state = ?",
                SourceState.STOPPED,
                at,
                source,
                SourceState.CLEARED);
        if (stopped == 0) {
            throw new LikenessException(
                            LikenessException.Kind.CONFLICT,
                            "source " + source + " said stop before\nIt stays stopped; see: likeness source list.")
                    .called("source.stopped");
        }
        sql.update(
                "UPDATE permission_grant SET stopped = 1, ended_at = COALESCE(ended_at, ?) WHERE source = ?",
                at,
                source);
        sql.update(
                "INSERT INTO blocked_photo (collection, source, sha256, perceptual_hash, blocked_at)"
                        + " SELECT collection, source, sha256, perceptual_hash, CAST(? AS BIGINT) FROM photo"
                        + " WHERE source = ? AND sha256 NOT IN (SELECT sha256 FROM blocked_photo WHERE source = ?)",
                at,
                source,
                source);
        String collection = sql.first("SELECT collection FROM source WHERE id = ?", row -> row.getString(1), source)
                .orElseThrow();
        Set<SourceMark> all = new LinkedHashSet<>(marks);
        sql.each(
                "SELECT location FROM photo WHERE source = ?",
                row -> all.add(SourceMark.folder(row.getString(1))),
                source);
        block(CollectionId.parse(collection), source, List.of(), all, at);
        return sql.count("SELECT COUNT(*) FROM photo WHERE source = ?", source);
    }

    @Override
    public void block(
            CollectionId collection, SourceId source, List<Sha256> contents, Set<SourceMark> marks, Instant at) {
        Sql sql = changing.get();
        for (Sha256 content : contents) {
            if (sql.count("SELECT COUNT(*) FROM blocked_photo WHERE source = ? AND sha256 = ?", source, content) == 0) {
                sql.insert("blocked_photo")
                        .with("collection", collection)
                        .with("source", source)
                        .with("sha256", content)
                        .with("blocked_at", at)
                        .run();
            }
        }
        for (SourceMark mark : marks) {
            long known = sql.count(
                    "SELECT COUNT(*) FROM blocked_source WHERE source = ? AND kind = ? AND sha256 = ?",
                    source,
                    mark.kind(),
                    mark.sha256());
            if (known == 0) {
                sql.insert("blocked_source")
                        .with("collection", collection)
                        .with("source", source)
                        .with("kind", mark.kind())
                        .with("sha256", mark.sha256())
                        .with("blocked_at", at)
                        .run();
            }
        }
    }

    @Override
    public void unblock(SourceId source) {
        Sql sql = changing.get();
        sql.update("UPDATE source SET state = ?, stopped_at = NULL WHERE id = ?", SourceState.CLEARED, source);
        sql.update("DELETE FROM blocked_photo WHERE source = ?", source);
        sql.update("DELETE FROM blocked_source WHERE source = ?", source);
    }

    @Override
    public void remove(List<PhotoId> photos) {
        if (photos.isEmpty()) {
            return;
        }
        Sql sql = changing.get();
        Object[] ids = photos.toArray();
        String some = "(?" + ", ?".repeat(photos.size() - 1) + ")";
        String faces = "(SELECT id FROM face WHERE photo IN " + some + ")";
        sql.update("DELETE FROM search_candidate WHERE face IN " + faces, ids);
        sql.update("DELETE FROM face_decision WHERE face IN " + faces, ids);
        sql.update("DELETE FROM template WHERE face IN " + faces, ids);
        sql.update("DELETE FROM file_outcome WHERE photo IN " + some, ids);
        sql.update("DELETE FROM signal WHERE photo IN " + some, ids);
        sql.update("DELETE FROM face WHERE photo IN " + some, ids);
        sql.update("DELETE FROM photo WHERE id IN " + some, ids);
    }

    private static RemovedPhoto removed(ResultSet row) throws SQLException {
        String faces = row.getString("faces");
        return new RemovedPhoto(
                PhotoId.parse(row.getString("photo")),
                CollectionId.parse(row.getString("collection")),
                new Sha256(row.getString("sha256")),
                Storage.valueOf(row.getString("storage")),
                faces.isEmpty()
                        ? List.of()
                        : Arrays.stream(faces.split(" ")).map(FaceId::parse).toList(),
                Rows.instant(row, "removed_at"));
    }

    @Override
    public List<RemovedPhoto> filesToRemove(Optional<PhotoId> after, int limit) {
        return reading.get()
                .list(
                        "SELECT * FROM removed_photo WHERE photo > ? ORDER BY photo LIMIT ?",
                        SqlSources::removed,
                        after.map(PhotoId::toString).orElse(""),
                        limit);
    }

    @Override
    public void removeFilesLater(RemovedPhoto photo) {
        changing.get()
                .insert("removed_photo")
                .with("photo", photo.id())
                .with("collection", photo.collection())
                .with("sha256", photo.content())
                .with("storage", photo.storage())
                .with("faces", photo.faces().stream().map(FaceId::toString).collect(Collectors.joining(" ")))
                .with("removed_at", photo.at())
                .run();
    }

    @Override
    public void filesRemoved(PhotoId photo) {
        reading.get().update("DELETE FROM removed_photo WHERE photo = ?", photo);
    }

    @Override
    public boolean purged(SourceId source) {
        Sql sql = changing.get();
        int purged = sql.update(
                "UPDATE source SET state = ? WHERE id = ? AND state = ?"
                        + " AND NOT EXISTS (SELECT 1 FROM photo WHERE photo.source = source.id)",
                SourceState.PURGED,
                source,
                SourceState.STOPPED);
        sql.update(
                "DELETE FROM file_outcome WHERE run IN (SELECT r.id FROM import_run r"
                        + " JOIN permission_grant g ON g.id = r.grant_id WHERE g.source = ?)",
                source);
        return purged == 1;
    }
}
