package org.likeness.store;

import java.net.URI;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.likeness.core.audit.Actor;
import org.likeness.core.collection.CollectionId;
import org.likeness.core.ingest.ImportId;
import org.likeness.core.ingest.ImportJob;
import org.likeness.core.ingest.WatchedFolder;
import org.likeness.core.ingest.WatchedFolderId;
import org.likeness.core.member.MemberId;
import org.likeness.core.photo.Sha256;
import org.likeness.core.photo.Storage;
import org.likeness.core.records.ImportsWriting;
import org.likeness.core.source.SourceId;

/// What waits to be imported, and folders that are watched. The suppliers throw when they may not be used.
final class SqlImports implements ImportsWriting {
    private static final int CHUNK = 500;

    private final Supplier<Sql> reading;
    private final Supplier<Sql> noting;
    private final Supplier<Sql> changing;

    SqlImports(Supplier<Sql> reading, Supplier<Sql> noting, Supplier<Sql> changing) {
        this.reading = reading;
        this.noting = noting;
        this.changing = changing;
    }

    @Override
    public List<ImportJob> jobs() {
        return reading.get()
                .list(
                        "SELECT * FROM import_job ORDER BY queued_at, run",
                        row -> new ImportJob(
                                ImportId.parse(row.getString("run")),
                                CollectionId.parse(row.getString("collection")),
                                MemberId.parse(row.getString("member")),
                                Rows.instant(row, "queued_at")));
    }

    @Override
    public void add(ImportJob job) {
        Sql sql = noting.get();
        if (sql.count("SELECT COUNT(*) FROM import_job WHERE run = ?", job.run()) == 0) {
            sql.insert("import_job")
                    .with("run", job.run())
                    .with("collection", job.collection())
                    .with("member", job.member())
                    .with("queued_at", job.queuedAt())
                    .run();
        }
    }

    @Override
    public void remove(ImportId run) {
        noting.get().update("DELETE FROM import_job WHERE run = ?", run);
    }

    @Override
    public List<WatchedFolder> watchedFolders() {
        return reading.get().list("SELECT * FROM watched_folder ORDER BY added_at, id", SqlImports::folder);
    }

    @Override
    public List<WatchedFolder> watchedFolders(CollectionId collection) {
        return reading.get()
                .list(
                        "SELECT * FROM watched_folder WHERE collection = ? ORDER BY added_at, id",
                        SqlImports::folder,
                        collection);
    }

    private static WatchedFolder folder(ResultSet row) throws SQLException {
        String problem = row.getString("problem");
        Instant since = Rows.instant(row, "problem_since");
        return new WatchedFolder(
                WatchedFolderId.parse(row.getString("id")),
                CollectionId.parse(row.getString("collection")),
                SourceId.parse(row.getString("source")),
                Path.of(URI.create(row.getString("path"))),
                Storage.valueOf(row.getString("storage")),
                new Actor(row.getString("added_by")),
                Rows.instant(row, "added_at"),
                Rows.optionalInstant(row, "looked_at"),
                Rows.optionalInstant(row, "found_at"),
                Optional.ofNullable(problem)
                        .map(what -> new WatchedFolder.Trouble(WatchedFolder.Problem.valueOf(what), since)));
    }

    @Override
    public Set<Sha256> settled(WatchedFolderId folder, Collection<Sha256> marks) {
        List<Sha256> all = List.copyOf(marks);
        Set<Sha256> settled = new HashSet<>();
        for (int from = 0; from < all.size(); from += CHUNK) {
            List<Sha256> some = all.subList(from, Math.min(all.size(), from + CHUNK));
            List<Object> parameters = new ArrayList<>(some);
            parameters.addFirst(folder);
            settled.addAll(reading.get()
                    .list(
                            "SELECT mark FROM watched_file WHERE folder = ? AND mark IN (?"
                                    + ", ?".repeat(some.size() - 1) + ")",
                            row -> new Sha256(row.getString(1)),
                            parameters.toArray()));
        }
        return settled;
    }

    @Override
    public boolean hasSettled(WatchedFolderId folder) {
        return reading.get()
                        .count(
                                "SELECT COUNT(*) FROM (SELECT 1 FROM watched_file WHERE folder = ? LIMIT 1) AS found",
                                folder)
                > 0;
    }

    @Override
    public void add(WatchedFolder folder) {
        changing.get()
                .insert("watched_folder")
                .with("id", folder.id())
                .with("collection", folder.collection())
                .with("source", folder.source())
                .with("path", folder.path().toUri().toString())
                .with("storage", folder.storage())
                .with("added_by", folder.addedBy().pseudonym())
                .with("added_at", folder.addedAt())
                .run();
    }

    @Override
    public boolean remove(WatchedFolderId folder) {
        unsettle(folder);
        return changing.get().update("DELETE FROM watched_folder WHERE id = ?", folder) > 0;
    }

    @Override
    public void looked(WatchedFolderId folder, Instant at, Optional<WatchedFolder.Problem> problem) {
        String now = problem.map(Enum::name).orElse("");
        noting.get()
                .update(
                        "UPDATE watched_folder SET looked_at = ?,"
                                + " problem_since = CASE WHEN ? = '' THEN NULL WHEN problem = ? THEN problem_since"
                                + " ELSE CAST(? AS BIGINT) END, problem = NULLIF(?, '') WHERE id = ?",
                        at,
                        now,
                        now,
                        at,
                        now,
                        folder);
    }

    @Override
    public void found(WatchedFolderId folder, Instant at) {
        noting.get().update("UPDATE watched_folder SET found_at = ? WHERE id = ?", at, folder);
    }

    @Override
    public void settle(WatchedFolderId folder, Collection<Sha256> marks) {
        Sql sql = noting.get();
        if (sql.count("SELECT COUNT(*) FROM watched_folder WHERE id = ?", folder) == 0) {
            return;
        }
        Set<Sha256> fresh = new HashSet<>(marks);
        fresh.removeAll(settled(folder, marks));
        for (Sha256 mark : fresh) {
            sql.insert("watched_file").with("folder", folder).with("mark", mark).run();
        }
    }

    @Override
    public void unsettle(WatchedFolderId folder) {
        noting.get().update("DELETE FROM watched_file WHERE folder = ?", folder);
    }
}
