package org.likeness.core.consent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.likeness.core.LikenessException;
import org.likeness.core.audit.Actor;
import org.likeness.core.collection.CollectionId;
import org.likeness.core.consent.ConsentEvent.Act;
import org.likeness.core.person.Guardian;
import org.likeness.core.person.GuardianId;
import org.likeness.core.person.Person;
import org.likeness.core.person.PersonId;
import org.likeness.core.photo.Sha256;

/// What answers come to, over all combinations, held against the rule written down a second time in each test.
class ConsentLedgerTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant ASKED = START.plus(Duration.ofDays(1));
    private static final Instant NOW = START.plus(Duration.ofDays(10));
    private static final LocalDate MAJORITY = LocalDate.parse("2026-03-01");
    private static final Instant OF_AGE = MAJORITY.atStartOfDay(ZoneOffset.UTC).toInstant();
    private static final CollectionId COLLECTION = CollectionId.next();
    private static final PersonId PERSON = PersonId.next();
    private static final Guardian GUARDIAN = new Guardian(GuardianId.next(), PERSON, START, Optional.of(START));
    private static final Notice.Shown SHOWN = new Notice.Shown(1, "en", new Sha256("0".repeat(64)));

    private static Person person(Optional<LocalDate> majority) {
        return new Person(PERSON, COLLECTION, Person.State.ENROLLED, majority, START);
    }

    private static ConsentEvent event(Optional<GuardianId> guardian, Act act, Method method, Instant at) {
        return new ConsentEvent(
                ConsentEventId.next(),
                COLLECTION,
                PERSON,
                guardian,
                Choice.MYSELF,
                act,
                act == Act.GIVEN || act == Act.REFUSED ? Optional.of(SHOWN) : Optional.empty(),
                0,
                method,
                Actor.OWNER,
                at,
                Optional.empty());
    }

    private static ConsentEvent own(Act act, Instant at) {
        return event(Optional.empty(), act, Method.PAGE, at);
    }

    private static ConsentLedger ledger(Person person, List<Guardian> guardians, List<ConsentEvent> events) {
        return new ConsentLedger(person, guardians, events, List.of(), 0, BasisTerms.NONE);
    }

    private static boolean given(ConsentLedger ledger, Instant at) {
        boolean given = ledger.standing(Choice.MYSELF, at).isGiven();
        assertThat(ledger.consent(Choice.MYSELF, at).isPresent()).isEqualTo(given);
        return given;
    }

    /// What a party may have said.
    private enum Said {
        NOTHING,
        NO,
        YES_THEN_BACK,
        YES_SPOKEN,
        YES_IN_WRITING;

        boolean isNo() {
            return this == NO || this == YES_THEN_BACK;
        }

        List<ConsentEvent> events(Optional<GuardianId> guardian) {
            return switch (this) {
                case NOTHING -> List.of();
                case NO -> List.of(event(guardian, Act.REFUSED, Method.PAPER, ASKED));
                case YES_THEN_BACK ->
                    List.of(
                            event(guardian, Act.GIVEN, Method.PAPER, ASKED),
                            event(guardian, Act.WITHDRAWN, Method.MESSAGE, ASKED.plusSeconds(1)));
                case YES_SPOKEN -> List.of(event(guardian, Act.GIVEN, Method.SPOKEN, ASKED));
                case YES_IN_WRITING -> List.of(event(guardian, Act.GIVEN, Method.PAPER, ASKED));
            };
        }
    }

    private record Party(boolean told, Said said) {}

    private static List<List<Party>> parties(int count) {
        List<List<Party>> all = new ArrayList<>(List.of(List.of()));
        for (int i = 0; i < count; i++) {
            List<List<Party>> longer = new ArrayList<>();
            for (List<Party> some : all) {
                for (Said said : Said.values()) {
                    for (boolean told : new boolean[] {false, true}) {
                        List<Party> one = new ArrayList<>(some);
                        one.add(new Party(told, said));
                        longer.add(one);
                    }
                }
            }
            all = longer;
        }
        return all;
    }

    @Test
    void r24_the_whole_truth_table_of_guardians_answers_child_and_majority() {
        int cases = 0;
        for (int count = 0; count <= 2; count++) {
            for (List<Party> parties : parties(count)) {
                for (Said child : Said.values()) {
                    check(parties, child);
                    cases++;
                }
            }
        }
        assertThat(cases).isEqualTo(5 * (1 + 10 + 100));
    }

    private static void check(List<Party> parties, Said child) {
        List<Guardian> guardians = new ArrayList<>();
        List<ConsentEvent> events = new ArrayList<>(child.events(Optional.empty()));
        for (Party party : parties) {
            Optional<Instant> told = party.told() ? Optional.of(ASKED) : Optional.empty();
            Guardian guardian = new Guardian(GuardianId.next(), PERSON, START, told);
            guardians.add(guardian);
            events.addAll(party.said().events(Optional.of(guardian.id())));
        }
        boolean expected = !child.isNo()
                && !parties.isEmpty()
                && parties.stream().allMatch(Party::told)
                && parties.stream().noneMatch(party -> party.said().isNo())
                && parties.stream().anyMatch(party -> party.said() == Said.YES_IN_WRITING);
        String as = parties + " child " + child;
        ConsentLedger minor = ledger(person(Optional.of(MAJORITY)), guardians, events);
        assertThat(given(minor, NOW)).as(as).isEqualTo(expected);
        assertThat(given(minor, OF_AGE.minusMillis(1))).as(as).isEqualTo(expected);
        assertThat(given(minor, OF_AGE)).as("of age: " + as).isFalse();

        List<ConsentEvent> asAdult = new ArrayList<>(events);
        asAdult.add(own(Act.GIVEN, OF_AGE));
        assertThat(given(ledger(person(Optional.of(MAJORITY)), guardians, asAdult), OF_AGE.plusSeconds(1)))
                .as("their own yes, of age: " + as)
                .isTrue();
        boolean own = child == Said.YES_SPOKEN || child == Said.YES_IN_WRITING;
        assertThat(given(ledger(person(Optional.empty()), guardians, events), NOW))
                .as("decides alone: " + as)
                .isEqualTo(own);
    }

    @Test
    void r26_consent_ends_at_the_earliest_of_term_purpose_majority_inactivity_and_withdrawal() {
        Instant term = START.plus(Duration.ofDays(40));
        Instant purpose = START.plus(Duration.ofDays(50));
        for (int mask = 0; mask < 32; mask++) {
            for (int order = 0; order < 3; order++) { // each of the three fixed ends is the earliest once
                Instant termEnds = term.plus(Duration.ofDays(order == 1 ? 100 : 0));
                Instant purposeEnds = purpose.minus(Duration.ofDays(order == 2 ? 25 : 0));
                List<Instant> ends = new ArrayList<>();
                ConsentEvent yes = event(
                        (mask & 4) != 0 ? Optional.of(GUARDIAN.id()) : Optional.empty(),
                        Act.GIVEN,
                        Method.PAPER,
                        ASKED);
                if ((mask & 1) != 0) {
                    yes = yes.until(Optional.of(termEnds));
                    ends.add(termEnds);
                }
                if ((mask & 2) != 0) {
                    ends.add(purposeEnds);
                }
                if ((mask & 4) != 0) {
                    ends.add(OF_AGE);
                }
                Period inactivity = (mask & 8) != 0 ? Period.ofDays(20) : Period.ofYears(3);
                ends.add(ASKED.atOffset(ZoneOffset.UTC).plus(inactivity).toInstant());
                List<ConsentEvent> events = new ArrayList<>(List.of(yes));
                Instant back = START.plus(Duration.ofDays(30));
                if ((mask & 16) != 0) {
                    events.add(event(yes.guardian(), Act.WITHDRAWN, Method.MESSAGE, back));
                    ends.add(back);
                }
                Optional<Instant> purposeEnd = (mask & 2) != 0 ? Optional.of(purposeEnds) : Optional.empty();
                ConsentLedger ledger = new ConsentLedger(
                        person((mask & 4) != 0 ? Optional.of(MAJORITY) : Optional.empty()),
                        (mask & 4) != 0 ? List.of(GUARDIAN) : List.of(),
                        events,
                        List.of(),
                        0,
                        new BasisTerms(0, 0, inactivity, purposeEnd, Optional.empty()));
                Instant end = ends.stream().min(Instant::compareTo).orElseThrow();
                String as = "mask " + mask + ", order " + order;
                assertThat(given(ledger, ASKED)).as(as).isTrue();
                assertThat(given(ledger, end.minusMillis(1))).as(as).isTrue();
                assertThat(given(ledger, end)).as(as).isFalse();
                assertThat(given(ledger, end.plus(Duration.ofDays(5000))))
                        .as(as)
                        .isFalse();
            }
        }
    }

    @Test
    void r26_a_sign_of_life_moves_inactivity_and_nothing_else_and_revives_nothing() {
        BasisTerms month = new BasisTerms(0, 0, Period.ofDays(30), Optional.empty(), Optional.empty());
        Instant seen = ASKED.plus(Duration.ofDays(29));
        Instant tooLate = ASKED.plus(Duration.ofDays(60));
        ConsentEvent yes = own(Act.GIVEN, ASKED).until(Optional.of(ASKED.plus(Duration.ofDays(45))));
        ConsentLedger active = ledgerOf(yes, List.of(seen), month);
        assertThat(given(active, ASKED.plus(Duration.ofDays(44)))).isTrue();
        assertThat(given(active, ASKED.plus(Duration.ofDays(45)))).isFalse(); // the term does not move
        ConsentLedger revived = ledgerOf(own(Act.GIVEN, ASKED), List.of(tooLate), month);
        assertThat(given(revived, ASKED.plus(Duration.ofDays(30)))).isFalse();
        assertThat(given(revived, tooLate.plusSeconds(1))).isFalse();
        assertThat(revived.standing(Choice.MYSELF, tooLate).reason()).isEqualTo(Standing.Reason.INACTIVE);
    }

    private static ConsentLedger ledgerOf(ConsentEvent yes, List<Instant> searches, BasisTerms basis) {
        return new ConsentLedger(person(Optional.empty()), List.of(), List.of(yes), searches, 0, basis);
    }

    @Test
    void r23_a_yes_to_an_older_notice_or_basis_rests_until_renewed() {
        for (int noticeSince = 0; noticeSince <= 2; noticeSince++) {
            for (int basisSince = 0; basisSince <= 1; basisSince++) {
                BasisTerms basis = new BasisTerms(1, basisSince, Period.ofYears(3), Optional.empty(), Optional.empty());
                ConsentLedger ledger = new ConsentLedger(
                        person(Optional.empty()),
                        List.of(),
                        List.of(own(Act.GIVEN, ASKED)),
                        List.of(),
                        noticeSince,
                        basis);
                boolean rests = noticeSince > 1 || basisSince > 0; // it was given on notice 1 under basis 0
                assertThat(given(ledger, NOW)).isEqualTo(!rests);
                assertThat(ledger.standing(Choice.MYSELF, NOW).state())
                        .isEqualTo(rests ? Standing.State.SUSPENDED : Standing.State.GIVEN);
            }
        }
    }

    @Test
    void r19_only_an_active_yes_of_an_active_person_makes_the_proof_and_one_choice_says_nothing_of_another() {
        ConsentLedger ledger = ledger(person(Optional.empty()), List.of(), List.of(own(Act.GIVEN, ASKED)));
        assertThat(given(ledger, ASKED.minusMillis(1))).isFalse();
        assertThat(given(ledger, NOW)).isTrue();
        assertThat(ledger.standing(Choice.STAFF, NOW).state()).isEqualTo(Standing.State.UNKNOWN);
        assertThat(ledger.standing(Choice.group("team"), NOW).isGiven()).isFalse();
        for (Person.State state : Person.State.values()) {
            ConsentLedger of = ledger(person(Optional.empty()).in(state), List.of(), List.of(own(Act.GIVEN, ASKED)));
            boolean active = state == Person.State.ENROLLED || state == Person.State.INVITED;
            assertThat(given(of, NOW)).as(state.word()).isEqualTo(active);
        }
        assertThatExceptionOfType(LikenessException.class)
                .isThrownBy(() -> ledger.require(Choice.STAFF, NOW))
                .withMessageContaining("may not be found by staff")
                .withMessageContaining("likeness consent")
                .matches(e -> e.kind() == LikenessException.Kind.REFUSED);
    }

    @Test
    void r19_the_last_answer_of_a_party_counts_over_every_sequence_of_four_acts() {
        Act[] acts = Act.values();
        for (int sequence = 0; sequence < acts.length * acts.length * acts.length * acts.length; sequence++) {
            List<ConsentEvent> events = new ArrayList<>();
            boolean expected = false;
            int rest = sequence;
            for (int i = 0; i < 4; i++) {
                Act act = acts[rest % acts.length];
                rest /= acts.length;
                events.add(own(act, ASKED.plusSeconds(i)));
                expected = act == Act.GIVEN; // whatever else is said ends it
            }
            assertThat(given(ledger(person(Optional.empty()), List.of(), events), NOW))
                    .as("sequence %d", sequence)
                    .isEqualTo(expected);
        }
    }
}
