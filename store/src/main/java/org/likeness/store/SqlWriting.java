package org.likeness.store;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.likeness.core.LikenessException;
import org.likeness.core.audit.AuditEntry;
import org.likeness.core.audit.Statement;
import org.likeness.core.collection.Collection;
import org.likeness.core.collection.CollectionId;
import org.likeness.core.ingest.FileOutcome;
import org.likeness.core.ingest.ImportRun;
import org.likeness.core.photo.Face;
import org.likeness.core.photo.FaceId;
import org.likeness.core.photo.Photo;
import org.likeness.core.photo.Point;
import org.likeness.core.records.BasisWriting;
import org.likeness.core.records.DecisionsWriting;
import org.likeness.core.records.DemandsWriting;
import org.likeness.core.records.ImportsWriting;
import org.likeness.core.records.MembersWriting;
import org.likeness.core.records.PeopleWriting;
import org.likeness.core.records.SearchesWriting;
import org.likeness.core.records.SignalsWriting;
import org.likeness.core.records.SourcesWriting;
import org.likeness.core.records.VaultWriting;
import org.likeness.core.records.WriteTransaction;
import org.likeness.core.search.Search;
import org.likeness.core.source.Grant;
import org.likeness.core.source.Source;
import org.likeness.core.source.Use;
import org.likeness.core.template.Space;
import org.likeness.core.template.Template;
import org.likeness.core.template.TemplateIndex;

/// The changes. What the schema forbids is not checked a second time here, except where the caller is
/// owed a reason.
final class SqlWriting extends SqlReading implements WriteTransaction {
    /// What a transaction may change.
    enum Scope {
        /// Everything, because an audit entry follows.
        CHANGE,
        /// Outcomes of files, imports that wait and what was seen in folders only, see `Records.note`.
        NOTE
    }

    private final Scope scope;
    private final SqlPeople people;
    private final SqlLedger ledger;
    private final Clock clock;
    private Optional<Statement> stated = Optional.empty();
    private final List<Space.Keyed> newKeys = new ArrayList<>();

    SqlWriting(Sql sql, Keys keys, Rotations rotations, Clock clock, Scope scope) {
        super(sql, keys, rotations);
        this.clock = clock;
        this.scope = scope;
        this.people = new SqlPeople(this::sql, this::changing, keys);
        this.ledger = new SqlLedger(this::sql, this::changing, this::sql, keys.ledger());
    }

    /// The statements of a change that somebody will answer for.
    Sql changing() {
        if (scope != Scope.CHANGE) {
            throw new IllegalStateException("only outcomes of files may be noted without an audit entry");
        }
        return sql();
    }

    @Override
    public PeopleWriting people() {
        return people;
    }

    /// The key goes to disk before the row can: a row without its key would be lost, a key without
    /// a row
    /// is litter.
    @Override
    public void add(Collection collection) {
        changing()
                .insert("collection")
                .with("id", collection.id())
                .with("name", collection.name())
                .with("profile", collection.profile())
                .with("model", collection.model())
                .with("key_version", Keys.FIRST_VERSION)
                .with("created_at", collection.createdAt())
                .run();
        makeKey(collection.id(), Keys.FIRST_VERSION, collection.createdAt());
    }

    @Override
    public void rename(Collection collection) {
        changing().update("UPDATE collection SET name = ? WHERE id = ?", collection.name(), collection.id());
    }

    /// A key and the row that says it exists.
    void makeKey(CollectionId collection, int version, Instant at) {
        changing()
                .insert("collection_key")
                .with("collection", collection)
                .with("version", version)
                .with("made_at", at)
                .run();
        keys().create(collection, version);
        newKeys.add(new Space.Keyed(collection, version));
    }

    @Override
    public MembersWriting members() {
        return new SqlMembers(this::sql, this::changing);
    }

    @Override
    public BasisWriting basis() {
        return new SqlBasis(this::sql, this::changing);
    }

    @Override
    public SqlReferences references() {
        return new SqlReferences(this::sql, this::changing, keys(), this::sealer);
    }

    @Override
    public SearchesWriting searches() {
        return new SqlSearches(this::sql, this::changing);
    }

    @Override
    public DecisionsWriting decisions() {
        return new SqlDecisions(this::sql, this::changing);
    }

    @Override
    public VaultWriting vault() {
        return new SqlVaultWriting(this, clock);
    }

    /// Takes back the keys that were never committed. Never after a commit was tried.
    void dropNewKeys() {
        newKeys.forEach(key -> keys().delete(key.collection(), key.keyVersion()));
        people.dropNewSecrets();
    }

    @Override
    public void add(Source source) {
        changing()
                .insert("source")
                .with("id", source.id())
                .with("collection", source.collection())
                .with("name", source.name())
                .with("state", source.state())
                .with("created_at", source.createdAt())
                .run();
    }

    @Override
    public void add(Grant grant) {
        String collection = changing()
                .first("SELECT collection FROM source WHERE id = ?", row -> row.getString(1), grant.source())
                .orElseThrow(() -> notFound("source " + grant.source()));
        Sql.Insert insert = changing()
                .insert("permission_grant")
                .with("id", grant.id())
                .with("collection", collection)
                .with("source", grant.source())
                .with("granted_by", grant.grantedBy());
        for (Use use : Use.values()) {
            insert.with(Rows.column(use), grant.uses().contains(use));
        }
        insert.with("starts_at", grant.startsAt())
                .with("ends_at", grant.endsAt())
                .with("ended_at", grant.endedAt())
                .with("capacity", grant.backing().capacity())
                .with("evidence_sha256", grant.backing().evidence())
                .with("notice_version", grant.backing().notice())
                .with("succeeds", grant.backing().succeeds())
                .run();
    }

    @Override
    public ImportsWriting imports() {
        return new SqlImports(this::sql, this::sql, this::changing);
    }

    @Override
    public SourcesWriting sources() {
        return new SqlSources(this::sql, this::changing);
    }

    @Override
    public void add(Photo photo) {
        vault().requireNotShredded(photo.collection());
        changing()
                .insert("photo")
                .with("id", photo.id())
                .with("collection", photo.collection())
                .with("source", photo.source())
                .with("grant_id", photo.grant())
                .with("sha256", photo.sha256())
                .with("size_bytes", photo.sizeBytes())
                .with("media_type", photo.mediaType())
                .with("width", photo.width())
                .with("height", photo.height())
                .with("storage", photo.storage())
                .with("location", photo.location())
                .with("imported_at", photo.importedAt())
                .with("taken_at", photo.takenAt())
                .with("sort_at", SqlTimeline.sortKey(photo))
                .run();
    }

    @Override
    public void add(CollectionId collection, Face face) {
        Sql.Insert insert = changing()
                .insert("face")
                .with("id", face.id())
                .with("collection", collection)
                .with("photo", face.photo())
                .with("x", face.box().x())
                .with("y", face.box().y())
                .with("width", face.box().width())
                .with("height", face.box().height());
        point(insert, "left_eye", face.landmarks().leftEye());
        point(insert, "right_eye", face.landmarks().rightEye());
        point(insert, "nose", face.landmarks().nose());
        point(insert, "left_mouth", face.landmarks().leftMouth());
        point(insert, "right_mouth", face.landmarks().rightMouth());
        insert.with("size_px", face.quality().sizePx())
                .with("sharpness", face.quality().sharpness())
                .with("frontality", face.quality().frontality())
                .with("exposure", face.quality().exposure())
                .with("flaws", Rows.flaws(face.quality().flaws()))
                .with("detection_score", face.detectionScore())
                .run();
    }

    private static void point(Sql.Insert insert, String name, Point point) {
        insert.with(name + "_x", point.x()).with(name + "_y", point.y());
    }

    @Override
    public void addFeatureSet(CollectionId collection, FaceId face, Template template, Optional<Instant> expiresAt) {
        changing();
        Collection owner = collection(collection).orElseThrow(() -> notFound("collection " + collection));
        if (!owner.profile().keepsUnknownTemplates()) {
            throw refused("profile " + owner.profile().word() + " stores no template of a face nobody vouched for"
                    + "\nCompare it in memory and forget it.");
        }
        if (!owner.model().equals(template.model())) {
            throw refused("template must be of model " + owner.model() + " but is of " + template.model()
                    + "\nRead the face again with the collection's model.");
        }
        if (owner.profile().templateTerm().isPresent() && expiresAt.isEmpty()) {
            throw refused("profile " + owner.profile().word() + " stores no template without an end"
                    + "\nGive the template its term.");
        }
        Vault.Sealed sealed = sealer(collection).seal(face, Vault.Kind.FEATURE_SET, template, expiresAt);
        changing()
                .insert("template")
                .with("collection", collection)
                .with("face", face)
                .with("kind", Vault.Kind.FEATURE_SET)
                .with("profile", owner.profile())
                .with("model", template.model())
                .with("format", sealed.format())
                .with("key_version", sealed.keyVersion())
                .with("nonce", sealed.nonce())
                .with("sealed", sealed.bytes())
                .with("created_at", clock.instant())
                .with("expires_at", expiresAt)
                .run();
    }

    private static LikenessException refused(String message) {
        return new LikenessException(LikenessException.Kind.REFUSED, message);
    }

    @Override
    public long deleteExpiredTemplates(CollectionId collection, Instant now) {
        return changing().update("DELETE FROM template WHERE collection = ? AND expires_at <= ?", collection, now);
    }

    @Override
    public void add(Search search) {
        vault().requireNotShredded(search.collection());
        changing()
                .insert("search")
                .with("id", search.id())
                .with("collection", search.collection())
                .with("purpose", search.purpose())
                .with("actor", search.actor().pseudonym())
                .with("started_at", search.startedAt())
                .with("ended_at", search.endedAt())
                .with("model", search.threshold().model())
                .with("score_min", search.threshold().scoreMin())
                .with("fpir", search.threshold().fpir())
                .with("fmr", search.threshold().fmr())
                .with("faces", search.threshold().faces())
                .with("measured", search.threshold().measured())
                .run();
        int rank = 1;
        for (TemplateIndex.Hit hit : search.answer()) {
            changing()
                    .insert("search_candidate")
                    .with("search", search.id())
                    .with("rank", rank++)
                    .with("collection", search.collection())
                    .with("face", hit.face())
                    .with("score", hit.score())
                    .run();
        }
    }

    @Override
    public void add(ImportRun run) {
        vault().requireNotShredded(run.collection());
        changing()
                .insert("import_run")
                .with("id", run.id())
                .with("collection", run.collection())
                .with("grant_id", run.grant())
                .with("storage", run.storage())
                .with("started_at", run.startedAt())
                .with("ended_at", run.endedAt())
                .with("choosing", run.choosing())
                .run();
    }

    @Override
    public void end(ImportRun run, Instant at) {
        int ended =
                changing().update("UPDATE import_run SET ended_at = ? WHERE id = ? AND ended_at IS NULL", at, run.id());
        if (ended == 0) {
            throw new LikenessException(
                            LikenessException.Kind.CONFLICT,
                            "import " + run.id() + " does not exist or has ended\nStart another import.")
                    .called("import.ended");
        }
    }

    @Override
    public void reopen(ImportRun run) {
        changing().update("UPDATE import_run SET ended_at = NULL WHERE id = ?", run.id());
    }

    @Override
    public void add(FileOutcome outcome) {
        sql().insert("file_outcome")
                .with("run", outcome.run())
                .with("location", outcome.location())
                .with("result", outcome.result())
                .with("photo", outcome.photo())
                .with("reason", outcome.reason())
                .with("advice", outcome.advice())
                .run();
    }

    @Override
    public SqlLog log() {
        return new SqlLog(this::sql, this::changing, this::sql);
    }

    @Override
    public DemandsWriting demands() {
        return new SqlDemands(this::sql, this::changing, this::sql, clock::instant);
    }

    @Override
    public void add(Statement statement) {
        if (stated.isPresent()) {
            throw new IllegalStateException("a change must not make two statements");
        }
        stated = Optional.of(statement);
        changing()
                .insert("statement")
                .with("id", statement.id())
                .with("kind", statement.kind())
                .with("collection", statement.collection())
                .with("subject", statement.subject())
                .with("at", statement.at())
                .with("text", statement.text())
                .with("audit_position", auditSize() + 1)
                .run();
    }

    @Override
    public long deleteStatements(UUID subject) {
        return changing().update("DELETE FROM statement WHERE subject = ?", subject);
    }

    @Override
    public SignalsWriting signals() {
        return new SqlSignals(this::sql, this::changing);
    }

    @Override
    public SqlLedger ledger() {
        return ledger;
    }

    /// Appends to the log. Called once for each change, by [SqlRecords].
    void append(AuditEntry entry) {
        if (!entry.commitment().equals(stated.map(Statement::commitment))) {
            throw new IllegalStateException("a change's audit entry must stand for its statement, and for no other");
        }
        log().append(entry.canonical());
    }
}
