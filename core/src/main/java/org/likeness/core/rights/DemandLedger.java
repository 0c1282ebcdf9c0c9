package org.likeness.core.rights;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.likeness.core.demand.Demand;
import org.likeness.core.demand.DemandId;
import org.likeness.core.demand.Scope;
import org.likeness.core.demand.Target;
import org.likeness.core.demand.Tombstone;
import org.likeness.core.ledger.LedgerEntry;
import org.likeness.core.person.Person;
import org.likeness.core.person.PersonId;
import org.likeness.core.photo.Box;
import org.likeness.core.photo.Sha256;
import org.likeness.core.records.WriteTransaction;

/// Demands as the deletion ledger keeps them, and how they are met again in an older copy of the records.
/// Facts: `demand` (its id) and, for a face, `region` (x, y, width and height in pixels of the upright
/// photo). Erasures are only stopped here and left as being executed, for [Eraser#resume].
public final class DemandLedger {
    private static final String DEMAND = "demand";
    private static final String REGION = "region";

    private DemandLedger() {}

    /// Says what a demand stops. Its tombstones must be there.
    static void record(WriteTransaction tx, Demand demand) {
        Optional<LedgerEntry.Kind> kind = kind(demand.kind());
        if (kind.isEmpty()) {
            return;
        }
        List<Tombstone> tombstones = tx.demands().tombstones(demand.id());
        LedgerEntry entry = entry(demand, kind.get())
                .withPhotos(tombstones.stream()
                        .map(Tombstone::sha256)
                        .distinct()
                        .limit(LedgerEntry.PHOTOS_MAX)
                        .toList());
        tx.ledger()
                .record(tombstones.stream()
                        .flatMap(tombstone -> tombstone.region().stream())
                        .findFirst()
                        .map(region -> entry.with(REGION, text(region)))
                        .orElse(entry));
    }

    private static LedgerEntry entry(Demand demand, LedgerEntry.Kind kind) {
        return LedgerEntry.of(
                        demand.receivedAt(),
                        kind,
                        LedgerEntry.Scope.valueOf(demand.target().scope().name()),
                        demand.target().id(),
                        demand.collection())
                .with(DEMAND, demand.id().toString());
    }

    private static Optional<LedgerEntry.Kind> kind(Demand.Kind kind) {
        return switch (kind) {
            case ERASE -> Optional.of(LedgerEntry.Kind.ERASE);
            case OBJECT -> Optional.of(LedgerEntry.Kind.OBJECT);
            case RESTRICT -> Optional.of(LedgerEntry.Kind.RESTRICT);
            case ACCESS, STOP -> Optional.empty(); // nothing is blocked; a stop is the source's own entry
        };
    }

    /// Says which photos of a source went, once they are listed.
    static void listed(WriteTransaction tx, Demand demand) {
        if (demand.target().scope() != Scope.SOURCE) {
            return; // said when the demand was recorded
        }
        List<Sha256> photos = tx.demands().tombstones(demand.id()).stream()
                .map(Tombstone::sha256)
                .toList();
        if (!photos.isEmpty()) {
            entry(demand, LedgerEntry.Kind.ERASE).forPhotos(photos).forEach(tx.ledger()::record);
        }
    }

    static void lifted(WriteTransaction tx, Demand demand, Instant now) {
        tx.ledger()
                .record(LedgerEntry.of(
                                now,
                                LedgerEntry.Kind.LIFT,
                                LedgerEntry.Scope.valueOf(
                                        demand.target().scope().name()),
                                demand.target().id(),
                                demand.collection())
                        .with(DEMAND, demand.id().toString()));
    }

    private static String text(Box box) {
        return box.x() + "," + box.y() + "," + box.width() + "," + box.height();
    }

    private static Box box(String text) {
        double[] numbers =
                Stream.of(text.split(",", -1)).mapToDouble(Double::parseDouble).toArray();
        return new Box(numbers[0], numbers[1], numbers[2], numbers[3]);
    }

    /// Records again a demand that erases or restricts, and stops what it is about.
    ///
    /// @return how many things it concerned
    public static long follow(WriteTransaction tx, LedgerEntry entry) {
        Target target = new Target(Scope.valueOf(entry.scope().name()), entry.object());
        Demand.Kind kind = Demand.Kind.valueOf(entry.kind().name());
        DemandId id = entry.fact(DEMAND).map(DemandId::parse).orElseGet(DemandId::next);
        Optional<Demand> known = tx.demands().demand(id);
        Demand demand = known.orElseGet(() -> again(id, kind, target, entry));
        if (known.isEmpty()) {
            tx.demands().add(demand);
        } else if (demand.state() == Demand.State.DONE) {
            return 0;
        } else if (kind.erases()) {
            tx.demands().update(demand.in(Demand.State.EXECUTING));
        }
        Optional<Box> region = entry.fact(REGION).map(DemandLedger::box);
        for (Sha256 photo : entry.photos()) {
            DemandDesk.block(tx, demand, photo, region);
        }
        tx.demands().hold(id, target.scope(), target.id());
        long people = stopped(tx, target, kind);
        return Math.max(1, entry.photos().size()) + people;
    }

    private static Demand again(DemandId id, Demand.Kind kind, Target target, LedgerEntry entry) {
        Demand received = Demand.received(
                kind,
                target,
                entry.collection().orElseThrow(() -> new IllegalArgumentException("a demand has a collection")),
                entry.at());
        Demand.State state = kind.erases() ? Demand.State.EXECUTING : Demand.State.OPEN;
        return new Demand(
                id,
                kind,
                target,
                received.collection(),
                state,
                received.receivedAt(),
                received.dueAt(),
                Optional.empty());
    }

    private static long stopped(WriteTransaction tx, Target target, Demand.Kind kind) {
        if (target.scope() != Scope.PERSON) {
            return 0;
        }
        Optional<Person> person =
                tx.people().person(new PersonId(target.id())).filter(found -> found.state() != Person.State.FORGOTTEN);
        person.filter(_ -> kind.erases()).ifPresent(found -> tx.people().update(found.in(Person.State.SUSPENDED)));
        return person.isPresent() ? 1 : 0;
    }

    /// Lifts a restriction again.
    ///
    /// @return how many that were
    public static long followLift(WriteTransaction tx, LedgerEntry entry) {
        UUID id = UUID.fromString(entry.fact(DEMAND).orElse(entry.object().toString()));
        Optional<Demand> demand = tx.demands()
                .demand(new DemandId(id))
                .filter(found -> found.kind() == Demand.Kind.RESTRICT && found.state() != Demand.State.DONE);
        demand.ifPresent(found -> DemandDesk.lift(tx, found, entry.at()));
        return demand.isPresent() ? 1 : 0;
    }
}
