package org.likeness.core.rights;

import java.time.Clock;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.likeness.core.LikenessException;
import org.likeness.core.audit.Actor;
import org.likeness.core.audit.AuditEntry;
import org.likeness.core.audit.AuditEntry.Action;
import org.likeness.core.collection.CollectionId;
import org.likeness.core.consent.Notice;
import org.likeness.core.ingest.Gate;
import org.likeness.core.photo.PhotoFilter;
import org.likeness.core.photo.Sha256;
import org.likeness.core.records.ReadTransaction;
import org.likeness.core.records.Records;
import org.likeness.core.records.WriteTransaction;
import org.likeness.core.source.Capacity;
import org.likeness.core.source.Grant;
import org.likeness.core.source.GrantId;
import org.likeness.core.source.Source;
import org.likeness.core.source.SourceContact;
import org.likeness.core.source.SourceId;
import org.likeness.core.source.SourceMark;
import org.likeness.core.source.SourceState;
import org.likeness.core.source.Use;

/// Where sources are named and their grants given, ended and succeeded. A grant never changes.
/// Thread-safe.
public final class SourceDesk {
    private final Records records;
    private final Clock clock;
    private final Actor actor;

    public SourceDesk(Records records, Clock clock, Actor actor) {
        this.records = records;
        this.clock = clock;
        this.actor = actor;
    }

    /// What somebody grants.
    ///
    /// @param grantedBy who, in words, 1 to 200 characters
    /// @param endsAt when it ends by itself; empty: when it is ended
    /// @param evidence of the file that proves it
    public record Terms(
            String grantedBy, Capacity capacity, Set<Use> uses, Optional<Instant> endsAt, Optional<Sha256> evidence) {
        public Terms {
            uses = Set.copyOf(uses);
        }

        /// Names somebody, so it is not printed.
        @Override
        public String toString() {
            return "Terms[" + capacity + " " + uses + "]";
        }
    }

    /// A source and everything it is held by.
    ///
    /// @param grants newest first
    /// @param photos how many are held of it
    public record Held(Source source, SourceContact contact, List<Grant> grants, long photos) {
        public Held {
            grants = List.copyOf(grants);
        }

        @Override
        public String toString() {
            return "Held[" + source.id() + "]";
        }
    }

    /// Names a source and records its first grant. A source that has no grant yet gets it now.
    ///
    /// @throws LikenessException CONFLICT when it has one already; REFUSED when a source that goes by
    ///     this name, owner or contact said stop; BAD_INPUT when the terms cannot be used
    public Held add(CollectionId collection, String name, SourceContact contact, Terms terms) {
        Instant now = clock.instant();
        Source source = new Source(SourceId.next(), collection, name, now);
        check(terms, now); // so that wrong terms leave no source behind
        Optional<Source> known = records.read(tx -> tx.source(collection, name));
        if (known.isPresent()
                && (known.get().state() != source.state()
                        || !grants(known.get()).isEmpty())) {
            throw new LikenessException(
                            LikenessException.Kind.CONFLICT,
                            "the collection has a source of this name already"
                                    + "\nGive it another grant with: likeness source grant give,"
                                    + " or choose another name.")
                    .called("source.known");
        }
        Source named = known.orElseGet(() -> records.change(tx -> {
            Gate.requireUnmarked(tx, Gate.marks(name, contact));
            tx.add(source);
            tx.sources().keep(source.id(), contact);
            return new Records.Changed<>(
                    source,
                    AuditEntry.of(now, actor, Action.SOURCE_ADDED, source.id().value(), collection));
        }));
        give(named, terms);
        return held(named.id());
    }

    private List<Grant> grants(Source source) {
        return records.read(tx -> tx.grants(source.id()));
    }

    /// Records a further grant of a source; those it has stay.
    ///
    /// @throws LikenessException REFUSED when the source said stop; BAD_INPUT when the terms cannot be
    ///     used
    public Grant give(Source source, Terms terms) {
        Instant now = clock.instant();
        return records.change(tx -> {
            Gate.requireCleared(source(tx, source.id()));
            Grant grant = noticed(tx, source.collection(), grant(source.id(), terms, now, Optional.empty()));
            tx.add(grant);
            return new Records.Changed<>(
                    grant,
                    AuditEntry.of(now, actor, Action.GRANT_GIVEN, grant.id().value(), source.collection()));
        });
    }

    /// Ends a grant: nothing held under it is used from this moment on.
    ///
    /// @throws LikenessException NOT_FOUND when there is no such grant; CONFLICT when it has ended
    ///     already
    public Grant end(GrantId id) {
        Instant now = clock.instant();
        return records.change(tx -> {
            Grant grant = grant(tx, id);
            Source source = source(tx, grant.source());
            tx.sources().end(id, now);
            return new Records.Changed<>(
                    grant(tx, id), AuditEntry.of(now, actor, Action.GRANT_ENDED, id.value(), source.collection()));
        });
    }

    /// A new grant together with how many photos are now held under it.
    public record Succeeded(Grant grant, long photos) {}

    /// Puts a new grant in the place of one of the same source: the old one ends, if it has not, and
    /// what was held under it is held under the new one, with the uses and the term of that.
    ///
    /// @throws LikenessException NOT_FOUND when there is no such grant; CONFLICT when it was succeeded
    ///     before; REFUSED when the source said stop, or the new grant does not allow storing
    public Succeeded succeed(GrantId before, Terms terms) {
        Instant now = clock.instant();
        return records.change(tx -> {
            Grant old = grant(tx, before);
            Source source = source(tx, old.source());
            Gate.requireCleared(source);
            if (tx.grants(source.id()).stream()
                    .anyMatch(grant -> grant.backing().succeeds().equals(Optional.of(before)))) {
                throw new LikenessException(
                                LikenessException.Kind.CONFLICT,
                                "grant " + before
                                        + " was succeeded already\nSucceed the newest: likeness source show NAME.")
                        .called("grant.succeeded");
            }
            if (!terms.uses().contains(Use.STORE)) {
                throw LedgerReader.refused("a grant that takes over photos must allow storing them"
                                + "\nIf they may not be stored any more, end the grant: likeness source grant end.")
                        .called("grant.no-store");
            }
            Grant grant = noticed(tx, source.collection(), grant(source.id(), terms, now, Optional.of(before)));
            if (old.endedAt().isEmpty()) {
                tx.sources().end(before, now);
            }
            tx.add(grant);
            long photos = tx.sources().succeed(before, grant.id());
            AuditEntry entry =
                    AuditEntry.of(now, actor, Action.GRANT_SUCCEEDED, grant.id().value(), source.collection());
            return new Records.Changed<>(new Succeeded(grant, photos), entry.withCount(photos));
        });
    }

    /// Stops a source, whoever asks for it and before anybody argues: from the transaction that
    /// records it on, nothing of it is imported, compared or shown, and what was held of it is blocked
    /// in every collection. What is held goes with the next purge, see [PurgeDesk].
    ///
    /// @return how many photos are held of it and will be deleted
    /// @throws LikenessException NOT_FOUND when there is no such source; CONFLICT when it said stop
    ///     before
    public long stop(SourceId id) {
        return records.change(tx -> {
            Instant now = clock.instant();
            Source source = source(tx, id);
            long photos = tx.sources().stop(id, Gate.marks(tx, source), now);
            Stops.record(tx, source, now);
            AuditEntry entry = AuditEntry.of(now, actor, Action.SOURCE_STOPPED, id.value(), source.collection());
            return new Records.Changed<>(photos, entry.withCount(photos));
        });
    }

    /// The sources that go by the name, owner or contact of one, in every collection: evidence that
    /// they are its photos too. When it said stop, nothing more is imported into them.
    public List<Source> alike(SourceId id) {
        return records.read(tx -> {
            Set<SourceMark> marks = Gate.marks(tx, source(tx, id));
            return tx.collections().stream()
                    .flatMap(collection -> tx.sources(collection.id()).stream())
                    .filter(other -> !other.id().equals(id) && other.state() == SourceState.CLEARED)
                    .filter(other -> !Collections.disjoint(marks, Gate.marks(tx, other)))
                    .toList();
        });
    }

    /// Lifts the stop of a source on a new grant that the source itself gives in writing.
    ///
    /// @throws LikenessException CONFLICT when it did not say stop; REFUSED when the grant is not the
    ///     owner's, there is no evidence of it, or it is given by somebody else than the owner that was
    ///     recorded for the source
    public Grant unblock(SourceId id, Terms terms) {
        Instant now = clock.instant();
        Grant grant = grant(id, terms, now, Optional.empty());
        if (!grant.backing().liftsStop()) {
            throw LedgerReader.refused("only the source itself, in writing, lifts its stop"
                            + "\nSay who signed and name what they signed: --capacity owner --evidence FILE.")
                    .called("source.writing");
        }
        return records.change(tx -> {
            Source source = source(tx, id);
            if (source.state() == SourceState.CLEARED) {
                throw new LikenessException(
                                LikenessException.Kind.CONFLICT,
                                "source " + id + " did not say stop\nGive it a grant: likeness source grant give.")
                        .called("source.not-stopped");
            }
            Set<SourceMark> owners = owners(tx, id);
            if (!owners.isEmpty() && !owners.contains(owner(terms.grantedBy()))) {
                throw LedgerReader.refused("the grant is not given by the owner that is recorded for source " + id
                                + "\nOnly they lift its stop: name them with --granted-by, as in likeness source show.")
                        .called("source.other-owner");
            }
            Grant noticed = noticed(tx, source.collection(), grant);
            tx.add(noticed);
            tx.sources().unblock(id);
            return new Records.Changed<>(
                    noticed, AuditEntry.of(now, actor, Action.SOURCE_UNBLOCKED, id.value(), source.collection()));
        });
    }

    /// Whether the records can tell who may lift the stop of a source. If not, whoever runs the
    /// collection must make sure that it was the owner who signed.
    public boolean knowsOwner(SourceId id) {
        return records.read(tx -> !owners(tx, id).isEmpty());
    }

    /// The marks outlive the contact, so they are what a signature is held against.
    private static Set<SourceMark> owners(ReadTransaction tx, SourceId id) {
        return tx.sources().marks(id).stream()
                .filter(mark -> mark.kind() == SourceMark.Kind.OWNER)
                .collect(Collectors.toSet());
    }

    private static SourceMark owner(String who) {
        return SourceMark.of(who, new SourceContact(Optional.of(who), Optional.empty())).stream()
                .filter(mark -> mark.kind() == SourceMark.Kind.OWNER)
                .findFirst()
                .orElseThrow();
    }

    private static Grant grant(SourceId source, Terms terms, Instant now, Optional<GrantId> succeeds) {
        check(terms, now);
        return new Grant(
                GrantId.next(),
                source,
                terms.grantedBy(),
                terms.uses(),
                now,
                terms.endsAt(),
                Optional.empty(),
                new Grant.Backing(terms.capacity(), terms.evidence(), Optional.empty(), succeeds));
    }

    private static void check(Terms terms, Instant now) {
        if (terms.endsAt().isPresent() && !terms.endsAt().get().isAfter(now)) {
            throw new LikenessException(
                            LikenessException.Kind.BAD_INPUT,
                            "the term of a grant must end later than now\nName a later day, or leave it out.")
                    .called("grant.term");
        }
        if (terms.grantedBy().isBlank() || terms.uses().isEmpty()) {
            throw new LikenessException(
                            LikenessException.Kind.BAD_INPUT,
                            "a grant must name who gives it and at least one use"
                                    + "\nSay both: --granted-by WHO --uses store,face-search.")
                    .called("grant.incomplete");
        }
    }

    /// The grant with the notice that is in force where it is given.
    private static Grant noticed(ReadTransaction tx, CollectionId collection, Grant grant) {
        return grant.underNotice(tx.people().currentNotice(collection).map(Notice::version));
    }

    /// The sources of a collection by name.
    public List<Held> list(CollectionId collection) {
        return records.read(tx ->
                tx.sources(collection).stream().map(source -> held(tx, source)).toList());
    }

    /// @throws LikenessException NOT_FOUND when the collection has no source of this name
    public Source source(CollectionId collection, String name) {
        return records.read(tx -> tx.source(collection, name))
                .orElseThrow(() -> LedgerReader.notFound("source of this name", "likeness source list")
                        .called("source.none"));
    }

    /// @throws LikenessException NOT_FOUND when there is no such source
    public Held held(SourceId id) {
        return records.read(tx -> held(tx, source(tx, id)));
    }

    private static Held held(ReadTransaction tx, Source source) {
        PhotoFilter all = PhotoFilter.all(source.collection()).from(source.id());
        return new Held(
                source,
                tx.sources().contact(source.id()),
                tx.grants(source.id()),
                tx.signals().count(all));
    }

    private static Source source(ReadTransaction tx, SourceId id) {
        return tx.sources()
                .source(id)
                .orElseThrow(() -> LedgerReader.notFound("source " + id, "likeness source list")
                        .called("source.none"));
    }

    private static Grant grant(WriteTransaction tx, GrantId id) {
        return tx.grant(id)
                .orElseThrow(() -> LedgerReader.notFound("grant " + id, "likeness source show NAME")
                        .called("grant.none"));
    }
}
