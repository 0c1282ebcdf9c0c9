package org.likeness.store;

import java.util.List;
import java.util.function.Supplier;
import org.likeness.core.collection.CollectionId;
import org.likeness.core.ingest.ImportId;
import org.likeness.core.ingest.ImportJob;
import org.likeness.core.member.MemberId;
import org.likeness.core.records.ImportsWriting;

/// What waits to be imported. Both suppliers throw when they may not be used.
final class SqlImports implements ImportsWriting {
    private final Supplier<Sql> reading;
    private final Supplier<Sql> noting;

    SqlImports(Supplier<Sql> reading, Supplier<Sql> noting) {
        this.reading = reading;
        this.noting = noting;
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
}
