package org.likeness.core.rights;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.likeness.core.LikenessException;
import org.likeness.core.audit.Actor;
import org.likeness.core.audit.AuditEntry;
import org.likeness.core.audit.AuditEntry.Action;
import org.likeness.core.audit.Statement;
import org.likeness.core.audit.StatementId;
import org.likeness.core.collection.CollectionId;
import org.likeness.core.demand.Census;
import org.likeness.core.demand.Demand;
import org.likeness.core.demand.DemandId;
import org.likeness.core.demand.ErasurePlan;
import org.likeness.core.demand.ErasureTarget;
import org.likeness.core.demand.Means;
import org.likeness.core.demand.Residual;
import org.likeness.core.demand.Scope;
import org.likeness.core.demand.Target;
import org.likeness.core.records.DemandsReading;
import org.likeness.core.records.ErasableStore;
import org.likeness.core.records.ReadTransaction;
import org.likeness.core.records.Records;
import org.likeness.core.records.WriteTransaction;
import org.likeness.core.search.FaceDecision;

/// Deletes what was demanded to go: plan, execution, census, attestation. Thread-safe; one erasure at a
/// time.
///
/// What must go is listed in rows, and deleted in batches that are each one transaction, so a crash at
/// any point is
/// continued by [#resume]. Files and keys go before the rows that name them, because without those nobody
/// could find
/// them; what is in memory goes last, because it could be built again from the rows. An attestation is
/// made in the
/// transaction that closes the erasure, and only when every store counts zero in it.
public final class Eraser {
    private static final System.Logger LOG = System.getLogger(Eraser.class.getName());
    private static final int BATCH = 500;
    private static final int LINKED_MAX = 10_000;
    private static final String FREED_SPACE = "freed space of the records";

    private final Records records;
    private final Clock clock;
    private final Actor actor;
    private final List<ErasableStore> stores;
    private final Supplier<Optional<Turn>> turns;
    private final String version;

    /// The right to erase, held by one at a time, in whichever process. The process's death frees it.
    @FunctionalInterface
    public interface Turn extends AutoCloseable {
        @Override
        void close();
    }

    /// @param stores every place there is, tables in the order in which their rows can go
    /// @param turns empty while somebody else erases
    /// @param version of the program, for the attestation
    public Eraser(
            Records records,
            Clock clock,
            Actor actor,
            List<ErasableStore> stores,
            Supplier<Optional<Turn>> turns,
            String version) {
        this.records = records;
        this.clock = clock;
        this.actor = actor;
        this.stores = List.copyOf(stores);
        this.turns = turns;
        this.version = version;
    }

    /// What came of an erasure.
    ///
    /// @param attestation only when the census is zero
    public record Outcome(Demand demand, Census census, List<Residual> residuals, Optional<StatementId> attestation) {
        public Outcome {
            residuals = List.copyOf(residuals);
        }
    }

    /// What an erasure would delete. Nothing is changed: it is listed and counted in a transaction that
    /// is rolled back.
    public ErasurePlan plan(Target target, CollectionId collection) {
        Demand demand = Demand.received(Demand.Kind.ERASE, target, collection, clock.instant());
        AtomicReference<Optional<ErasurePlan>> plan = new AtomicReference<>(Optional.empty());
        try {
            records.change(tx -> {
                tx.demands().add(demand);
                DemandDesk.stop(tx, demand);
                tx.demands().list(demand);
                List<ErasurePlan.Line> lines = new ArrayList<>();
                for (ErasableStore store : stores) {
                    long count = store.count(tx, demand.id());
                    if (count > 0) {
                        lines.add(new ErasurePlan.Line(store.name(), store.means(), count));
                    }
                }
                plan.set(Optional.of(new ErasurePlan(
                        target,
                        lines,
                        tx.demands().reach(demand.id()),
                        residuals(tx, demand),
                        tx.demands().linkedOriginals(demand.id(), LINKED_MAX))));
                throw new PlannedException();
            });
        } catch (PlannedException _) {
            return plan.get().orElseThrow();
        }
        throw new IllegalStateException("a plan is never committed");
    }

    /// Erases what a demand is about, or goes on where that stopped.
    ///
    /// @throws LikenessException CONFLICT when somebody else is erasing, and will go on with this one; or
    ///     when the demand is not one that deletes
    public Outcome execute(DemandId id) {
        try (Turn _ = turns.get().orElseThrow(Eraser::busy)) {
            return execute(unfinished(id));
        }
    }

    /// As [#execute], or leaves it to whoever is erasing just now: whoever does goes on with what was demanded
    /// meanwhile, here or by [#resume].
    public void carryOut(DemandId id) {
        if (records.read(tx -> tx.demands().demand(id))
                .filter(each -> each.state() == Demand.State.DONE)
                .isPresent()) {
            return; // somebody went on with it already
        }
        Demand demand = unfinished(id);
        Optional<Turn> turn = turns.get();
        if (turn.isPresent()) {
            try (Turn _ = turn.get()) {
                execute(demand);
            }
            resume(false);
        }
    }

    private Demand unfinished(DemandId id) {
        Demand demand = records.read(tx -> tx.demands().demand(id))
                .orElseThrow(() -> LedgerReader.notFound("demand " + id, "likeness demand list")
                        .called("demand.none"));
        if (!demand.kind().erases() || demand.state() == Demand.State.DONE) {
            throw new LikenessException(
                            LikenessException.Kind.CONFLICT,
                            "demand " + id + " is " + demand.state().word()
                                    + " and deletes nothing\nSee: likeness demand show " + id + ".")
                    .called("demand.deletes-nothing");
        }
        return demand;
    }

    private static LikenessException busy() {
        return new LikenessException(
                        LikenessException.Kind.CONFLICT,
                        "another erasure is running, which goes on with this one\nSee: likeness demand list.")
                .called("demand.busy");
    }

    /// Goes on with every erasure that a crash interrupted, or that was demanded while another ran.
    ///
    /// @param failed also with those whose census was not zero
    /// @return empty when somebody else is erasing: they go on with these
    public List<Outcome> resume(boolean failed) {
        List<Outcome> outcomes = new ArrayList<>();
        Set<DemandId> tried = new HashSet<>();
        for (List<Demand> some = waiting(failed, tried); !some.isEmpty(); some = waiting(failed, tried)) {
            Optional<Turn> turn = turns.get();
            if (turn.isEmpty()) {
                return outcomes;
            }
            try (Turn _ = turn.get()) { // asked again: somebody else may have finished them since
                for (Demand demand : waiting(failed, tried)) {
                    tried.add(demand.id());
                    outcomes.add(execute(demand));
                }
            }
        }
        return outcomes;
    }

    private List<Demand> waiting(boolean failed, Set<DemandId> tried) {
        return records.read(tx -> tx.demands().unfinished()).stream()
                .filter(demand -> failed || demand.state() != Demand.State.FAILED)
                .filter(demand -> !tried.contains(demand.id()))
                .toList();
    }

    private Outcome execute(Demand received) {
        Demand demand = begin(received);
        try {
            destroyKeys(demand);
            for (Scope scope : Scope.values()) {
                eraseAll(demand, scope);
            }
            closeRestrictions(demand);
        } catch (LikenessException e) {
            LOG.log(System.Logger.Level.WARNING, "erasure " + demand.id() + " stopped: " + e.problem());
        }
        return close(demand, scrubbed());
    }

    /// Lists what must go, then counts it: nothing is added to it any more, because all of it is held.
    private Demand begin(Demand received) {
        Demand demand = received.in(Demand.State.EXECUTING);
        records.change(tx -> {
            tx.demands().update(demand);
            long listed = tx.demands().list(demand);
            DemandLedger.listed(tx, demand);
            tx.demands().again(demand.id());
            return new Records.Changed<>(listed, entry(Action.ERASURE_STARTED, demand, listed));
        });
        Map<String, Long> found = new HashMap<>();
        List<Residual> residuals = records.read(tx -> {
            for (ErasableStore store : stores) {
                found.put(store.name(), counted(store, tx, demand.id()).orElse(0));
            }
            return residuals(tx, demand);
        });
        records.note(tx -> {
            found.forEach((store, count) -> tx.demands().found(demand.id(), store, count));
            residuals.forEach(residual -> tx.demands().add(demand.id(), residual));
        });
        return demand;
    }

    private static List<Residual> residuals(ReadTransaction tx, Demand demand) {
        List<Residual> residuals = new ArrayList<>();
        long linked = tx.demands().linkedOriginalCount(demand.id());
        if (linked > 0) {
            residuals.add(new Residual("linked originals that are not ours to delete", linked));
        }
        if (demand.target().scope() == Scope.PERSON) {
            long confirmed =
                    tx
                            .decisions()
                            .decisions(new org.likeness.core.person.PersonId(
                                    demand.target().id()))
                            .stream()
                            .filter(decision -> decision.verdict() == FaceDecision.Verdict.IS)
                            .map(FaceDecision::face)
                            .distinct()
                            .count();
            residuals.add(new Residual(
                    "photos and faces stay, which erase --photo or --face removes; faces that were said to be theirs",
                    confirmed));
            residuals.add(new Residual(
                    "answers kept as proof, without anything personal",
                    tx.people()
                            .consentEvents(new org.likeness.core.person.PersonId(
                                    demand.target().id()))
                            .size()));
        }
        return residuals;
    }

    /// First of all: what keys sealed is closed from here on, however long the rest takes.
    private void destroyKeys(Demand demand) {
        for (Scope scope : List.of(Scope.COLLECTION, Scope.PERSON)) {
            long after = 0;
            for (List<ErasureTarget> page = page(demand, scope, after); !page.isEmpty(); ) {
                erase(page, Means.KEY_DESTROYED);
                after = page.getLast().sequence();
                page = page(demand, scope, after);
            }
        }
    }

    private List<ErasureTarget> page(Demand demand, Scope scope, long after) {
        return records.read(tx -> tx.demands().targets(demand.id(), scope, after, BATCH));
    }

    private void eraseAll(Demand demand, Scope scope) {
        for (List<ErasureTarget> batch = waiting(demand, scope); !batch.isEmpty(); batch = waiting(demand, scope)) {
            List<ErasureTarget> ofOne = ofFirstCollection(batch);
            CollectionId collection = ofOne.getFirst().collection();
            erase(ofOne, Means.FILE_DELETED);
            long from = ofOne.getFirst().sequence();
            long to = ofOne.getLast().sequence();
            int size = ofOne.size();
            records.change(tx -> {
                eraseRows(tx, demand, scope, from, to);
                tx.demands().done(demand.id(), scope, from, to);
                return new Records.Changed<>(size, entry(Action.ERASED, demand, collection, size));
            });
            erase(ofOne, Means.MEMORY_WIPED);
        }
    }

    /// As many as are of one collection, in their order: so that the log of each says what went from it, also
    /// where the demand is about another that holds the same content.
    private static List<ErasureTarget> ofFirstCollection(List<ErasureTarget> batch) {
        CollectionId first = batch.getFirst().collection();
        return batch.stream()
                .takeWhile(target -> target.collection().equals(first))
                .toList();
    }

    /// What is gone is not restricted any more: nobody could lift it, and nothing is owed for it.
    private void closeRestrictions(Demand demand) {
        for (Demand restriction : records.read(tx -> tx.demands().restrictions(demand.id()))) {
            records.change(tx -> {
                Instant now = clock.instant();
                Demand closed = DemandDesk.lift(tx, restriction, now);
                DemandLedger.lifted(tx, closed, now);
                return new Records.Changed<>(
                        closed,
                        AuditEntry.of(
                                now,
                                actor,
                                Action.DEMAND_CLOSED,
                                restriction.id().value(),
                                restriction.collection()));
            });
        }
    }

    private List<ErasureTarget> waiting(Demand demand, Scope scope) {
        return records.read(tx -> tx.demands().waiting(demand.id(), scope, BATCH));
    }

    private void erase(List<ErasureTarget> targets, Means means) {
        for (ErasableStore store : stores) {
            if (store instanceof ErasableStore.Outside outside && outside.means() == means) {
                outside.erase(targets);
            }
        }
    }

    private void eraseRows(WriteTransaction tx, Demand demand, Scope scope, long from, long to) {
        for (ErasableStore store : stores) {
            if (store instanceof ErasableStore.Rows rows) {
                rows.erase(tx, demand.id(), scope, from, to);
            }
        }
    }

    private Optional<Records.Scrubbed> scrubbed() {
        try {
            return Optional.of(records.scrub());
        } catch (LikenessException e) {
            LOG.log(System.Logger.Level.WARNING, "freed space could not be overwritten: " + e.problem());
            return Optional.empty();
        }
    }

    private static OptionalLong counted(ErasableStore store, ReadTransaction tx, DemandId erasure) {
        try {
            return OptionalLong.of(store.count(tx, erasure));
        } catch (LikenessException e) {
            LOG.log(System.Logger.Level.WARNING, store.name() + " cannot be counted: " + e.problem());
            return OptionalLong.empty();
        }
    }

    private Outcome close(Demand demand, Optional<Records.Scrubbed> scrubbed) {
        return records.change(tx -> {
            Census census = census(tx, demand, scrubbed);
            List<Residual> residuals = new ArrayList<>(tx.demands().residuals(demand.id()));
            if (scrubbed.equals(Optional.of(Records.Scrubbed.UNTIL_REUSED))) {
                residuals.add(new Residual("old bytes in the database server's files, until their space is reused", 1));
            }
            tx.demands().counted(demand.id(), census);
            if (!census.isZero()) {
                Demand failed = demand.in(Demand.State.FAILED);
                tx.demands().update(failed);
                return new Records.Changed<>(
                        new Outcome(failed, census, residuals, Optional.empty()),
                        entry(Action.ERASURE_FAILED, failed, census.notZero().size()));
            }
            Demand done = demand.closed(clock.instant());
            Statement attestation = attestation(done, census, residuals);
            tx.demands().forgetList(demand.id());
            tx.demands().update(done);
            tx.add(attestation);
            return new Records.Changed<>(
                    new Outcome(done, census, residuals, Optional.of(attestation.id())),
                    entry(Action.ERASURE_FINISHED, done, census.counts().size()).withStatement(attestation));
        });
    }

    private Census census(ReadTransaction tx, Demand demand, Optional<Records.Scrubbed> scrubbed) {
        Map<String, Long> found = new HashMap<>();
        for (DemandsReading.Found one : tx.demands().found(demand.id())) {
            found.put(one.store(), one.count());
        }
        List<Census.Count> counts = new ArrayList<>();
        for (ErasableStore store : stores) {
            counts.add(new Census.Count(
                    store.name(),
                    store.means(),
                    found.getOrDefault(store.name(), 0L),
                    counted(store, tx, demand.id())));
        }
        OptionalLong freed = scrubbed.map(Eraser::left).orElse(OptionalLong.empty());
        counts.add(new Census.Count(FREED_SPACE, Means.FREED_SPACE_OVERWRITTEN, 0, freed));
        return new Census(counts);
    }

    private static OptionalLong left(Records.Scrubbed scrubbed) {
        return switch (scrubbed) {
            case GONE, UNTIL_REUSED -> OptionalLong.of(0);
            case BUSY -> OptionalLong.empty();
        };
    }

    /// Stored without the collection, which may be gone; it stands in the text.
    private Statement attestation(Demand done, Census census, List<Residual> residuals) {
        return Statement.about(
                        Statement.Kind.ERASURE_ATTESTATION,
                        Optional.empty(),
                        Optional.of(done.id().value()),
                        done.closedAt().orElseThrow())
                .with("demand", done.id().toString())
                .with("demanded", done.kind().word())
                .with("scope", done.target().scope().word())
                .with("target", done.target().id().toString())
                .with("of collection", done.collection().toString())
                .with("received at", done.receivedAt().toString())
                .with("by", actor.pseudonym())
                .with("program", version)
                .with(
                        "erased",
                        census.counts().stream()
                                .filter(count -> count.found() > 0)
                                .map(count -> count.store() + ": " + count.found() + ", "
                                        + count.means().words())
                                .toList())
                .with("checked by", "counting every store again, in the transaction that closed the erasure")
                .with("stores counted", census.counts().size())
                .with("left in all stores", 0)
                .with("not reached", residuals.stream().map(Residual::toString).toList())
                .with(
                        "backups",
                        "those made before still hold it; a restore by Likeness erases it again where the"
                                + " deletion ledger beside its keys is newer than this erasure")
                .build();
    }

    private AuditEntry entry(Action action, Demand demand, long count) {
        return entry(action, demand, demand.collection(), count);
    }

    private AuditEntry entry(Action action, Demand demand, CollectionId collection, long count) {
        return AuditEntry.of(clock.instant(), actor, action, demand.id().value(), collection)
                .withCount(count);
    }

    /// Rolls back the transaction of a plan.
    private static final class PlannedException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private PlannedException() {
            super(null, null, false, false);
        }
    }
}
