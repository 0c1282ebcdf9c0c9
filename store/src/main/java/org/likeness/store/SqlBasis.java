package org.likeness.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Period;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.likeness.core.LikenessException;
import org.likeness.core.collection.Assessment;
import org.likeness.core.collection.Basis;
import org.likeness.core.collection.CollectionId;
import org.likeness.core.collection.LawfulBasis;
import org.likeness.core.collection.Purpose;
import org.likeness.core.collection.Retention;
import org.likeness.core.collection.SpecialCondition;
import org.likeness.core.records.BasisWriting;

/// What collections rest on, in SQL both databases understand. One thread at a time, inside a
/// transaction.
final class SqlBasis implements BasisWriting {
    private final Supplier<Sql> reading;
    private final Supplier<Sql> changing;

    /// @param changing refuses where nothing may be changed
    SqlBasis(Supplier<Sql> reading, Supplier<Sql> changing) {
        this.reading = reading;
        this.changing = changing;
    }

    @Override
    public Optional<Basis> inForce(CollectionId collection) {
        return reading.get()
                .first(
                        "SELECT * FROM basis WHERE collection = ? ORDER BY version DESC LIMIT 1",
                        SqlBasis::basis,
                        collection);
    }

    @Override
    public List<Basis> versions(CollectionId collection) {
        return reading.get()
                .list("SELECT * FROM basis WHERE collection = ? ORDER BY version", SqlBasis::basis, collection);
    }

    @Override
    public int materialVersion(CollectionId collection) {
        return Math.toIntExact(reading.get()
                .count(
                        "SELECT COALESCE(MAX(version), 0) FROM basis WHERE collection = ? AND material = 1",
                        collection));
    }

    private static Basis basis(ResultSet row) throws SQLException {
        return new Basis(
                CollectionId.parse(row.getString("collection")),
                Math.toIntExact(row.getLong("version")),
                row.getLong("material") == 1,
                Rows.instant(row, "recorded_at"),
                row.getString("controller"),
                LawfulBasis.valueOf(row.getString("lawful_basis")),
                SpecialCondition.valueOf(row.getString("special_condition")),
                Arrays.stream(row.getString("purposes").split(" ", -1))
                        .map(Purpose::valueOf)
                        .collect(Collectors.toSet()),
                new Retention(
                        Period.parse(row.getString("photos_kept")),
                        Period.parse(row.getString("templates_kept")),
                        Period.parse(row.getString("inactivity")),
                        Rows.optionalInstant(row, "purpose_ends_at")),
                Math.toIntExact(row.getLong("notice_version")),
                row.getString("alternative"),
                new Assessment(
                        Assessment.Decision.valueOf(row.getString("assessment")), row.getString("assessment_reason")));
    }

    @Override
    public void add(Basis basis) {
        Sql sql = changing.get();
        long notices = sql.count(
                "SELECT COUNT(*) FROM notice WHERE collection = ? AND version = ?",
                basis.collection(),
                basis.noticeVersion());
        if (notices == 0) {
            throw new LikenessException(
                            LikenessException.Kind.BAD_INPUT,
                            "notice " + basis.noticeVersion() + " was not published for this collection"
                                    + "\nPublish it first: likeness notice publish.")
                    .called("notice.none");
        }
        sql.insert("basis")
                .with("collection", basis.collection())
                .with("version", basis.version())
                .with("material", basis.material())
                .with("recorded_at", basis.recordedAt())
                .with("controller", basis.controller())
                .with("lawful_basis", basis.lawfulBasis())
                .with("special_condition", basis.condition())
                .with("purposes", basis.purposes().stream().map(Purpose::name).collect(Collectors.joining(" ")))
                .with("photos_kept", basis.retention().photos())
                .with("templates_kept", basis.retention().templates())
                .with("inactivity", basis.retention().inactivity())
                .with("purpose_ends_at", basis.retention().purposeEndsAt())
                .with("notice_version", basis.noticeVersion())
                .with("alternative", basis.alternative())
                .with("assessment", basis.assessment().decision())
                .with("assessment_reason", basis.assessment().reason())
                .run();
    }
}
