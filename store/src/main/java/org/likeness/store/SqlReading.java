package org.likeness.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.likeness.core.LikenessException;
import org.likeness.core.audit.Actor;
import org.likeness.core.audit.AuditEntry;
import org.likeness.core.audit.Statement;
import org.likeness.core.audit.StatementId;
import org.likeness.core.collection.CollectionId;
import org.likeness.core.collection.Purpose;
import org.likeness.core.ingest.FileOutcome;
import org.likeness.core.ingest.ImportId;
import org.likeness.core.ingest.ImportRun;
import org.likeness.core.photo.Face;
import org.likeness.core.photo.FaceId;
import org.likeness.core.photo.Photo;
import org.likeness.core.photo.PhotoId;
import org.likeness.core.photo.Sha256;
import org.likeness.core.records.BasisReading;
import org.likeness.core.records.DecisionsReading;
import org.likeness.core.records.DemandsReading;
import org.likeness.core.records.HoldingsReading;
import org.likeness.core.records.ImportsReading;
import org.likeness.core.records.LedgerReading;
import org.likeness.core.records.MembersReading;
import org.likeness.core.records.PeopleReading;
import org.likeness.core.records.ReadTransaction;
import org.likeness.core.records.ReferencesReading;
import org.likeness.core.records.SearchesReading;
import org.likeness.core.records.SignalsReading;
import org.likeness.core.records.SourcesReading;
import org.likeness.core.records.TimelineReading;
import org.likeness.core.records.VaultReading;
import org.likeness.core.search.Search;
import org.likeness.core.search.SearchId;
import org.likeness.core.source.Grant;
import org.likeness.core.source.GrantId;
import org.likeness.core.source.Source;
import org.likeness.core.source.SourceId;
import org.likeness.core.template.ModelId;
import org.likeness.core.template.TemplateIndex;
import org.likeness.core.template.Threshold;

/// The questions, in SQL both databases understand.
class SqlReading implements ReadTransaction {
    /// Ids in one IN list.
    private static final int CHUNK = 500;

    /// Nothing is held of the face `f`, its photo `p` and where that is from, no signal keeps the photo
    /// out, its source did not say stop, its grant `g` allows face search at an instant, and its
    /// own time
    /// is not over then, see [#searchableAt]. The first instant is in, the last is out.
    private static final String SEARCHABLE_NOW =
            " p.state = 'CLEARED' AND g.stopped = 0 AND g.allows_face_search = 1 AND g.starts_at <= ?"
                    + " AND (g.ends_at IS NULL OR g.ends_at > ?) AND (g.ended_at IS NULL OR g.ended_at > ?)"
                    + " AND p.imported_at > ?"
                    + " AND NOT EXISTS (SELECT 1 FROM held WHERE object IN (f.id, p.id, p.source, p.collection)) ";

    private final Sql sql;
    private final Keys keys;
    private final Rotations rotations;
    private final Map<CollectionId, Vault> vaults = new HashMap<>();
    private boolean over;

    SqlReading(Sql sql, Keys keys, Rotations rotations) {
        this.sql = sql;
        this.keys = keys;
        this.rotations = rotations;
    }

    /// From now on every call fails: the transaction is over.
    final void end() {
        over = true;
    }

    final Sql sql() {
        if (over) {
            throw new IllegalStateException("the transaction is over: use it only inside the work given to Records");
        }
        return sql;
    }

    final Keys keys() {
        return keys;
    }

    final Rotations rotations() {
        return rotations;
    }

    /// What turns, seals and opens a collection's templates by the key in use.
    final Vault sealer(CollectionId collection) {
        Vault known = vaults.get(collection);
        if (known == null) {
            known = new Vault(vault().space(collection), keys, rotations);
            vaults.put(collection, known);
        }
        return known;
    }

    /// The key in use is another now.
    final void forgetSealer(CollectionId collection) {
        vaults.remove(collection);
    }

    @Override
    public VaultReading vault() {
        return new SqlVault(this);
    }

    @Override
    public PeopleReading people() {
        return new SqlPeople(this::sql, SqlReading::nothingMayChange, keys);
    }

    @Override
    public ImportsReading imports() {
        return new SqlImports(this::sql, SqlReading::nothingMayChange, SqlReading::nothingMayChange);
    }

    @Override
    public SourcesReading sources() {
        return new SqlSources(this::sql, SqlReading::nothingMayChange);
    }

    @Override
    public TimelineReading timeline(Instant now) {
        return new SqlTimeline(this::sql, now, id -> basis().photosOver(id, now));
    }

    @Override
    public MembersReading members() {
        return new SqlMembers(this::sql, SqlReading::nothingMayChange);
    }

    @Override
    public BasisReading basis() {
        return new SqlBasis(this::sql, SqlReading::nothingMayChange);
    }

    @Override
    public ReferencesReading references() {
        return new SqlReferences(this::sql, SqlReading::nothingMayChange, keys, this::sealer);
    }

    @Override
    public SearchesReading searches() {
        return new SqlSearches(this::sql, SqlReading::nothingMayChange);
    }

    @Override
    public DecisionsReading decisions() {
        return new SqlDecisions(this::sql, SqlReading::nothingMayChange);
    }

    private static Sql nothingMayChange() {
        throw new IllegalStateException("nothing can be changed while reading");
    }

    @Override
    public final Optional<org.likeness.core.collection.Collection> collection(CollectionId id) {
        return sql().first("SELECT * FROM collection WHERE id = ?", Rows::collection, id);
    }

    @Override
    public final Optional<org.likeness.core.collection.Collection> collection(String name) {
        return sql().first("SELECT * FROM collection WHERE name = ?", Rows::collection, name);
    }

    @Override
    public final List<org.likeness.core.collection.Collection> collections() {
        // Sorted here, because databases differ in how they order text.
        return sql().list("SELECT * FROM collection", Rows::collection).stream()
                .sorted(Comparator.comparing(org.likeness.core.collection.Collection::name))
                .toList();
    }

    @Override
    public final Optional<Source> source(CollectionId collection, String name) {
        return sql().first("SELECT * FROM source WHERE collection = ? AND name = ?", Rows::source, collection, name);
    }

    @Override
    public final List<Source> sources(CollectionId collection) {
        return sql().list("SELECT * FROM source WHERE collection = ?", Rows::source, collection).stream()
                .sorted(Comparator.comparing(Source::name))
                .toList();
    }

    @Override
    public final Optional<Grant> grant(GrantId id) {
        return sql().first("SELECT * FROM permission_grant WHERE id = ?", Rows::grant, id);
    }

    @Override
    public final List<Grant> grants(SourceId source) {
        return sql().list(
                        "SELECT g.* FROM permission_grant g JOIN source s ON s.collection = g.collection"
                                + " AND s.id = g.source WHERE s.id = ? ORDER BY g.starts_at DESC, g.id DESC",
                        Rows::grant,
                        source);
    }

    @Override
    public final Optional<Photo> photo(PhotoId id) {
        return sql().first("SELECT * FROM photo WHERE id = ?", Rows::photo, id);
    }

    @Override
    public final Optional<Photo> photo(CollectionId collection, Sha256 sha256) {
        return sql().first("SELECT * FROM photo WHERE collection = ? AND sha256 = ?", Rows::photo, collection, sha256);
    }

    @Override
    public final List<Photo> photos(CollectionId collection, Optional<PhotoId> after, int limit) {
        return sql().list(
                        "SELECT * FROM photo WHERE collection = ? AND id > ? ORDER BY id LIMIT ?",
                        Rows::photo,
                        collection,
                        after.map(PhotoId::toString).orElse(""),
                        limit);
    }

    @Override
    public final long photoCount(CollectionId collection) {
        return sql().count("SELECT COUNT(*) FROM photo WHERE collection = ?", collection);
    }

    @Override
    public final long faceCount(CollectionId collection) {
        return sql().count("SELECT COUNT(*) FROM face WHERE collection = ?", collection);
    }

    @Override
    public final long templateCount(CollectionId collection) {
        return sql().count(
                        "SELECT (SELECT COUNT(*) FROM template WHERE collection = ?)"
                                + " + (SELECT COUNT(*) FROM person_reference WHERE collection = ?)",
                        collection,
                        collection);
    }

    @Override
    public final List<Face> faces(PhotoId photo) {
        return sql().list("SELECT * FROM face WHERE photo = ? ORDER BY height DESC, id", Rows::face, photo);
    }

    /// What [#SEARCHABLE_NOW] asks for, after what comes before it and before what follows.
    private Object[] searchableAt(CollectionId collection, Instant now, List<Object> before, List<Object> after) {
        List<Object> parameters = new ArrayList<>(before);
        parameters.addAll(List.of(now, now, now));
        parameters.add(basis().photosOver(collection, now).orElse(Instant.EPOCH));
        parameters.addAll(after);
        return parameters.toArray();
    }

    @Override
    public final List<FaceId> searchableFaces(CollectionId collection, Instant now, Optional<FaceId> after, int limit) {
        if (limit < 1) {
            throw new IllegalArgumentException("limit must be positive but is " + limit);
        }
        return sql().list(
                        "SELECT f.id FROM face f JOIN photo p ON p.id = f.photo"
                                + " JOIN permission_grant g ON g.id = p.grant_id"
                                + " WHERE f.collection = ? AND f.id > ? AND" + SEARCHABLE_NOW + "ORDER BY f.id LIMIT ?",
                        row -> FaceId.parse(row.getString(1)),
                        searchableAt(
                                collection,
                                now,
                                List.of(collection, after.map(FaceId::toString).orElse("")),
                                List.of(limit)));
    }

    @Override
    public final List<FaceId> searchableWithoutTemplate(
            CollectionId collection, Instant now, Instant importedAfter, Optional<FaceId> after, int limit) {
        return sql().list(
                        "SELECT f.id FROM face f JOIN photo p ON p.id = f.photo"
                                + " JOIN permission_grant g ON g.id = p.grant_id"
                                + " WHERE f.collection = ? AND f.id > ? AND p.imported_at > ? AND" + SEARCHABLE_NOW
                                + "AND NOT EXISTS (SELECT 1 FROM template t WHERE t.face = f.id)"
                                + " ORDER BY f.id LIMIT ?",
                        row -> FaceId.parse(row.getString(1)),
                        searchableAt(
                                collection,
                                now,
                                List.of(collection, after.map(FaceId::toString).orElse(""), importedAfter),
                                List.of(limit)));
    }

    @Override
    public final long searchableFaceCount(CollectionId collection, Instant now) {
        return sql().count(
                        "SELECT COUNT(*) FROM permission_grant g JOIN photo p ON p.grant_id = g.id"
                                + " JOIN face f ON f.photo = p.id WHERE g.collection = ? AND" + SEARCHABLE_NOW,
                        searchableAt(collection, now, List.of(collection), List.of()));
    }

    /// In the order asked, each once.
    @Override
    public final List<FoundFace> searchable(CollectionId collection, Collection<FaceId> faces, Instant now) {
        List<FaceId> asked = List.copyOf(new LinkedHashSet<>(faces));
        Map<FaceId, FoundFace> found = new HashMap<>();
        for (int from = 0; from < asked.size(); from += CHUNK) {
            chunk(collection, asked.subList(from, Math.min(asked.size(), from + CHUNK)), now, found);
        }
        return asked.stream().filter(found::containsKey).map(found::get).toList();
    }

    private void chunk(CollectionId collection, List<FaceId> asked, Instant now, Map<FaceId, FoundFace> found) {
        List<Face> faces = sql().list(
                        "SELECT f.* FROM face f JOIN photo p ON p.id = f.photo"
                                + " JOIN permission_grant g ON g.id = p.grant_id WHERE f.collection = ? AND"
                                + SEARCHABLE_NOW + "AND f.id IN (" + marks(asked.size()) + ")",
                        Rows::face,
                        searchableAt(collection, now, List.of(collection), List.copyOf(asked)));
        if (faces.isEmpty()) {
            return;
        }
        Set<PhotoId> ids = faces.stream().map(Face::photo).collect(Collectors.toSet());
        Map<PhotoId, Photo> photos = sql()
                .list("SELECT * FROM photo WHERE id IN (" + marks(ids.size()) + ")", Rows::photo, ids.toArray())
                .stream()
                .collect(Collectors.toMap(Photo::id, photo -> photo));
        for (Face face : faces) {
            Photo photo = photos.get(face.photo());
            if (photo != null) {
                found.put(face.id(), new FoundFace(face, photo));
            }
        }
    }

    @Override
    public final Set<FaceId> withTemplate(CollectionId collection, Collection<FaceId> faces, Instant now) {
        List<FaceId> asked = List.copyOf(faces);
        Set<FaceId> held = new HashSet<>();
        for (int from = 0; from < asked.size(); from += CHUNK) {
            List<FaceId> chunk = asked.subList(from, Math.min(asked.size(), from + CHUNK));
            List<Object> parameters = new ArrayList<>(List.of(collection, now));
            parameters.addAll(chunk);
            held.addAll(sql().list(
                            "SELECT face FROM template WHERE collection = ?"
                                    + " AND (expires_at IS NULL OR expires_at > ?) AND face IN (" + marks(chunk.size())
                                    + ")",
                            row -> FaceId.parse(row.getString(1)),
                            parameters.toArray()));
        }
        return held;
    }

    @Override
    public final boolean hasExpiredTemplates(CollectionId collection, Instant now) {
        return sql().count(
                                "SELECT COUNT(*) FROM (SELECT 1 FROM template WHERE collection = ? AND expires_at <= ?"
                                        + " LIMIT 1) AS expired",
                                collection,
                                now)
                > 0;
    }

    private static String marks(int count) {
        return "?" + ", ?".repeat(count - 1);
    }

    @Override
    public final long templates(CollectionId collection, long afterSequence, Instant now, TemplateVisitor visitor) {
        TemplateWalk walk = new TemplateWalk(() -> sealer(collection), visitor, afterSequence);
        sql().each(
                        TemplateWalk.QUERY + " AND seq > ? AND (expires_at IS NULL OR expires_at > ?) ORDER BY seq",
                        walk::visit,
                        collection,
                        afterSequence,
                        now);
        return walk.last();
    }

    @Override
    public final Optional<Search> search(SearchId id) {
        List<TemplateIndex.Hit> answer = sql().list(
                        "SELECT face, score FROM search_candidate WHERE search = ? ORDER BY rank",
                        row -> new TemplateIndex.Hit(FaceId.parse(row.getString(1)), row.getDouble(2)),
                        id);
        return sql().first("SELECT * FROM search WHERE id = ?", row -> search(row, answer), id);
    }

    private static Search search(ResultSet row, List<TemplateIndex.Hit> answer) throws SQLException {
        return new Search(
                SearchId.parse(row.getString("id")),
                CollectionId.parse(row.getString("collection")),
                Purpose.valueOf(row.getString("purpose")),
                new Actor(row.getString("actor")),
                Rows.instant(row, "started_at"),
                Rows.instant(row, "ended_at"),
                new Threshold(
                        ModelId.parse(row.getString("model")),
                        row.getDouble("score_min"),
                        row.getDouble("fpir"),
                        row.getDouble("fmr"),
                        Math.toIntExact(row.getLong("faces")),
                        row.getLong("measured") == 1),
                answer);
    }

    @Override
    public final Optional<ImportRun> importRun(ImportId id) {
        return sql().first("SELECT * FROM import_run WHERE id = ?", Rows::importRun, id);
    }

    @Override
    public final List<FileOutcome> outcomes(ImportId id) {
        return sql().list("SELECT * FROM file_outcome WHERE run = ? ORDER BY seq", Rows::outcome, id);
    }

    @Override
    public final List<AuditEntry> audit(long fromPosition, int limit) {
        if (fromPosition < 1 || limit < 1) {
            throw new IllegalArgumentException(
                    "position and limit must be positive but are " + fromPosition + ", " + limit);
        }
        return sql().list(
                        "SELECT entry, leaf_hash FROM audit_entry WHERE position >= ? ORDER BY position LIMIT ?",
                        Rows::auditEntry,
                        fromPosition,
                        limit);
    }

    @Override
    public final long auditSize() {
        return sql().count("SELECT COALESCE(MAX(position), 0) FROM audit_entry");
    }

    private static final String STATEMENT = "SELECT id, kind, collection, subject, at, text FROM statement ";

    @Override
    public final Optional<Statement> statement(StatementId id) {
        return sql().first(STATEMENT + "WHERE id = ?", Rows::statement, id);
    }

    @Override
    public final List<Statement> statements(UUID subject) {
        return sql().list(STATEMENT + "WHERE subject = ? ORDER BY audit_position", Rows::statement, subject);
    }

    @Override
    public final Optional<Long> auditPosition(StatementId id) {
        return sql().first("SELECT audit_position FROM statement WHERE id = ?", row -> row.getLong(1), id);
    }

    @Override
    public SignalsReading signals() {
        return new SqlSignals(this::sql, SqlReading::nothingMayChange);
    }

    @Override
    public SqlLog log() {
        return new SqlLog(this::sql, SqlReading::nothingMayChange, SqlReading::nothingMayChange);
    }

    @Override
    public DemandsReading demands() {
        return new SqlDemands(this::sql, SqlReading::nothingMayChange, SqlReading::nothingMayChange, () -> {
            throw new IllegalStateException("a reading transaction changes nothing");
        });
    }

    @Override
    public LedgerReading ledger() {
        return new SqlLedger(this::sql, SqlReading::nothingMayChange, SqlReading::nothingMayChange, keys.ledger());
    }

    @Override
    public HoldingsReading holdings() {
        return new SqlHoldings(this);
    }

    static LikenessException notFound(String what) {
        return new LikenessException(
                        LikenessException.Kind.NOT_FOUND, what + " does not exist\nAdd it first, or check its id.")
                .called("records.absent");
    }
}
