package org.likeness.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.likeness.core.audit.Actor;
import org.likeness.core.collection.CollectionId;
import org.likeness.core.ingest.Choosing;
import org.likeness.core.ingest.FileOutcome;
import org.likeness.core.ingest.ImportId;
import org.likeness.core.ingest.ImportRun;
import org.likeness.core.photo.Photo;
import org.likeness.core.photo.PhotoArea;
import org.likeness.core.photo.PhotoId;
import org.likeness.core.photo.Place;
import org.likeness.core.photo.TimelineFilter;
import org.likeness.core.photo.TimelineLayout;
import org.likeness.core.photo.TimelineLayout.Month;
import org.likeness.core.photo.TimelinePhoto;
import org.likeness.core.photo.TimelinePosition;
import org.likeness.core.records.TimelineReading;
import org.likeness.core.source.GrantId;

/// The order in which people look at photos, in SQL both databases understand. One thread at a
/// time, inside a
/// transaction.
final class SqlTimeline implements TimelineReading {
    /// What the index of the order holds, so that a whole collection is read from it alone.
    private static final String SHAPES = "SELECT p.id, p.width, p.height, p.sort_at FROM photo p WHERE ";

    private static final String PHOTOS = "SELECT p.id, p.width, p.height, p.sort_at, p.taken_at FROM photo p WHERE ";

    /// The grants of a collection that allow to keep nothing at an instant.
    private static final String NOT_IN_FORCE = "SELECT id FROM permission_grant WHERE collection = ? AND NOT"
            + " (stopped = 0 AND allows_store = 1 AND starts_at <= ? AND (ends_at IS NULL OR ends_at > ?)"
            + " AND (ended_at IS NULL OR ended_at > ?))";

    private final Supplier<Sql> reading;
    private final Instant now;
    private final Function<CollectionId, Optional<Instant>> photosOver;

    /// @param photosOver the last import of a collection whose time is over
    SqlTimeline(Supplier<Sql> reading, Instant now, Function<CollectionId, Optional<Instant>> photosOver) {
        this.reading = reading;
        this.now = now;
        this.photosOver = photosOver;
    }

    /// What a photo is sorted by.
    static String sortKey(Photo photo) {
        return photo.takenAt()
                .orElseGet(() -> LocalDateTime.ofInstant(photo.importedAt(), ZoneOffset.UTC)
                        .truncatedTo(ChronoUnit.SECONDS))
                .toString();
    }

    private static TimelinePhoto photo(ResultSet row) throws SQLException {
        return new TimelinePhoto(
                PhotoId.parse(row.getString(1)),
                row.getInt(2),
                row.getInt(3),
                LocalDateTime.parse(row.getString(4)),
                row.getString(5) != null);
    }

    private static TimelinePosition position(ResultSet row) throws SQLException {
        return new TimelinePosition(LocalDateTime.parse(row.getString(4)), PhotoId.parse(row.getString(1)));
    }

    /// The condition of a filter, with its parameters.
    private record Condition(StringBuilder sql, List<Object> parameters) {
        Condition and(String more, Object... values) {
            sql.append(" AND ").append(more);
            parameters.addAll(List.of(values));
            return this;
        }
    }

    private Condition condition(TimelineFilter filter) {
        Condition condition =
                new Condition(new StringBuilder("p.collection = ? AND p.state = 'CLEARED'"), new ArrayList<>());
        condition.parameters().add(filter.collection());
        filter.source().ifPresent(source -> condition.and("p.source = ?", source));
        filter.from().ifPresent(day -> condition.and("p.sort_at >= ?", day.toString()));
        // After every time of that day and before the next one, as text.
        filter.until().ifPresent(day -> condition.and("p.sort_at < ?", day + "T24"));
        filter.region().ifPresent(region -> {
            Place southWest = region.southWest();
            Place northEast = region.northEast();
            condition.and("p.latitude BETWEEN ? AND ?", southWest.latitude(), northEast.latitude());
            condition.and(
                    region.crossesDateLine()
                            ? "(p.longitude >= ? OR p.longitude <= ?)"
                            : "p.longitude >= ? AND p.longitude <= ?",
                    southWest.longitude(),
                    northEast.longitude());
        });
        // Hardly ever is anything held, and a source still less often, whose rows would have to be read.
        if (any("SELECT 1 FROM held")) {
            condition.and("p.id NOT IN (SELECT object FROM held)");
            condition.and("NOT EXISTS (SELECT 1 FROM held WHERE object = ?)", filter.collection());
        }
        if (any("SELECT 1 FROM held h JOIN source s ON s.id = h.object")) {
            condition.and("p.source NOT IN (SELECT object FROM held)");
        }
        Object[] grants = {filter.collection(), now, now, now};
        if (reading.get()
                .first(NOT_IN_FORCE + " LIMIT 1", row -> row.getString(1), grants)
                .isPresent()) {
            condition.and("p.grant_id NOT IN (" + NOT_IN_FORCE + ")", grants);
        }
        photosOver.apply(filter.collection()).ifPresent(over -> condition.and("p.imported_at > ?", over));
        return condition;
    }

    private boolean any(String query) {
        return reading.get()
                .first(query + " LIMIT 1", row -> row.getInt(1), new Object[0])
                .isPresent();
    }

    private List<TimelinePhoto> list(Condition condition, String order, int limit) {
        condition.parameters().add(limit);
        return reading.get()
                .list(
                        PHOTOS + condition.sql() + " ORDER BY p.sort_at " + order + ", p.id " + order + " LIMIT ?",
                        SqlTimeline::photo,
                        condition.parameters().toArray());
    }

    @Override
    public List<TimelinePhoto> page(TimelineFilter filter, Optional<TimelinePosition> from, int limit) {
        Condition condition = condition(filter);
        from.ifPresent(position ->
                condition.and("(p.sort_at, p.id) <= (?, ?)", position.at().toString(), position.id()));
        return list(condition, "DESC", limit);
    }

    @Override
    public TimelineLayout layout(TimelineFilter filter) {
        Condition condition = condition(filter);
        Collecting all = new Collecting();
        reading.get()
                .list(
                        SHAPES + condition.sql() + " ORDER BY p.sort_at DESC, p.id DESC",
                        row -> {
                            all.add(row);
                            return Boolean.TRUE;
                        },
                        condition.parameters().toArray());
        return all.layout();
    }

    /// Counts while the rows go by.
    private static final class Collecting {
        private final List<Month> months = new ArrayList<>();
        private final List<TimelinePosition> starts = new ArrayList<>();
        private byte[] shapes = new byte[1024];
        private int photos;
        private String month = "";
        private int ofMonth;

        void add(ResultSet row) throws SQLException {
            String at = row.getString(4);
            if (photos % TimelineLayout.PAGE == 0) {
                starts.add(position(row));
            }
            if (photos == shapes.length) {
                shapes = java.util.Arrays.copyOf(shapes, 2 * photos);
            }
            shapes[photos++] = TimelineLayout.shape(row.getInt(2), row.getInt(3));
            if (!at.startsWith(month) || month.isEmpty()) {
                endMonth();
                month = at.substring(0, at.indexOf('-', 1) + 3);
            }
            ofMonth++;
        }

        private void endMonth() {
            if (ofMonth > 0) {
                months.add(new Month(YearMonth.parse(month), ofMonth));
                ofMonth = 0;
            }
        }

        TimelineLayout layout() {
            endMonth();
            return new TimelineLayout(months, java.util.Arrays.copyOf(shapes, photos), starts);
        }
    }

    @Override
    public boolean shows(Photo photo) {
        Condition condition = condition(TimelineFilter.all(photo.collection())).and("p.id = ?", photo.id());
        return !reading.get()
                .list(
                        SHAPES + condition.sql(),
                        SqlTimeline::position,
                        condition.parameters().toArray())
                .isEmpty();
    }

    @Override
    public List<PhotoArea> areas(TimelineFilter filter, int limit) {
        Condition condition = condition(filter).and("p.latitude IS NOT NULL");
        String side = Double.toString(PhotoArea.DEGREES);
        condition.parameters().add(limit);
        return reading.get()
                .list(
                        "SELECT a.r, a.c, AVG(a.latitude), AVG(a.longitude), COUNT(*) FROM (SELECT FLOOR((p.latitude"
                                + " + 90) / " + side + ") AS r, FLOOR((p.longitude + 180) / " + side + ") AS c,"
                                + " p.latitude, p.longitude FROM photo p WHERE " + condition.sql()
                                + ") a GROUP BY a.r, a.c ORDER BY COUNT(*) DESC, a.r, a.c LIMIT ?",
                        row -> PhotoArea.at(
                                row.getInt(1),
                                row.getInt(2),
                                new Place(row.getDouble(3), row.getDouble(4)),
                                row.getInt(5)),
                        condition.parameters().toArray());
    }

    @Override
    public Optional<Place> placeOf(PhotoId photo) {
        return reading.get()
                .first(
                        "SELECT latitude, longitude FROM photo WHERE id = ? AND latitude IS NOT NULL",
                        row -> new Place(row.getDouble(1), row.getDouble(2)),
                        photo);
    }

    @Override
    public TimelinePosition positionOf(PhotoId photo) {
        return reading.get()
                .first(SHAPES + "p.id = ?", SqlTimeline::position, photo)
                .orElseThrow(() -> SqlReading.notFound("photo " + photo));
    }

    @Override
    public Optional<TimelinePhoto> newer(TimelineFilter filter, TimelinePosition than) {
        return list(
                        condition(filter)
                                .and("(p.sort_at, p.id) > (?, ?)", than.at().toString(), than.id()),
                        "ASC",
                        1)
                .stream()
                .findFirst();
    }

    @Override
    public Optional<TimelinePhoto> older(TimelineFilter filter, TimelinePosition than) {
        return list(
                        condition(filter)
                                .and("(p.sort_at, p.id) < (?, ?)", than.at().toString(), than.id()),
                        "DESC",
                        1)
                .stream()
                .findFirst();
    }

    @Override
    public List<ImportRun> imports(CollectionId collection, Optional<ImportId> after, int limit) {
        return after.isPresent()
                ? reading.get()
                        .list(
                                "SELECT * FROM import_run WHERE collection = ? AND id < ? ORDER BY id DESC LIMIT ?",
                                Rows::importRun,
                                collection,
                                after.get(),
                                limit)
                : reading.get()
                        .list(
                                "SELECT * FROM import_run WHERE collection = ? ORDER BY id DESC LIMIT ?",
                                Rows::importRun,
                                collection,
                                limit);
    }

    @Override
    public Optional<ImportRun> importOf(PhotoId photo) {
        return reading.get()
                .first(
                        "SELECT r.* FROM file_outcome o JOIN import_run r ON r.id = o.run WHERE o.photo = ?"
                                + " AND o.result IN ('IMPORTED', 'QUARANTINED') ORDER BY o.seq LIMIT 1",
                        Rows::importRun,
                        photo);
    }

    @Override
    public Optional<ImportRun> importOf(GrantId grant, Choosing choosing) {
        return reading.get()
                .first(
                        "SELECT * FROM import_run WHERE grant_id = ? AND choosing = ?",
                        Rows::importRun,
                        grant,
                        choosing);
    }

    /// The log has no index over its text, so this reads it from the start: for one import at a time.
    @Override
    public Optional<Actor> startedBy(ImportId run) {
        return reading.get()
                .first(
                        "SELECT entry, leaf_hash FROM audit_entry WHERE entry LIKE ? ORDER BY position LIMIT 1",
                        row -> Rows.auditEntry(row).actor(),
                        "%\"object\":\"" + run + "\"%");
    }

    @Override
    public Map<FileOutcome.Result, Long> totals(ImportId run) {
        Map<FileOutcome.Result, Long> totals = new EnumMap<>(FileOutcome.Result.class);
        reading.get()
                .each(
                        "SELECT result, COUNT(*) FROM file_outcome WHERE run = ? GROUP BY result",
                        row -> totals.put(FileOutcome.Result.valueOf(row.getString(1)), row.getLong(2)),
                        run);
        return Map.copyOf(totals);
    }

    @Override
    public List<Ended> ended(ImportId run, FileOutcome.Result result, long afterSequence, int limit) {
        return reading.get()
                .list(
                        "SELECT * FROM file_outcome WHERE run = ? AND result = ? AND seq > ? ORDER BY seq LIMIT ?",
                        row -> new Ended(row.getLong("seq"), Rows.outcome(row)),
                        run,
                        result,
                        afterSequence,
                        limit);
    }

    @Override
    public Size size(CollectionId collection) {
        return reading.get()
                .first(
                        "SELECT COUNT(*), COALESCE(SUM(CASE WHEN storage = 'COPY' THEN size_bytes ELSE 0 END), 0)"
                                + " FROM photo WHERE collection = ?",
                        row -> new Size(row.getLong(1), row.getLong(2)),
                        collection)
                .orElseThrow();
    }
}
