package org.likeness.core.consent;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.likeness.core.LikenessException;
import org.likeness.core.consent.ConsentEvent.Act;
import org.likeness.core.person.Guardian;
import org.likeness.core.person.GuardianId;
import org.likeness.core.person.Person;

/// Computes what a person's answers mean at an instant, from the answers, the person, their guardians,
/// the notices, the basis and the clock. Stores nothing, so nothing has to be switched off in time.
/// Immutable.
///
/// Whatever is not a yes is a no. For an adult the person's own last answer counts, if it was given as
/// an adult. For a minor: the minor's own no wins; else any guardian's no; else every guardian must have
/// been told and one must have said yes in a form that lasts. A yes ends at the earliest of its term,
/// the purpose's end, majority and inactivity, and rests while notice or basis have changed in substance
/// since.
public final class ConsentLedger {
    private final Person person;
    private final List<Guardian> guardians;
    private final List<ConsentEvent> events;
    private final List<Instant> activity;
    private final int noticeRenewedSince;
    private final BasisTerms basis;
    private final boolean restricted;

    /// Of a person who is not restricted.
    ///
    /// @param events in the order they were recorded
    /// @param ownSearches when the person searched for themselves, in any order
    /// @param noticeRenewedSince the newest material version of the notice; 0: none
    public ConsentLedger(
            Person person,
            List<Guardian> guardians,
            List<ConsentEvent> events,
            List<Instant> ownSearches,
            int noticeRenewedSince,
            BasisTerms basis) {
        this(person, guardians, events, ownSearches, noticeRenewedSince, basis, false);
    }

    /// @param restricted whether a demand keeps anything of the person from being used
    public ConsentLedger(
            Person person,
            List<Guardian> guardians,
            List<ConsentEvent> events,
            List<Instant> ownSearches,
            int noticeRenewedSince,
            BasisTerms basis,
            boolean restricted) {
        this.person = person;
        this.guardians = List.copyOf(guardians);
        this.events = List.copyOf(events);
        this.activity = Stream.concat(
                        ownSearches.stream(),
                        events.stream().filter(e -> e.act() == Act.GIVEN).map(ConsentEvent::at))
                .sorted()
                .toList();
        this.noticeRenewedSince = noticeRenewedSince;
        this.basis = basis;
        this.restricted = restricted;
    }

    public Person person() {
        return person;
    }

    /// Whether a demand restricts the person, or whoever runs the collection suspended them.
    public boolean rests() {
        return restricted || person.state() == Person.State.SUSPENDED;
    }

    /// Every choice anybody answered, in the order they first did.
    public List<Choice> choices() {
        Set<Choice> answered = new LinkedHashSet<>();
        events.forEach(event -> answered.add(event.choice()));
        return List.copyOf(answered);
    }

    /// The answer to a choice at an instant.
    public Standing standing(Choice choice, Instant at) {
        if (restricted && person.state() != Person.State.FORGOTTEN) {
            return Standing.of(Standing.State.SUSPENDED, Standing.Reason.RESTRICTED);
        }
        return switch (person.state()) {
            case FORGOTTEN -> Standing.of(Standing.State.UNKNOWN, Standing.Reason.FORGOTTEN);
            case SUSPENDED -> Standing.of(Standing.State.SUSPENDED, Standing.Reason.SUSPENDED);
            case INVITED, ENROLLED -> {
                List<ConsentEvent> answers = events.stream()
                        .filter(event ->
                                event.choice().equals(choice) && !event.at().isAfter(at))
                        .toList();
                yield person.isMinor(at) ? minor(answers, at) : adult(answers, at);
            }
        };
    }

    /// Whether the person may be found by any audience at this instant.
    public boolean anyGiven(Instant at) {
        return choices().stream().anyMatch(choice -> standing(choice, at).isGiven());
    }

    /// The choices that this party can take back: somebody said yes, and the party has not said no.
    ///
    /// @param guardian who takes back; empty: the person
    public List<Choice> withdrawable(Optional<GuardianId> guardian) {
        return choices().stream()
                .filter(this::hasYes)
                .filter(choice -> last(answers(choice), guardian)
                        .flatMap(ConsentLedger::no)
                        .isEmpty())
                .toList();
    }

    /// The choices that whoever runs the collection can end: somebody's last answer is a yes that was
    /// not ended yet.
    public List<Choice> revocable() {
        return choices().stream().filter(this::hasYes).toList();
    }

    private boolean hasYes(Choice choice) {
        List<ConsentEvent> answers = answers(choice);
        return Stream.concat(
                        Stream.of(Optional.<GuardianId>empty()),
                        guardians.stream().map(g -> Optional.of(g.id())))
                .flatMap(party -> last(answers, party).stream())
                .anyMatch(event -> event.act() == Act.GIVEN
                        && revoked(answers.subList(answers.indexOf(event), answers.size()))
                                .isEmpty());
    }

    private List<ConsentEvent> answers(Choice choice) {
        return events.stream().filter(event -> event.choice().equals(choice)).toList();
    }

    /// The proof that the person may be found, or nothing.
    public Optional<Consent> consent(Choice choice, Instant at) {
        Standing standing = standing(choice, at);
        return standing.given().map(given -> new Consent(given, at, fixedEnd(given), inactiveAt(given)));
    }

    /// The proof that the person may be found.
    ///
    /// @throws LikenessException REFUSED when the answer is anything but a yes
    public Consent require(Choice choice, Instant at) {
        return consent(choice, at).orElseThrow(() -> {
            Standing standing = standing(choice, at);
            return new LikenessException(
                            LikenessException.Kind.REFUSED,
                            "person " + person.id() + " may not be found by " + choice.word() + ": consent is "
                                    + standing.state().word() + ", "
                                    + standing.reason().words() + "\n"
                                    + standing.reason().advice())
                    .called("consent.missing");
        });
    }

    private Standing adult(List<ConsentEvent> answers, Instant at) {
        Optional<ConsentEvent> own = last(answers, Optional.empty());
        if (own.isPresent()) {
            return said(own.get(), answers, at);
        }
        boolean guardianSaidYes = guardians.stream()
                .anyMatch(g -> last(answers, Optional.of(g.id()))
                        .filter(e -> e.act() == Act.GIVEN)
                        .isPresent());
        return guardianSaidYes
                ? Standing.of(Standing.State.EXPIRED, Standing.Reason.MAJORITY_REACHED)
                : revoked(answers).orElse(Standing.of(Standing.State.UNKNOWN, Standing.Reason.NOT_ASKED));
    }

    private Standing minor(List<ConsentEvent> answers, Instant at) {
        Optional<Standing> no = last(answers, Optional.empty()).flatMap(ConsentLedger::no);
        if (no.isPresent()) {
            return no.get(); // a child's own no wins, whoever says yes
        }
        List<ConsentEvent> ofGuardians = guardians.stream()
                .flatMap(g -> last(answers, Optional.of(g.id())).stream())
                .toList();
        Optional<Standing> objection =
                ofGuardians.stream().flatMap(e -> no(e).stream()).findFirst();
        if (objection.isPresent()) {
            return objection.get();
        }
        if (guardians.isEmpty()) {
            return Standing.of(Standing.State.UNKNOWN, Standing.Reason.NO_GUARDIAN);
        }
        if (!guardians.stream().allMatch(g -> g.isNotified(at))) {
            return Standing.of(Standing.State.UNKNOWN, Standing.Reason.GUARDIAN_NOT_TOLD);
        }
        List<Standing> yes = new ArrayList<>();
        for (ConsentEvent event : ofGuardians) {
            if (event.method().lasting()) {
                yes.add(said(event, answers, at));
            }
        }
        if (yes.isEmpty()) {
            Standing.Reason reason =
                    ofGuardians.isEmpty() ? Standing.Reason.NOT_ASKED : Standing.Reason.GUARDIAN_ONLY_SPOKE;
            return revoked(answers).orElse(Standing.of(Standing.State.UNKNOWN, reason));
        }
        return yes.stream()
                .min(Comparator.comparingInt((Standing s) -> s.isGiven() ? 0 : 1)
                        .thenComparingInt(s -> s.state() == Standing.State.SUSPENDED ? 0 : 1))
                .orElseThrow();
    }

    /// The last answer of one party, the person's own where no guardian is named.
    private static Optional<ConsentEvent> last(List<ConsentEvent> answers, Optional<GuardianId> guardian) {
        return answers.stream()
                .filter(event -> event.act() != Act.REVOKED && event.guardian().equals(guardian))
                .reduce((_, later) -> later);
    }

    private static Optional<Standing> no(ConsentEvent event) {
        return switch (event.act()) {
            case REFUSED -> Optional.of(Standing.of(Standing.State.REFUSED, Standing.Reason.SAID_NO));
            case WITHDRAWN -> Optional.of(Standing.of(Standing.State.WITHDRAWN, Standing.Reason.TAKEN_BACK));
            case GIVEN, REVOKED -> Optional.empty();
        };
    }

    private static Optional<Standing> revoked(List<ConsentEvent> answers) {
        return answers.stream().anyMatch(event -> event.act() == Act.REVOKED)
                ? Optional.of(Standing.of(Standing.State.REVOKED, Standing.Reason.ENDED_BY_CONTROLLER))
                : Optional.empty();
    }

    /// What one answer means now.
    private Standing said(ConsentEvent event, List<ConsentEvent> answers, Instant at) {
        Optional<Standing> no = no(event);
        if (no.isPresent()) {
            return no.get();
        }
        int position = answers.indexOf(event);
        Optional<Standing> revoked = revoked(answers.subList(position, answers.size()));
        if (revoked.isPresent()) {
            return revoked.get();
        }
        Optional<Instant> end = fixedEnd(event);
        if (end.isPresent() && !at.isBefore(end.get())) {
            boolean grown = !person.isMinor(at) && person.isMinor(event.at());
            return Standing.of(
                    Standing.State.EXPIRED, grown ? Standing.Reason.MAJORITY_REACHED : Standing.Reason.TERM_OVER);
        }
        if (!at.isBefore(inactiveAt(event))) {
            return Standing.of(Standing.State.EXPIRED, Standing.Reason.INACTIVE);
        }
        int notice = event.shown().map(Notice.Shown::version).orElse(0);
        if (notice < noticeRenewedSince || event.basisVersion() < basis.renewedSince()) {
            return Standing.of(Standing.State.SUSPENDED, Standing.Reason.TERMS_CHANGED);
        }
        return Standing.given(event);
    }

    private Optional<Instant> fixedEnd(ConsentEvent given) {
        Optional<Instant> majority = person.isMinor(given.at()) ? person.majority() : Optional.empty();
        return Stream.of(given.endsAt(), basis.purposeEndsAt(), majority)
                .flatMap(Optional::stream)
                .min(Comparator.naturalOrder());
    }

    /// The end of the first pause that is too long. What comes after it revives nothing.
    private Instant inactiveAt(ConsentEvent given) {
        Instant end = inactiveAfter(given.at());
        for (Instant active : activity) {
            if (active.isAfter(given.at())) {
                if (!active.isBefore(end)) {
                    return end;
                }
                end = inactiveAfter(active);
            }
        }
        return end;
    }

    private Instant inactiveAfter(Instant active) {
        return active.atOffset(ZoneOffset.UTC).plus(basis.inactivity()).toInstant();
    }
}
