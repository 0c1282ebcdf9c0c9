package org.likeness.core.rights;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.likeness.core.audit.Statement;
import org.likeness.core.consent.Choice;
import org.likeness.core.consent.ConsentEvent;
import org.likeness.core.consent.ConsentEvent.Act;
import org.likeness.core.consent.ConsentLedger;
import org.likeness.core.ledger.LedgerEntry;
import org.likeness.core.ledger.LedgerEntry.Kind;
import org.likeness.core.ledger.LedgerEntry.Scope;
import org.likeness.core.person.Guardian;
import org.likeness.core.person.GuardianId;
import org.likeness.core.person.Person;
import org.likeness.core.records.PeopleReading;

/// Every no, as the deletion ledger keeps it. Facts: `act` (a word of [Act]), `choices` (the SHA-256 of
/// each choice's word, because a group's name may say who is in it) and, where one answered, `guardian`
/// (their id).
final class Withdrawals {
    private static final String ACT = "act";
    private static final String CHOICES = "choices";
    private static final String GUARDIAN = "guardian";

    private Withdrawals() {}

    /// The entry for those of the answers that end something or forbid it.
    static Optional<LedgerEntry> entry(
            Person person, Optional<GuardianId> guardian, List<ConsentEvent> events, Instant now) {
        List<ConsentEvent> no =
                events.stream().filter(event -> event.act() != Act.GIVEN).toList();
        if (no.isEmpty()) {
            return Optional.empty();
        }
        LedgerEntry entry = LedgerEntry.of(
                        now, Kind.WITHDRAW, Scope.PERSON, person.id().value(), person.collection())
                .with(ACT, no.getFirst().act() == Act.REVOKED ? Act.REVOKED.word() : Act.WITHDRAWN.word())
                .with(
                        CHOICES,
                        no.stream()
                                .map(event -> hash(event.choice()))
                                .distinct()
                                .collect(Collectors.joining(",")));
        return Optional.of(guardian.map(g -> entry.with(GUARDIAN, g.toString())).orElse(entry));
    }

    private static String hash(Choice choice) {
        return Statement.commitment(choice.word()).hex();
    }

    /// What has to be recorded anew.
    record Again(Act act, Optional<GuardianId> guardian, List<Choice> choices) {
        Again {
            choices = List.copyOf(choices);
        }
    }

    /// A guardian whom these records do not know yet cannot be quoted in them; the controller ends the
    /// consent then.
    static Again again(LedgerEntry entry, ConsentLedger ledger, PeopleReading people) {
        Optional<GuardianId> named = entry.fact(GUARDIAN).map(GuardianId::parse);
        Optional<GuardianId> known = named.flatMap(people::guardian)
                .filter(g -> g.person().equals(ledger.person().id()))
                .map(Guardian::id);
        boolean revoke =
                entry.fact(ACT).equals(Optional.of(Act.REVOKED.word())) || (named.isPresent() && known.isEmpty());
        Set<String> hashes = Set.of(entry.fact(CHOICES).orElse("").split(","));
        List<ConsentEvent> events = people.consentEvents(ledger.person().id());
        List<Choice> choices = (revoke ? ledger.revocable() : ledger.withdrawable(known))
                .stream()
                        .filter(choice -> hashes.contains(hash(choice)))
                        .filter(choice -> events.stream()
                                .noneMatch(event -> event.choice().equals(choice)
                                        && event.act() == Act.GIVEN
                                        && (revoke || event.guardian().equals(known))
                                        && event.at().isAfter(entry.at())))
                        .toList();
        return new Again(revoke ? Act.REVOKED : Act.WITHDRAWN, revoke ? Optional.empty() : known, choices);
    }
}
