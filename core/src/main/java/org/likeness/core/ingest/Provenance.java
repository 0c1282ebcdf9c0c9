package org.likeness.core.ingest;

import java.time.Clock;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import org.likeness.core.LikenessException;
import org.likeness.core.audit.Actor;
import org.likeness.core.audit.AuditEntry;
import org.likeness.core.audit.AuditEntry.Action;
import org.likeness.core.collection.Collection;
import org.likeness.core.collection.Profile;
import org.likeness.core.records.Records;
import org.likeness.core.source.Grant;
import org.likeness.core.source.GrantId;
import org.likeness.core.source.Source;
import org.likeness.core.source.SourceContact;
import org.likeness.core.source.SourceId;
import org.likeness.core.source.Use;

/// Finds or records the source and the grant that an import runs under. A household gets one of each without being
/// asked; everybody else must say where photos come from and who allowed it. Thread-safe.
public final class Provenance {
    /// The source a household's photos come from unless it says otherwise.
    public static final String HOUSEHOLD_SOURCE = "Our own photos";

    /// Who allowed a household's own photos.
    public static final String HOUSEHOLD_GRANTOR = "this household";

    private final Records records;
    private final Clock clock;

    public Provenance(Records records, Clock clock) {
        this.records = records;
        this.clock = clock;
    }

    /// The grant to import under.
    ///
    /// @param sourceName empty: the household's own source
    /// @param grantedBy who allowed it; empty: the source's active grant. A new name makes a new grant
    /// @throws LikenessException REFUSED when an event or archive names no source, when a source other
    ///     than the household's own has no active grant and nobody is named who gives one, or when a
    ///     source of this name, owner or contact said stop
    public Grant grantFor(Collection collection, Optional<String> sourceName, Optional<String> grantedBy, Actor actor) {
        Basis basis = basis(collection, sourceName, grantedBy);
        if (basis.active().isPresent()) {
            return basis.active().get();
        }
        Source source = basis.known().orElseGet(() -> addSource(collection, basis.name(), actor));
        return addGrant(source, basis.grantor().orElseThrow(), actor);
    }

    /// Says of what is still to come whether there will be a grant to import it under; records nothing.
    ///
    /// @throws LikenessException REFUSED as [#grantFor]
    public void requireGrant(Collection collection, Optional<String> sourceName, Optional<String> grantedBy) {
        Basis basis = basis(collection, sourceName, grantedBy);
        if (basis.known().isEmpty()) {
            records.read(tx -> Gate.requireUnmarked(tx, Gate.marks(basis.name(), SourceContact.NONE)));
        }
    }

    /// What there is to import under.
    ///
    /// @param grantor who gives a grant, where none is active
    private record Basis(String name, Optional<Source> known, Optional<Grant> active, Optional<String> grantor) {}

    private Basis basis(Collection collection, Optional<String> sourceName, Optional<String> grantedBy) {
        boolean household = collection.profile() == Profile.HOUSEHOLD;
        String name = sourceName
                .or(() -> household ? Optional.of(HOUSEHOLD_SOURCE) : Optional.empty())
                .orElseThrow(() -> refused(collection, "needs a source", "--source NAME --granted-by WHO"));
        Optional<Source> known = records.read(tx -> tx.source(collection.id(), name));
        known.ifPresent(source -> {
            Gate.requireCleared(source);
            records.read(tx -> Gate.requireUnmarked(tx, Gate.marks(tx, source)));
        });
        Optional<Grant> active = known.flatMap(source -> active(source, grantedBy));
        Optional<String> grantor = grantedBy.or(
                () -> household && name.equals(HOUSEHOLD_SOURCE) ? Optional.of(HOUSEHOLD_GRANTOR) : Optional.empty());
        if (active.isEmpty() && grantor.isEmpty()) {
            throw refused(collection, "needs somebody who allowed the photos", "--granted-by WHO");
        }
        return new Basis(name, known, active, grantor);
    }

    private Optional<Grant> active(Source source, Optional<String> grantedBy) {
        Instant now = clock.instant();
        return records.read(tx -> tx.grants(source.id())).stream()
                .filter(grant -> grant.allows(Use.STORE, now))
                .filter(grant -> grantedBy.map(grant.grantedBy()::equals).orElse(true))
                .findFirst();
    }

    private Source addSource(Collection collection, String name, Actor actor) {
        Source source = new Source(SourceId.next(), collection.id(), name, clock.instant());
        return records.change(tx -> {
            Gate.requireUnmarked(tx, Gate.marks(name, SourceContact.NONE));
            tx.add(source);
            return new Records.Changed<>(
                    source,
                    AuditEntry.of(
                            source.createdAt(),
                            actor,
                            Action.SOURCE_ADDED,
                            source.id().value(),
                            collection.id()));
        });
    }

    private Grant addGrant(Source source, String grantor, Actor actor) {
        Instant now = clock.instant();
        Grant grant = new Grant(
                GrantId.next(),
                source.id(),
                grantor,
                EnumSet.of(Use.STORE, Use.FACE_SEARCH),
                now,
                Optional.empty(),
                Optional.empty());
        return records.change(tx -> {
            tx.add(grant);
            return new Records.Changed<>(
                    grant,
                    AuditEntry.of(now, actor, Action.GRANT_GIVEN, grant.id().value(), source.collection()));
        });
    }

    private static LikenessException refused(Collection collection, String need, String flags) {
        return new LikenessException(
                        LikenessException.Kind.REFUSED,
                        "an import into a collection with profile "
                                + collection.profile().word() + " " + need
                                + "\nSay where the photos come from and who allowed their use: " + flags + ".")
                .called("import.provenance");
    }
}
