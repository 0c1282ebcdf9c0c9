package org.likeness.store;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.likeness.core.demand.Holdings;
import org.likeness.core.person.PersonId;
import org.likeness.core.photo.Face;
import org.likeness.core.photo.Photo;
import org.likeness.core.photo.PhotoId;
import org.likeness.core.records.HoldingsReading;
import org.likeness.core.records.ReadTransaction;
import org.likeness.core.source.Source;

/// What is held on one person, in SQL both databases understand. One thread at a time, inside a
/// transaction.
final class SqlHoldings implements HoldingsReading {
    /// The faces whose last decision about a person says they are theirs.
    private static final String SAID = "SELECT d.face FROM face_decision d WHERE d.person = ? AND d.verdict = 'IS'"
            + " AND NOT EXISTS (SELECT 1 FROM face_decision l WHERE l.face = d.face AND l.person = d.person"
            + " AND l.seq > d.seq)";

    /// The faces in the answers of searches for a person, but those of which it was said that they are
    /// not theirs.
    private static final String FOUND = "SELECT c.face FROM search_attempt a JOIN search_candidate c ON c.search = a.id"
            + " WHERE a.person = ? AND NOT EXISTS (SELECT 1 FROM face_decision d WHERE d.face = c.face"
            + " AND d.person = a.person AND d.verdict = 'IS_NOT' AND NOT EXISTS (SELECT 1 FROM face_decision l"
            + " WHERE l.face = d.face AND l.person = d.person AND l.seq > d.seq))";

    private final SqlReading tx;

    SqlHoldings(SqlReading tx) {
        this.tx = tx;
    }

    private Sql sql() {
        return tx.sql();
    }

    @Override
    public List<Holdings.Reference> references(PersonId person) {
        return sql().list(
                        "SELECT id, model, created_at, expires_at FROM person_reference WHERE person = ? ORDER BY seq",
                        row -> new Holdings.Reference(
                                UUID.fromString(row.getString("id")),
                                row.getString("model"),
                                Rows.instant(row, "created_at"),
                                Rows.instant(row, "expires_at")),
                        person);
    }

    @Override
    public List<Holdings.Decision> decisions(PersonId person) {
        return sql().list(
                        "SELECT face, verdict, actor, at FROM face_decision WHERE person = ? ORDER BY seq",
                        row -> new Holdings.Decision(
                                UUID.fromString(row.getString("face")),
                                Holdings.Said.valueOf(row.getString("verdict")),
                                row.getString("actor"),
                                Rows.instant(row, "at")),
                        person);
    }

    @Override
    public List<Holdings.Shown> photos(PersonId person) {
        Map<PhotoId, List<Face>> faces = new LinkedHashMap<>();
        for (Face face : sql().list(
                        "SELECT * FROM face WHERE id IN (" + SAID + ") OR id IN (" + FOUND + ") ORDER BY photo, id",
                        Rows::face,
                        person,
                        person)) {
            faces.computeIfAbsent(face.photo(), _ -> new ArrayList<>()).add(face);
        }
        List<Holdings.Shown> shown = new ArrayList<>();
        faces.forEach((photo, own) -> shown.add(shown(tx.photo(photo).orElseThrow(), own)));
        return shown;
    }

    private Holdings.Shown shown(Photo photo, List<Face> faces) {
        Source source = ((ReadTransaction) tx).sources().source(photo.source()).orElseThrow();
        return new Holdings.Shown(photo, faces, source, tx.grant(photo.grant()).orElseThrow());
    }

    @Override
    public List<Holdings.Use> searches(PersonId person) {
        List<Holdings.Use> uses = new ArrayList<>(sql().list(
                        "SELECT a.id, a.purpose, a.audience, a.actor, a.started_at, a.state,"
                                + " (SELECT COUNT(*) FROM search_candidate c WHERE c.search = a.id) AS returned"
                                + " FROM search_attempt a WHERE a.person = ?",
                        row -> new Holdings.Use(
                                UUID.fromString(row.getString("id")),
                                true,
                                row.getString("purpose"),
                                Optional.ofNullable(row.getString("audience")),
                                row.getString("actor"),
                                Rows.instant(row, "started_at"),
                                row.getString("state"),
                                row.getLong("returned")),
                        person));
        uses.addAll(sql().list(
                        "SELECT s.id, s.purpose, s.actor, s.started_at, COUNT(*) AS returned FROM search s"
                                + " JOIN search_candidate c ON c.search = s.id WHERE c.face IN (" + SAID + ")"
                                + " AND NOT EXISTS (SELECT 1 FROM search_attempt a WHERE a.id = s.id AND a.person = ?)"
                                + " GROUP BY s.id, s.purpose, s.actor, s.started_at",
                        row -> new Holdings.Use(
                                UUID.fromString(row.getString("id")),
                                false,
                                row.getString("purpose"),
                                Optional.empty(),
                                row.getString("actor"),
                                Rows.instant(row, "started_at"),
                                "ANSWERED",
                                row.getLong("returned")),
                        person,
                        person));
        uses.sort(java.util.Comparator.comparing(Holdings.Use::at).thenComparing(Holdings.Use::search));
        return uses;
    }
}
