package org.likeness.core.rights;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.likeness.core.LikenessException;
import org.likeness.core.audit.Actor;
import org.likeness.core.audit.AuditEntry;
import org.likeness.core.audit.AuditEntry.Action;
import org.likeness.core.audit.Statement;
import org.likeness.core.audit.StatementId;
import org.likeness.core.consent.ConsentEvent;
import org.likeness.core.consent.Notice;
import org.likeness.core.demand.Demand;
import org.likeness.core.demand.Holdings;
import org.likeness.core.demand.Target;
import org.likeness.core.person.Person;
import org.likeness.core.person.PersonId;
import org.likeness.core.records.ReadTransaction;
import org.likeness.core.records.Records;

/// Hands over everything that is held on one person, as often as they ask. Thread-safe.
public final class AccessDesk {
    private final Records records;
    private final Clock clock;
    private final Actor actor;

    public AccessDesk(Records records, Clock clock, Actor actor) {
        this.records = records;
        this.clock = clock;
        this.actor = actor;
    }

    /// What was handed over, the demand that asked for it, and the statement that it was.
    public record Given(Demand demand, StatementId receipt, Holdings holdings) {}

    /// Records the demand and answers it, in one transaction.
    ///
    /// @throws LikenessException NOT_FOUND when there is no such person; UNAVAILABLE when their secret is
    ///     not
    ///     there
    public Given give(PersonId id) {
        Instant now = clock.instant();
        return records.change(tx -> {
            Person person = LedgerReader.person(tx, id);
            Demand demand = Demand.received(Demand.Kind.ACCESS, Target.of(id), person.collection(), now)
                    .closed(now);
            tx.demands().add(demand);
            Statement receipt = DemandDesk.receipt(demand);
            tx.add(receipt);
            return new Records.Changed<>(
                    new Given(demand, receipt.id(), holdings(tx, person)),
                    AuditEntry.of(now, actor, Action.ACCESS_GIVEN, demand.id().value(), person.collection())
                            .withStatement(receipt));
        });
    }

    private static Holdings holdings(ReadTransaction tx, Person person) {
        PersonId id = person.id();
        List<ConsentEvent> answers = tx.people().consentEvents(id);
        List<Demand> demands = new ArrayList<>(tx.demands().demands(Target.of(id)));
        List<Holdings.Shown> photos = tx.holdings().photos(id);
        for (Holdings.Shown shown : photos) {
            demands.addAll(tx.demands().demands(Target.of(shown.photo().id())));
            shown.faces().forEach(face -> demands.addAll(tx.demands().demands(Target.of(face.id()))));
        }
        List<Statement> statements = new ArrayList<>(tx.statements(id.value()));
        demands.forEach(demand -> statements.addAll(tx.statements(demand.id().value())));
        return new Holdings(
                person,
                tx.people().details(id),
                tx.people().guardians(id).stream()
                        .map(guardian ->
                                new Holdings.KnownGuardian(guardian, tx.people().details(guardian.id())))
                        .toList(),
                answers,
                notices(tx, person, answers),
                tx.holdings().references(id),
                photos,
                tx.holdings().decisions(id),
                tx.holdings().searches(id),
                tx.people().ownSearches(id),
                demands,
                statements);
    }

    /// The texts they were shown, and the one in force.
    private static List<Notice> notices(ReadTransaction tx, Person person, List<ConsentEvent> answers) {
        Set<Integer> versions = new HashSet<>();
        answers.forEach(answer -> answer.shown().ifPresent(shown -> versions.add(shown.version())));
        tx.people().currentNotice(person.collection()).ifPresent(notice -> versions.add(notice.version()));
        return tx.people().notices(person.collection()).stream()
                .filter(notice -> versions.contains(notice.version()))
                .sorted(Comparator.comparingInt(Notice::version))
                .toList();
    }
}
