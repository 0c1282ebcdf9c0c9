package org.likeness.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.likeness.core.audit.Actor;
import org.likeness.core.audit.AuditEntry;
import org.likeness.core.audit.Merkle;
import org.likeness.core.audit.Statement;
import org.likeness.core.audit.StatementId;
import org.likeness.core.collection.Collection;
import org.likeness.core.collection.CollectionId;
import org.likeness.core.collection.Profile;
import org.likeness.core.ingest.Choosing;
import org.likeness.core.ingest.FileOutcome;
import org.likeness.core.ingest.ImportId;
import org.likeness.core.ingest.ImportRun;
import org.likeness.core.photo.Box;
import org.likeness.core.photo.Face;
import org.likeness.core.photo.FaceId;
import org.likeness.core.photo.Landmarks;
import org.likeness.core.photo.MediaType;
import org.likeness.core.photo.Photo;
import org.likeness.core.photo.PhotoId;
import org.likeness.core.photo.Point;
import org.likeness.core.photo.Quality;
import org.likeness.core.photo.Sha256;
import org.likeness.core.photo.Storage;
import org.likeness.core.source.Capacity;
import org.likeness.core.source.Grant;
import org.likeness.core.source.GrantId;
import org.likeness.core.source.Source;
import org.likeness.core.source.SourceId;
import org.likeness.core.source.SourceState;
import org.likeness.core.source.Use;
import org.likeness.core.template.ModelId;

/// What a row of each table means. A value that cannot be one is thrown as the core type throws it; [Sql] says
/// CORRUPT.
final class Rows {
    /// `AuditEntry.canonical()`, group by group.
    private static final Pattern ENTRY = Pattern.compile(
            "\\{\"v\":[12],\"id\":\"([0-9a-f-]{36})\",\"at\":(-?\\d{1,19}),\"actor\":\"([a-z0-9-]{1,64})\","
                    + "\"action\":\"([A-Z_]{1,64})\",\"object\":\"([0-9a-f-]{36})\","
                    + "\"collection\":(?:\"([0-9a-f-]{36})\"|null),\"count\":(-?\\d{1,19})"
                    + "(?:,\"commitment\":\"([0-9a-f]{64})\")?\\}");

    private Rows() {}

    static Collection collection(ResultSet row) throws SQLException {
        return new Collection(
                CollectionId.parse(row.getString("id")),
                row.getString("name"),
                Profile.valueOf(row.getString("profile")),
                ModelId.parse(row.getString("model")),
                instant(row, "created_at"));
    }

    static Source source(ResultSet row) throws SQLException {
        return new Source(
                SourceId.parse(row.getString("id")),
                CollectionId.parse(row.getString("collection")),
                row.getString("name"),
                SourceState.valueOf(row.getString("state")),
                instant(row, "created_at"));
    }

    static Grant grant(ResultSet row) throws SQLException {
        Set<Use> uses = EnumSet.noneOf(Use.class);
        for (Use use : Use.values()) {
            if (row.getLong(column(use)) == 1) {
                uses.add(use);
            }
        }
        return new Grant(
                GrantId.parse(row.getString("id")),
                SourceId.parse(row.getString("source")),
                row.getString("granted_by"),
                uses,
                instant(row, "starts_at"),
                optionalInstant(row, "ends_at"),
                optionalInstant(row, "ended_at"),
                backing(row));
    }

    private static Grant.Backing backing(ResultSet row) throws SQLException {
        long notice = row.getLong("notice_version");
        Optional<Integer> version = row.wasNull() ? Optional.empty() : Optional.of(Math.toIntExact(notice));
        return new Grant.Backing(
                Capacity.valueOf(row.getString("capacity")),
                Optional.ofNullable(row.getString("evidence_sha256")).map(Sha256::new),
                version,
                Optional.ofNullable(row.getString("succeeds")).map(GrantId::parse));
    }

    /// The column that says whether a grant allows this.
    static String column(Use use) {
        return switch (use) {
            case STORE -> "allows_store";
            case FACE_SEARCH -> "allows_face_search";
            case SHARE -> "allows_share";
        };
    }

    static Photo photo(ResultSet row) throws SQLException {
        return new Photo(
                PhotoId.parse(row.getString("id")),
                CollectionId.parse(row.getString("collection")),
                SourceId.parse(row.getString("source")),
                GrantId.parse(row.getString("grant_id")),
                new Sha256(row.getString("sha256")),
                row.getLong("size_bytes"),
                MediaType.valueOf(row.getString("media_type")),
                Math.toIntExact(row.getLong("width")),
                Math.toIntExact(row.getLong("height")),
                Storage.valueOf(row.getString("storage")),
                row.getString("location"),
                instant(row, "imported_at"),
                Optional.ofNullable(row.getString("taken_at")).map(LocalDateTime::parse));
    }

    static Face face(ResultSet row) throws SQLException {
        return new Face(
                FaceId.parse(row.getString("id")),
                PhotoId.parse(row.getString("photo")),
                new Box(row.getDouble("x"), row.getDouble("y"), row.getDouble("width"), row.getDouble("height")),
                new Landmarks(
                        point(row, "left_eye"),
                        point(row, "right_eye"),
                        point(row, "nose"),
                        point(row, "left_mouth"),
                        point(row, "right_mouth")),
                new Quality(
                        row.getDouble("size_px"),
                        row.getDouble("sharpness"),
                        row.getDouble("frontality"),
                        row.getDouble("exposure"),
                        flaws(row.getString("flaws"))),
                row.getDouble("detection_score"));
    }

    private static Point point(ResultSet row, String name) throws SQLException {
        return new Point(row.getDouble(name + "_x"), row.getDouble(name + "_y"));
    }

    private static Set<Quality.Flaw> flaws(String words) {
        return words.isEmpty()
                ? Set.of()
                : Arrays.stream(words.split(",", -1)).map(Quality.Flaw::valueOf).collect(Collectors.toSet());
    }

    /// The flaws as the column holds them: words in their declared order, joined by commas.
    static String flaws(Set<Quality.Flaw> flaws) {
        return flaws.stream().sorted().map(Enum::name).collect(Collectors.joining(","));
    }

    static ImportRun importRun(ResultSet row) throws SQLException {
        return new ImportRun(
                ImportId.parse(row.getString("id")),
                CollectionId.parse(row.getString("collection")),
                GrantId.parse(row.getString("grant_id")),
                Storage.valueOf(row.getString("storage")),
                instant(row, "started_at"),
                optionalInstant(row, "ended_at"),
                Optional.ofNullable(row.getString("choosing")).map(Choosing::parse));
    }

    static FileOutcome outcome(ResultSet row) throws SQLException {
        return new FileOutcome(
                ImportId.parse(row.getString("run")),
                row.getString("location"),
                FileOutcome.Result.valueOf(row.getString("result")),
                Optional.ofNullable(row.getString("photo")).map(PhotoId::parse),
                Optional.ofNullable(row.getString("reason")).map(FileOutcome.Reason::valueOf),
                Optional.ofNullable(row.getString("advice")));
    }

    static Statement statement(ResultSet row) throws SQLException {
        return new Statement(
                StatementId.parse(row.getString("id")),
                Statement.Kind.valueOf(row.getString("kind")),
                Optional.ofNullable(row.getString("collection")).map(CollectionId::parse),
                Optional.ofNullable(row.getString("subject")).map(UUID::fromString),
                instant(row, "at"),
                row.getString("text"));
    }

    /// The entry, if its text is exactly what such an entry is written as and its hash is that text's.
    static AuditEntry auditEntry(ResultSet row) throws SQLException {
        String text = row.getString("entry");
        Matcher parts = ENTRY.matcher(text);
        if (!parts.matches() || !Merkle.leaf(text).equals(Sha256.of(row.getBytes("leaf_hash")))) {
            throw new IllegalArgumentException("not an audit entry, or not the one that was written");
        }
        AuditEntry entry = new AuditEntry(
                UUID.fromString(parts.group(1)),
                Instant.ofEpochMilli(Long.parseLong(parts.group(2))),
                new Actor(parts.group(3)),
                AuditEntry.Action.valueOf(parts.group(4)),
                UUID.fromString(parts.group(5)),
                Optional.ofNullable(parts.group(6)).map(CollectionId::parse),
                Long.parseLong(parts.group(7)),
                Optional.ofNullable(parts.group(8)).map(Sha256::new));
        if (!entry.canonical().equals(text)) {
            throw new IllegalArgumentException("not in canonical form");
        }
        return entry;
    }

    static Instant instant(ResultSet row, String column) throws SQLException {
        return Instant.ofEpochMilli(row.getLong(column));
    }

    static Optional<Instant> optionalInstant(ResultSet row, String column) throws SQLException {
        long millis = row.getLong(column);
        return row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
    }
}
