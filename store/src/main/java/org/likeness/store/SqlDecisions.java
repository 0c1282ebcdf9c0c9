package org.likeness.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.likeness.core.audit.Actor;
import org.likeness.core.collection.CollectionId;
import org.likeness.core.person.PersonId;
import org.likeness.core.photo.FaceId;
import org.likeness.core.records.DecisionsWriting;
import org.likeness.core.search.FaceDecision;
import org.likeness.core.search.FaceDecision.Verdict;
import org.likeness.core.search.SearchId;

/// People's decisions on faces in SQL both databases understand. One thread at a time, inside a transaction.
final class SqlDecisions implements DecisionsWriting {
    /// Ids in one IN list.
    private static final int CHUNK = 500;

    private final Supplier<Sql> reading;
    private final Supplier<Sql> changing;

    /// @param changing refuses where nothing may be changed
    SqlDecisions(Supplier<Sql> reading, Supplier<Sql> changing) {
        this.reading = reading;
        this.changing = changing;
    }

    private static FaceDecision decision(ResultSet row) throws SQLException {
        return new FaceDecision(
                UUID.fromString(row.getString("id")),
                CollectionId.parse(row.getString("collection")),
                FaceId.parse(row.getString("face")),
                PersonId.parse(row.getString("person")),
                Verdict.valueOf(row.getString("verdict")),
                Optional.ofNullable(row.getString("search")).map(SearchId::parse),
                new Actor(row.getString("actor")),
                Rows.instant(row, "at"));
    }

    private List<FaceDecision> where(String column, Object value) {
        return reading.get()
                .list(
                        "SELECT * FROM face_decision WHERE " + column + " = ? ORDER BY seq",
                        SqlDecisions::decision,
                        value);
    }

    @Override
    public long count(CollectionId collection) {
        return reading.get().count("SELECT COUNT(*) FROM face_decision WHERE collection = ?", collection);
    }

    @Override
    public List<FaceDecision> decisions(FaceId face) {
        return where("face", face);
    }

    @Override
    public List<FaceDecision> decisions(PersonId person) {
        return where("person", person);
    }

    @Override
    public List<FaceDecision> decisions(SearchId search) {
        return where("search", search);
    }

    @Override
    public List<FaceDecision> decisions(Collection<FaceId> faces) {
        List<FaceId> asked = List.copyOf(new LinkedHashSet<>(faces));
        List<FaceDecision> found = new ArrayList<>();
        for (int from = 0; from < asked.size(); from += CHUNK) { // those of one face are in one piece
            List<FaceId> chunk = asked.subList(from, Math.min(asked.size(), from + CHUNK));
            found.addAll(reading.get()
                    .list(
                            "SELECT * FROM face_decision WHERE face IN (?" + ", ?".repeat(chunk.size() - 1)
                                    + ") ORDER BY seq",
                            SqlDecisions::decision,
                            new ArrayList<Object>(chunk).toArray()));
        }
        return found;
    }

    @Override
    public void add(FaceDecision decision) {
        changing.get()
                .insert("face_decision")
                .with("id", decision.id())
                .with("collection", decision.collection())
                .with("face", decision.face())
                .with("person", decision.person())
                .with("verdict", decision.verdict())
                .with("search", decision.search())
                .with("actor", decision.actor().pseudonym())
                .with("at", decision.at())
                .run();
    }
}
