package org.likeness.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.likeness.core.collection.CollectionId;
import org.likeness.core.demand.Census;
import org.likeness.core.demand.Demand;
import org.likeness.core.demand.DemandId;
import org.likeness.core.demand.ErasurePlan;
import org.likeness.core.demand.ErasureTarget;
import org.likeness.core.demand.Residual;
import org.likeness.core.demand.Scope;
import org.likeness.core.demand.Target;
import org.likeness.core.demand.Tombstone;
import org.likeness.core.photo.Box;
import org.likeness.core.photo.Face;
import org.likeness.core.photo.FaceId;
import org.likeness.core.photo.Photo;
import org.likeness.core.photo.Sha256;
import org.likeness.core.records.DemandsWriting;
import org.likeness.core.source.SourceId;

/// Demands, holds, tombstones and the lists of erasures, in SQL both databases understand. One thread at
/// a time, inside
/// a transaction.
final class SqlDemands implements DemandsWriting {
    private static final String LISTED =
            " AND NOT EXISTS (SELECT 1 FROM erasure_target t WHERE t.demand = ?" + " AND t.scope = ? AND t.object = ";

    private final Supplier<Sql> reading;
    private final Supplier<Sql> changing;
    private final Supplier<Sql> noting;
    private final Supplier<Instant> now;

    /// @param changing refuses where nothing may be changed
    /// @param noting refuses where nothing may be noted either
    SqlDemands(Supplier<Sql> reading, Supplier<Sql> changing, Supplier<Sql> noting, Supplier<Instant> now) {
        this.reading = reading;
        this.changing = changing;
        this.noting = noting;
        this.now = now;
    }

    @Override
    public Optional<Demand> demand(DemandId id) {
        return reading.get().first("SELECT * FROM demand WHERE id = ?", SqlDemands::demand, id);
    }

    @Override
    public List<Demand> demands() {
        return reading.get().list("SELECT * FROM demand ORDER BY received_at DESC, id DESC", SqlDemands::demand);
    }

    @Override
    public List<Demand> demands(Target target) {
        return reading.get()
                .list(
                        "SELECT * FROM demand WHERE target = ? AND scope = ? ORDER BY received_at DESC, id DESC",
                        SqlDemands::demand,
                        target.id(),
                        target.scope());
    }

    @Override
    public List<Demand> unfinished() {
        return reading.get()
                .list(
                        "SELECT * FROM demand WHERE kind IN ('ERASE', 'OBJECT') AND state <> 'DONE'"
                                + " ORDER BY received_at, id",
                        SqlDemands::demand);
    }

    private static Demand demand(ResultSet row) throws SQLException {
        return new Demand(
                DemandId.parse(row.getString("id")),
                Demand.Kind.valueOf(row.getString("kind")),
                new Target(Scope.valueOf(row.getString("scope")), UUID.fromString(row.getString("target"))),
                CollectionId.parse(row.getString("collection")),
                Demand.State.valueOf(row.getString("state")),
                Rows.instant(row, "received_at"),
                Rows.instant(row, "due_at"),
                Rows.optionalInstant(row, "closed_at"));
    }

    @Override
    public boolean isHeld(UUID object) {
        return reading.get().count("SELECT COUNT(*) FROM held WHERE object = ?", object) > 0;
    }

    @Override
    public List<Box> blockedRegions(Sha256 sha256) {
        return regions("sha256 = ?", sha256);
    }

    private List<Box> regions(String condition, Object value) {
        return reading.get()
                .list(
                        "SELECT x, y, width, height FROM tombstone WHERE " + condition + " AND x IS NOT NULL",
                        SqlDemands::box,
                        value);
    }

    private static Box box(ResultSet row) throws SQLException {
        return new Box(row.getDouble("x"), row.getDouble("y"), row.getDouble("width"), row.getDouble("height"));
    }

    @Override
    public List<Tombstone> tombstones(DemandId demand) {
        return reading.get()
                .list(
                        "SELECT * FROM tombstone WHERE demand = ? ORDER BY seq",
                        row -> {
                            row.getDouble("x");
                            boolean whole = row.wasNull();
                            return new Tombstone(
                                    demand,
                                    new Sha256(row.getString("sha256")),
                                    whole ? Optional.empty() : Optional.of(box(row)),
                                    Rows.instant(row, "made_at"));
                        },
                        demand);
    }

    @Override
    public List<Photo> photos(Sha256 sha256) {
        return reading.get().list("SELECT * FROM photo WHERE sha256 = ? ORDER BY id", Rows::photo, sha256);
    }

    @Override
    public Optional<Face> face(FaceId id) {
        return reading.get().first("SELECT * FROM face WHERE id = ?", Rows::face, id);
    }

    @Override
    public Optional<CollectionId> collectionOf(SourceId source) {
        return reading.get()
                .first(
                        "SELECT collection FROM source WHERE id = ?",
                        row -> CollectionId.parse(row.getString(1)),
                        source);
    }

    @Override
    public List<ErasureTarget> waiting(DemandId erasure, Scope scope, int limit) {
        return reading.get()
                .list(
                        "SELECT * FROM erasure_target WHERE demand = ? AND scope = ? AND done = 0 ORDER BY seq LIMIT ?",
                        SqlDemands::target,
                        erasure,
                        scope,
                        limit);
    }

    @Override
    public List<ErasureTarget> targets(DemandId erasure, Scope scope, long afterSequence, int limit) {
        return reading.get()
                .list(
                        "SELECT * FROM erasure_target WHERE demand = ? AND scope = ? AND seq > ? ORDER BY seq LIMIT ?",
                        SqlDemands::target,
                        erasure,
                        scope,
                        afterSequence,
                        limit);
    }

    private static ErasureTarget target(ResultSet row) throws SQLException {
        return new ErasureTarget(
                row.getLong("seq"),
                Scope.valueOf(row.getString("scope")),
                UUID.fromString(row.getString("object")),
                CollectionId.parse(row.getString("collection")),
                Optional.ofNullable(row.getString("sha256")).map(Sha256::new));
    }

    @Override
    public long targetCount(DemandId erasure) {
        return reading.get().count("SELECT COUNT(*) FROM erasure_target WHERE demand = ?", erasure);
    }

    @Override
    public List<ErasurePlan.Reach> reach(DemandId erasure) {
        return reading.get()
                .list(
                        "SELECT collection, scope, COUNT(*) AS amount FROM erasure_target WHERE demand = ?"
                                + " GROUP BY collection, scope ORDER BY collection, scope",
                        row -> new ErasurePlan.Reach(
                                CollectionId.parse(row.getString("collection")),
                                Scope.valueOf(row.getString("scope")),
                                row.getLong("amount")),
                        erasure);
    }

    @Override
    public List<Demand> restrictions(DemandId erasure) {
        return reading.get()
                .list(
                        "SELECT d.* FROM demand d JOIN erasure_target t ON t.object = d.target AND t.scope = d.scope"
                                + " WHERE t.demand = ? AND d.kind = 'RESTRICT' AND d.state <> 'DONE'"
                                + " ORDER BY d.received_at, d.id",
                        SqlDemands::demand,
                        erasure);
    }

    private static final String LINKED = " FROM erasure_target t JOIN photo p ON p.id = t.object"
            + " WHERE t.demand = ? AND t.scope = 'PHOTO' AND p.storage = 'LINK'";

    @Override
    public List<String> linkedOriginals(DemandId erasure, int limit) {
        return reading.get()
                .list(
                        "SELECT p.location" + LINKED + " ORDER BY t.seq LIMIT ?",
                        row -> row.getString(1),
                        erasure,
                        limit);
    }

    @Override
    public long linkedOriginalCount(DemandId erasure) {
        return reading.get().count("SELECT COUNT(*)" + LINKED, erasure);
    }

    @Override
    public List<Found> found(DemandId erasure) {
        return reading.get()
                .list(
                        "SELECT store, found, remaining FROM erasure_count WHERE demand = ? ORDER BY store",
                        row -> {
                            long left = row.getLong("remaining");
                            return new Found(
                                    row.getString("store"),
                                    row.getLong("found"),
                                    row.wasNull() ? Optional.empty() : Optional.of(left));
                        },
                        erasure);
    }

    @Override
    public List<Residual> residuals(DemandId erasure) {
        return reading.get()
                .list(
                        "SELECT what, amount FROM erasure_residual WHERE demand = ? ORDER BY what",
                        row -> new Residual(row.getString("what"), row.getLong("amount")),
                        erasure);
    }

    @Override
    public void add(Demand demand) {
        changing.get()
                .insert("demand")
                .with("id", demand.id())
                .with("kind", demand.kind())
                .with("scope", demand.target().scope())
                .with("target", demand.target().id())
                .with("collection", demand.collection())
                .with("state", demand.state())
                .with("received_at", demand.receivedAt())
                .with("due_at", demand.dueAt())
                .with("closed_at", demand.closedAt())
                .run();
    }

    @Override
    public void update(Demand demand) {
        int rows = changing.get()
                .update(
                        "UPDATE demand SET state = ?, closed_at = ? WHERE id = ?",
                        demand.state(),
                        demand.closedAt().orElse(null),
                        demand.id());
        if (rows != 1) {
            throw SqlReading.notFound("demand " + demand.id());
        }
    }

    @Override
    public void hold(DemandId demand, Scope scope, UUID object) {
        changing.get()
                .update(
                        "INSERT INTO held (object, demand, scope) SELECT ?, id, ? FROM demand d WHERE id = ?"
                                + " AND NOT EXISTS (SELECT 1 FROM held WHERE object = ? AND demand = d.id)",
                        object,
                        scope,
                        demand,
                        object);
    }

    @Override
    public void holdPhotos(DemandId demand, Sha256 sha256) {
        changing.get()
                .list("SELECT id FROM photo WHERE sha256 = ?", row -> UUID.fromString(row.getString(1)), sha256)
                .forEach(photo -> hold(demand, Scope.PHOTO, photo));
    }

    @Override
    public void release(DemandId demand) {
        changing.get().update("DELETE FROM held WHERE demand = ?", demand);
    }

    @Override
    public void add(Tombstone tombstone) {
        changing.get()
                .insert("tombstone")
                .with("demand", tombstone.demand())
                .with("sha256", tombstone.sha256())
                .with("x", tombstone.region().map(Box::x))
                .with("y", tombstone.region().map(Box::y))
                .with("width", tombstone.region().map(Box::width))
                .with("height", tombstone.region().map(Box::height))
                .with("made_at", tombstone.madeAt())
                .run();
    }

    @Override
    public long list(Demand demand) {
        UUID id = demand.target().id();
        switch (demand.target().scope()) {
            case FACE -> listFaces(demand.id());
            case PHOTO -> {
                list(demand, Scope.PHOTO, "p.id", "p.sha256", "photo p", "p.id = ?", id);
                list(
                        demand,
                        Scope.PHOTO,
                        "p.id",
                        "p.sha256",
                        "photo p",
                        "p.sha256 IN (SELECT sha256 FROM tombstone WHERE demand = ?)",
                        demand.id());
                listFacesOfListedPhotos(demand);
            }
            case PERSON -> list(demand, Scope.PERSON, "p.id", "NULL", "person p", "p.id = ?", id);
            case SOURCE -> {
                changing.get()
                        .update(
                                "INSERT INTO tombstone (demand, sha256, made_at) SELECT ?, p.sha256, ? FROM photo p"
                                        + " WHERE p.source = ? AND NOT EXISTS (SELECT 1 FROM tombstone t"
                                        + " WHERE t.sha256 = p.sha256 AND t.demand = ?)",
                                demand.id(),
                                now.get(),
                                id,
                                demand.id());
                list(demand, Scope.PHOTO, "p.id", "p.sha256", "photo p", "p.source = ?", id);
                listFacesOfListedPhotos(demand);
                list(demand, Scope.SOURCE, "p.id", "NULL", "source p", "p.id = ?", id);
            }
            case COLLECTION -> {
                list(demand, Scope.PHOTO, "p.id", "p.sha256", "photo p", "p.collection = ?", id);
                listFacesOfListedPhotos(demand);
                list(demand, Scope.PERSON, "p.id", "NULL", "person p", "p.collection = ?", id);
                list(demand, Scope.SOURCE, "p.id", "NULL", "source p", "p.collection = ?", id);
                changing.get()
                        .update(
                                "INSERT INTO erasure_target (demand, scope, object, collection)"
                                        + " SELECT ?, 'COLLECTION', c.id, c.id FROM collection c WHERE c.id = ?"
                                        + LISTED
                                        + "c.id)",
                                demand.id(),
                                id,
                                demand.id(),
                                Scope.COLLECTION);
            }
        }
        return targetCount(demand.id());
    }

    private void list(
            Demand demand, Scope scope, String id, String sha256, String from, String condition, Object value) {
        changing.get()
                .update(
                        "INSERT INTO erasure_target (demand, scope, object, collection, sha256) SELECT ?, ?, " + id
                                + ", p.collection, " + sha256 + " FROM " + from + " WHERE " + condition + LISTED + id
                                + ") ORDER BY " + id,
                        demand.id(),
                        scope,
                        value,
                        demand.id(),
                        scope);
    }

    private void listFacesOfListedPhotos(Demand demand) {
        list(
                demand,
                Scope.FACE,
                "f.id",
                "NULL",
                "erasure_target l JOIN photo p ON p.id = l.object JOIN face f ON f.photo = p.id",
                "l.scope = 'PHOTO' AND l.demand = ?",
                demand.id());
    }

    /// The faces at the places the demand's tombstones block, in whichever collection.
    private void listFaces(DemandId demand) {
        List<Sha256> contents = reading.get()
                .list(
                        "SELECT DISTINCT sha256 FROM tombstone WHERE demand = ?",
                        row -> new Sha256(row.getString(1)),
                        demand);
        List<Box> regions = regions("demand = ?", demand);
        for (Sha256 content : contents) {
            for (Placed face : reading.get()
                    .list(
                            "SELECT f.id, f.collection, f.x, f.y, f.width, f.height FROM photo p"
                                    + " JOIN face f ON f.photo = p.id WHERE p.sha256 = ?",
                            row -> new Placed(row.getString("id"), row.getString("collection"), box(row)),
                            content)) {
                if (regions.stream().anyMatch(region -> Tombstone.covers(region, face.box()))) {
                    changing.get()
                            .update(
                                    "INSERT INTO erasure_target (demand, scope, object, collection)"
                                            + " SELECT d.id, 'FACE', ?, ? FROM demand d WHERE d.id = ?" + LISTED + "?)",
                                    face.id(),
                                    face.collection(),
                                    demand,
                                    demand,
                                    Scope.FACE,
                                    face.id());
                }
            }
        }
    }

    private record Placed(String id, String collection, Box box) {}

    @Override
    public void done(DemandId erasure, Scope scope, long fromSequence, long toSequence) {
        changing.get()
                .update(
                        "UPDATE erasure_target SET done = 1 WHERE demand = ? AND scope = ? AND seq BETWEEN ? AND ?",
                        erasure,
                        scope,
                        fromSequence,
                        toSequence);
    }

    @Override
    public void again(DemandId erasure) {
        changing.get().update("UPDATE erasure_target SET done = 0 WHERE demand = ?", erasure);
    }

    @Override
    public void found(DemandId erasure, String store, long count) {
        noting.get()
                .update(
                        "INSERT INTO erasure_count (demand, store, found) SELECT id, ?, ? FROM demand d WHERE id = ?"
                                + " AND NOT EXISTS (SELECT 1 FROM erasure_count WHERE demand = d.id AND store = ?)",
                        store,
                        count,
                        erasure,
                        store);
    }

    @Override
    public void counted(DemandId erasure, Census census) {
        for (Census.Count count : census.counts()) {
            changing.get()
                    .update(
                            "UPDATE erasure_count SET remaining = ? WHERE demand = ? AND store = ?",
                            count.left().isPresent() ? count.left().getAsLong() : null,
                            erasure,
                            count.store());
        }
    }

    @Override
    public void add(DemandId erasure, Residual residual) {
        noting.get()
                .update(
                        "INSERT INTO erasure_residual (demand, what, amount) SELECT id, ?, ? FROM demand d WHERE id = ?"
                                + " AND NOT EXISTS (SELECT 1 FROM erasure_residual WHERE demand = d.id AND what = ?)",
                        residual.what(),
                        residual.count(),
                        erasure,
                        residual.what());
    }

    @Override
    public void forgetList(DemandId erasure) {
        Sql sql = changing.get();
        sql.update("DELETE FROM held WHERE demand = ?", erasure);
        sql.update("DELETE FROM held WHERE object IN (SELECT object FROM erasure_target WHERE demand = ?)", erasure);
        sql.update("DELETE FROM erasure_target WHERE demand = ?", erasure);
    }
}
