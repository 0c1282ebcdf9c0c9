package org.likeness.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.likeness.core.audit.Actor;
import org.likeness.core.collection.CollectionId;
import org.likeness.core.collection.Purpose;
import org.likeness.core.consent.Audience;
import org.likeness.core.person.PersonId;
import org.likeness.core.photo.Sha256;
import org.likeness.core.records.SearchesWriting;
import org.likeness.core.search.SearchAttempt;
import org.likeness.core.search.SearchId;
import org.likeness.core.template.ModelId;

/// The record of searches in SQL both databases understand. One thread at a time, inside a transaction.
final class SqlSearches implements SearchesWriting {
    private final Supplier<Sql> reading;
    private final Supplier<Sql> changing;

    /// @param changing refuses where nothing may be changed
    SqlSearches(Supplier<Sql> reading, Supplier<Sql> changing) {
        this.reading = reading;
        this.changing = changing;
    }

    private static SearchAttempt attempt(ResultSet row) throws SQLException {
        return new SearchAttempt(
                SearchId.parse(row.getString("id")),
                CollectionId.parse(row.getString("collection")),
                Purpose.valueOf(row.getString("purpose")),
                Optional.ofNullable(row.getString("person")).map(PersonId::parse),
                Optional.ofNullable(row.getString("audience")).map(Audience::parse),
                new Actor(row.getString("actor")),
                Optional.ofNullable(row.getString("probe_sha256")).map(Sha256::new),
                ModelId.parse(row.getString("model")),
                SearchAttempt.State.valueOf(row.getString("state")),
                Rows.instant(row, "started_at"),
                Rows.optionalInstant(row, "ended_at"));
    }

    @Override
    public long count(CollectionId collection) {
        return reading.get().count("SELECT COUNT(*) FROM search_attempt WHERE collection = ?", collection);
    }

    @Override
    public boolean wereAnswered(Actor actor) {
        return reading.get()
                .first(
                        "SELECT id FROM search_attempt WHERE actor = ? AND state = 'ANSWERED' LIMIT 1",
                        row -> row.getString(1),
                        actor.pseudonym())
                .isPresent();
    }

    @Override
    public Optional<SearchAttempt> attempt(SearchId id) {
        return reading.get().first("SELECT * FROM search_attempt WHERE id = ?", SqlSearches::attempt, id);
    }

    @Override
    public List<SearchAttempt> attempts(PersonId person, int limit) {
        return reading.get()
                .list(
                        "SELECT * FROM search_attempt WHERE person = ? OR id IN"
                                + " (SELECT search FROM face_decision WHERE person = ? AND verdict = 'IS')"
                                + " ORDER BY started_at DESC, id DESC LIMIT ?",
                        SqlSearches::attempt,
                        person,
                        person,
                        limit);
    }

    @Override
    public long ownAttempts(PersonId person, Instant since) {
        return reading.get()
                .count(
                        "SELECT COUNT(*) FROM search_attempt WHERE person = ? AND started_at > ?"
                                + " AND audience = 'myself' AND state <> 'REFUSED'",
                        person,
                        since);
    }

    @Override
    public void add(SearchAttempt attempt) {
        changing.get()
                .insert("search_attempt")
                .with("id", attempt.id())
                .with("collection", attempt.collection())
                .with("purpose", attempt.purpose())
                .with("person", attempt.person())
                .with("audience", attempt.audience().map(Audience::word))
                .with("actor", attempt.actor().pseudonym())
                .with("probe_sha256", attempt.probe())
                .with("model", attempt.model())
                .with("state", attempt.state())
                .with("started_at", attempt.startedAt())
                .with("ended_at", attempt.endedAt())
                .run();
    }

    @Override
    public void end(SearchId id, SearchAttempt.State state, Instant at) {
        changing.get()
                .update(
                        "UPDATE search_attempt SET state = ?, ended_at = ? WHERE id = ? AND state = 'OPEN'",
                        state,
                        at,
                        id);
    }
}
