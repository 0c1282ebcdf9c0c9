package org.likeness.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
    public Set<FaceId> notThem(PersonId person, Collection<FaceId> faces) {
        List<FaceId> asked = List.copyOf(new LinkedHashSet<>(faces));
        Set<FaceId> notThem = new HashSet<>();
        for (int from = 0; from < asked.size(); from += CHUNK) {
            List<FaceId> chunk = asked.subList(from, Math.min(asked.size(), from + CHUNK));
            Map<FaceId, Map<PersonId, Verdict>> last = new HashMap<>();
            reading.get()
                    .list(
                            "SELECT * FROM face_decision WHERE face IN (?" + ", ?".repeat(chunk.size() - 1)
                                    + ") ORDER BY seq",
                            SqlDecisions::decision,
                            new ArrayList<Object>(chunk).toArray())
                    .forEach(d -> {
                        Map<PersonId, Verdict> said = last.computeIfAbsent(d.face(), _ -> new HashMap<>());
                        if (d.verdict() == Verdict.OPEN) {
                            said.remove(d.person());
                        } else {
                            said.put(d.person(), d.verdict());
                        }
                    });
            last.forEach((face, verdicts) -> {
                Optional<Verdict> own = Optional.ofNullable(verdicts.get(person));
                if (own.orElse(verdicts.containsValue(Verdict.IS) ? Verdict.IS_NOT : Verdict.IS) == Verdict.IS_NOT) {
                    notThem.add(face);
                }
            });
        }
        return notThem;
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
