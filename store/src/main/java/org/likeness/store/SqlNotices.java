package org.likeness.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.likeness.core.collection.CollectionId;
import org.likeness.core.consent.Notice;
import org.likeness.core.photo.Sha256;

/// Notices and their texts. As [SqlPeople].
final class SqlNotices {
    private final Supplier<Sql> reading;
    private final Supplier<Sql> changing;

    SqlNotices(Supplier<Sql> reading, Supplier<Sql> changing) {
        this.reading = reading;
        this.changing = changing;
    }

    List<Notice> all(CollectionId collection) {
        return reading
                .get()
                .list("SELECT * FROM notice WHERE collection = ? ORDER BY version", SqlNotices::bare, collection)
                .stream()
                .map(this::withTexts)
                .toList();
    }

    Optional<Notice> version(CollectionId collection, int version) {
        return reading.get()
                .first(
                        "SELECT * FROM notice WHERE collection = ? AND version = ?",
                        SqlNotices::bare,
                        collection,
                        version)
                .map(this::withTexts);
    }

    Optional<Notice> current(CollectionId collection) {
        return reading.get()
                .first(
                        "SELECT * FROM notice WHERE collection = ? ORDER BY version DESC LIMIT 1",
                        SqlNotices::bare,
                        collection)
                .map(this::withTexts);
    }

    int material(CollectionId collection) {
        return Math.toIntExact(reading.get()
                .count(
                        "SELECT COALESCE(MAX(version), 0) FROM notice WHERE collection = ? AND material = 1",
                        collection));
    }

    void add(Notice notice) {
        Sql sql = changing.get();
        sql.insert("notice")
                .with("collection", notice.collection())
                .with("version", notice.version())
                .with("material", notice.material())
                .with("published_at", notice.publishedAt())
                .run();
        for (Notice.Text text : notice.texts()) {
            sql.insert("notice_text")
                    .with("collection", notice.collection())
                    .with("version", notice.version())
                    .with("language", text.language())
                    .with("text", text.text())
                    .with("sha256", text.sha256())
                    .run();
        }
    }

    /// A notice whose texts are still to be read.
    private record Bare(CollectionId collection, int version, boolean material, Instant publishedAt) {}

    private static Bare bare(ResultSet row) throws SQLException {
        return new Bare(
                CollectionId.parse(row.getString("collection")),
                Math.toIntExact(row.getLong("version")),
                row.getLong("material") == 1,
                Rows.instant(row, "published_at"));
    }

    private Notice withTexts(Bare bare) {
        List<Notice.Text> texts = reading.get()
                .list(
                        "SELECT language, text, sha256 FROM notice_text WHERE collection = ? AND version = ?",
                        row -> new Notice.Text(
                                row.getString("language"), row.getString("text"), new Sha256(row.getString("sha256"))),
                        bare.collection(),
                        bare.version());
        return new Notice(bare.collection(), bare.version(), bare.material(), bare.publishedAt(), texts);
    }
}
