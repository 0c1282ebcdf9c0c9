package org.likeness.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.likeness.core.LikenessException;
import org.likeness.core.audit.Actor;
import org.likeness.core.photo.Photo;
import org.likeness.core.photo.PhotoFilter;
import org.likeness.core.photo.PhotoId;
import org.likeness.core.photo.PhotoState;
import org.likeness.core.records.SignalsWriting;
import org.likeness.core.signal.Effect;
import org.likeness.core.signal.Signal;
import org.likeness.core.signal.SignalKind;
import org.likeness.core.source.GrantId;

/// Signals and the states of photos. Both suppliers throw when they may not be used: the transaction is over, or no
/// audit entry follows.
final class SqlSignals implements SignalsWriting {
    private final Supplier<Sql> reading;
    private final Supplier<Sql> changing;

    SqlSignals(Supplier<Sql> reading, Supplier<Sql> changing) {
        this.reading = reading;
        this.changing = changing;
    }

    @Override
    public PhotoState state(PhotoId photo) {
        return reading.get()
                .first("SELECT state FROM photo WHERE id = ?", row -> PhotoState.valueOf(row.getString(1)), photo)
                .orElseThrow(() -> SqlReading.notFound("photo " + photo));
    }

    @Override
    public List<Kept> of(PhotoId photo) {
        return reading.get().list("SELECT * FROM signal WHERE photo = ? ORDER BY seq", SqlSignals::kept, photo);
    }

    private static Kept kept(ResultSet row) throws SQLException {
        Signal.State state = Signal.State.valueOf(row.getString("state"));
        return new Kept(
                new Signal(
                        SignalKind.valueOf(row.getString("kind")),
                        row.getString("value"),
                        Effect.valueOf(row.getString("effect"))),
                state,
                Rows.instant(row, "seen_at"),
                state == Signal.State.OBSERVED
                        ? Optional.empty()
                        : Optional.of(new Decision(
                                row.getString("decided_by"),
                                Rows.instant(row, "decided_at"),
                                Optional.ofNullable(row.getString("decided_grant"))
                                        .map(GrantId::parse))));
    }

    @Override
    public List<Photo> photos(PhotoFilter filter, Optional<PhotoId> after, int limit) {
        if (limit < 1) {
            throw new IllegalArgumentException("limit must be positive but is " + limit);
        }
        Where where = new Where(filter);
        where.and("id > ?", after.map(PhotoId::toString).orElse(""));
        where.parameters.add(limit);
        return reading.get()
                .list(
                        "SELECT * FROM photo WHERE " + where.text() + " ORDER BY id LIMIT ?",
                        Rows::photo,
                        where.parameters.toArray());
    }

    @Override
    public long count(PhotoFilter filter) {
        Where where = new Where(filter);
        return reading.get().count("SELECT COUNT(*) FROM photo WHERE " + where.text(), where.parameters.toArray());
    }

    /// The conditions of a filter and what fills them.
    private static final class Where {
        private final List<String> conditions = new ArrayList<>();
        private final List<Object> parameters = new ArrayList<>();

        private Where(PhotoFilter filter) {
            and("collection = ?", filter.collection());
            filter.source().ifPresent(source -> and("source = ?", source));
            filter.locationPrefix().ifPresent(prefix -> {
                and("substr(location, 1, " + prefix.codePointCount(0, prefix.length()) + ") = ?", prefix);
            });
            filter.importedFrom().ifPresent(from -> and("imported_at >= ?", from));
            filter.importedUntil().ifPresent(until -> and("imported_at < ?", until));
            filter.state().ifPresent(state -> {
                if (state != PhotoState.CLEARED) {
                    conditions.add("state <> 'CLEARED'"); // lets the database use the index of those kept out
                }
                and("state = ?", state);
            });
        }

        private void and(String condition, Object parameter) {
            conditions.add(condition);
            parameters.add(parameter);
        }

        private String text() {
            return String.join(" AND ", conditions);
        }
    }

    /// The log has no index over its text, so this reads it from the start: for one photo at a time.
    @Override
    public Optional<Actor> importedBy(PhotoId photo) {
        return reading.get()
                .first(
                        "SELECT entry, leaf_hash FROM audit_entry WHERE entry LIKE ? ORDER BY position LIMIT 1",
                        row -> Rows.auditEntry(row).actor(),
                        "%\"object\":\"" + photo + "\"%");
    }

    @Override
    public List<Signal> observe(PhotoId photo, List<Signal> signals, Instant at) {
        String collection = changing.get()
                .first("SELECT collection FROM photo WHERE id = ?", row -> row.getString(1), photo)
                .orElseThrow(() -> SqlReading.notFound("photo " + photo));
        List<Signal> fresh = new ArrayList<>();
        for (Signal signal : signals) {
            long known = changing.get()
                    .count(
                            "SELECT COUNT(*) FROM signal WHERE photo = ? AND kind = ? AND value = ?",
                            photo,
                            signal.kind(),
                            signal.value());
            if (known == 0) {
                changing.get()
                        .insert("signal")
                        .with("collection", collection)
                        .with("photo", photo)
                        .with("kind", signal.kind())
                        .with("value", signal.value())
                        .with("effect", signal.effect())
                        .with("state", Signal.State.OBSERVED)
                        .with("seen_at", at)
                        .run();
                fresh.add(signal);
            }
        }
        return List.copyOf(fresh);
    }

    @Override
    public boolean quarantine(PhotoId photo, List<Signal> signals, Instant at) {
        if (signals.stream().noneMatch(signal -> signal.effect() == Effect.QUARANTINE)) {
            throw new IllegalArgumentException("a photo is quarantined for a signal that keeps it out");
        }
        boolean news = observe(photo, signals, at).stream().anyMatch(signal -> signal.effect() == Effect.QUARANTINE);
        if (!news || state(photo) != PhotoState.CLEARED) {
            return false;
        }
        changing.get().update("DELETE FROM template WHERE face IN (SELECT id FROM face WHERE photo = ?)", photo);
        return changing.get().update("UPDATE photo SET state = ? WHERE id = ?", PhotoState.QUARANTINED, photo) == 1;
    }

    @Override
    public int overrule(PhotoId photo, Decision decision) {
        GrantId grant = decision.grant()
                .orElseThrow(() -> new IllegalArgumentException("a signal is overruled on a grant, so it needs one"));
        int changed = changing.get()
                .update(
                        "UPDATE photo SET state = ?, grant_id = ? WHERE id = ? AND state = ?",
                        PhotoState.CLEARED,
                        grant,
                        photo,
                        PhotoState.QUARANTINED);
        if (changed == 0) {
            throw notQuarantined(photo);
        }
        return decide(photo, Signal.State.OVERRULED, decision);
    }

    @Override
    public int uphold(PhotoId photo, Decision decision) {
        if (decision.grant().isPresent()) {
            throw new IllegalArgumentException("keeping a photo out needs no grant");
        }
        int changed = changing.get()
                .update(
                        "UPDATE photo SET state = ? WHERE id = ? AND state = ?",
                        PhotoState.UPHELD,
                        photo,
                        PhotoState.QUARANTINED);
        if (changed == 0) {
            throw notQuarantined(photo);
        }
        return decide(photo, Signal.State.UPHELD, decision);
    }

    private int decide(PhotoId photo, Signal.State state, Decision decision) {
        return changing.get()
                .update(
                        "UPDATE signal SET state = ?, decided_by = ?, decided_at = ?, decided_grant = ?"
                                + " WHERE photo = ? AND effect = ? AND state = ?",
                        state,
                        decision.by(),
                        decision.at(),
                        decision.grant().orElse(null),
                        photo,
                        Effect.QUARANTINE,
                        Signal.State.OBSERVED);
    }

    private static LikenessException notQuarantined(PhotoId photo) {
        return new LikenessException(
                        LikenessException.Kind.CONFLICT,
                        "photo " + photo + " is not in quarantine\nSee what is: likeness review list.")
                .called("quarantine.none");
    }

    @Override
    public long forget(PhotoId photo) {
        return changing.get().update("DELETE FROM signal WHERE photo = ?", photo);
    }
}
