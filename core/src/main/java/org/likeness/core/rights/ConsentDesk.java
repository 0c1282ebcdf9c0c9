package org.likeness.core.rights;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.likeness.core.LikenessException;
import org.likeness.core.audit.Actor;
import org.likeness.core.audit.AuditEntry;
import org.likeness.core.audit.AuditEntry.Action;
import org.likeness.core.audit.Statement;
import org.likeness.core.collection.Collection;
import org.likeness.core.collection.Purpose;
import org.likeness.core.consent.BasisTerms;
import org.likeness.core.consent.Choice;
import org.likeness.core.consent.Consent;
import org.likeness.core.consent.ConsentEvent;
import org.likeness.core.consent.ConsentEvent.Act;
import org.likeness.core.consent.ConsentEventId;
import org.likeness.core.consent.ConsentLedger;
import org.likeness.core.consent.Method;
import org.likeness.core.consent.Notice;
import org.likeness.core.consent.Standing;
import org.likeness.core.consent.Withdrawable;
import org.likeness.core.consent.WithdrawalCode;
import org.likeness.core.ledger.LedgerEntry;
import org.likeness.core.person.Guardian;
import org.likeness.core.person.GuardianId;
import org.likeness.core.person.Person;
import org.likeness.core.person.PersonId;
import org.likeness.core.records.Records;
import org.likeness.core.records.WriteTransaction;

/// Records what people answer, takes consent back, and makes the receipt of either. Thread-safe.
///
/// A choice nobody named stays unknown, which counts as no. Saying no to all of them is a complete
/// answer.
public final class ConsentDesk {
    private final Records records;
    private final Clock clock;
    private final Actor actor;
    private final LedgerReader ledgers;
    private final AtEnd atEnd;

    /// Deletes what may be held only while somebody may find a person, in the transaction that ends it.
    @FunctionalInterface
    public interface AtEnd {
        void ended(WriteTransaction tx, PersonId person);
    }

    public ConsentDesk(Records records, Clock clock, Actor actor, LedgerReader ledgers, AtEnd atEnd) {
        this.records = records;
        this.clock = clock;
        this.actor = actor;
        this.ledgers = ledgers;
        this.atEnd = atEnd;
    }

    /// What somebody answered.
    ///
    /// @param guardian who answered for a minor; empty: the person
    /// @param yes each choice that was answered, with its answer
    /// @param noticeVersion which one they were shown; empty: the current one
    /// @param language in which they were shown it; may be left out where the notice has only one
    /// @param endsAt when a yes ends at the latest
    public record Answers(
            PersonId person,
            Optional<GuardianId> guardian,
            Map<Choice, Boolean> yes,
            Method method,
            Optional<Integer> noticeVersion,
            Optional<String> language,
            Optional<Instant> endsAt) {
        public Answers {
            yes = new LinkedHashMap<>(yes);
        }
    }

    /// What was recorded.
    ///
    /// @param statement the receipt; empty when there was nothing to record
    /// @param code ends the consent by being shown; nobody can be told it again
    /// @param choices what was answered or taken back
    public record Recorded(
            PersonId person, Optional<Statement> statement, Optional<WithdrawalCode> code, List<Choice> choices) {
        public Recorded {
            choices = List.copyOf(choices);
        }
    }

    /// What the answers to one choice come to now.
    ///
    /// @param consent the proof, where it is a yes
    public record Answer(Choice choice, Standing standing, Optional<Consent> consent) {}

    /// Records answers and makes their receipt.
    ///
    /// @throws LikenessException REFUSED when the collection's profile has no such choice, a yes has no
    ///     basis with its purpose, no notice was published, the notice is outdated, or a guardian answers for
    ///     somebody of age; BAD_INPUT when nothing was answered
    public Recorded record(Answers answers) {
        if (answers.yes().isEmpty()) {
            throw bad("an answer must name at least one choice\nName each: --choice myself --refuse staff.")
                    .called("consent.none");
        }
        Instant now = clock.instant();
        if (answers.endsAt().isPresent() && !answers.endsAt().get().isAfter(now)) {
            throw bad("the term of a consent must end later than now\nName a later day, or leave it out.")
                    .called("consent.term");
        }
        return records.change(tx -> {
            Person person = LedgerReader.person(tx, answers.person());
            check(tx, person, answers, now);
            Notice.Shown shown = shown(tx, person, answers);
            requireGround(tx, person, answers);
            List<ConsentEvent> events = new ArrayList<>();
            answers.yes().forEach((choice, yes) -> {
                Act act = yes ? Act.GIVEN : Act.REFUSED;
                events.add(event(tx, person, answers.guardian(), choice, act, Optional.of(shown), answers.method(), now)
                        .until(yes ? answers.endsAt() : Optional.empty()));
            });
            if (person.state() == Person.State.INVITED) {
                tx.people().update(person.in(Person.State.ENROLLED));
            }
            answers.guardian()
                    .flatMap(tx.people()::guardian)
                    .filter(guardian -> guardian.notifiedAt().isEmpty())
                    .ifPresent(guardian -> tx.people().notified(guardian.id(), now)); // who answers has been told
            return recorded(tx, person, answers.guardian(), events, now, true);
        });
    }

    private void check(WriteTransaction tx, Person person, Answers answers, Instant now) {
        if (person.state() == Person.State.FORGOTTEN) {
            throw LedgerReader.refused("person " + person.id() + " was erased\nAdd them anew if they ask for it.")
                    .called("person.erased");
        }
        Collection collection = tx.collection(person.collection()).orElseThrow();
        for (Choice choice : answers.yes().keySet()) {
            if (!collection.profile().purposes().contains(choice.purpose())) {
                throw LedgerReader.refused("a collection with profile "
                                + collection.profile().word() + " has no choice " + choice.word()
                                + "\nConsent of single people is for collections with profile event.")
                        .called("consent.profile");
            }
        }
        answers.guardian().ifPresent(id -> {
            Optional<Guardian> guardian =
                    tx.people().guardian(id).filter(g -> g.person().equals(person.id()));
            if (guardian.isEmpty()) {
                throw LedgerReader.notFound("guardian " + id + " of this person", "likeness person show")
                        .called("guardian.none");
            }
            if (!person.isMinor(now)) {
                throw decidesAlone(person.id());
            }
        });
    }

    /// A yes without a basis would be one to nobody in particular, for nothing in particular.
    private static void requireGround(WriteTransaction tx, Person person, Answers answers) {
        List<Choice> given =
                answers.yes().keySet().stream().filter(answers.yes()::get).toList();
        if (given.isEmpty()) {
            return; // a no needs no ground
        }
        Set<Purpose> purposes = tx.basis()
                .inForce(person.collection())
                .orElseThrow(() -> LedgerReader.refused("no basis is recorded for this collection, so there is nothing"
                                + " to say yes to\nRecord it first: likeness collection basis.")
                        .called("consent.no-basis"))
                .purposes();
        for (Choice choice : given) {
            if (purposes.contains(choice.purpose())) {
                continue;
            }
            throw LedgerReader.refused("choice " + choice.word() + " is for purpose "
                            + choice.purpose().word() + ", which the basis of this collection does not have"
                            + "\nLeave the choice out, or record a basis with that purpose: likeness collection basis.")
                    .called("consent.no-purpose");
        }
    }

    private static LikenessException decidesAlone(PersonId person) {
        return LedgerReader.refused(
                        "person " + person + " is of age: no guardian answers for them any more\nAsk them themselves.")
                .called("consent.of-age");
    }

    private static Notice.Shown shown(WriteTransaction tx, Person person, Answers answers) {
        Notice notice = answers.noticeVersion()
                .map(version -> tx.people()
                        .notice(person.collection(), version)
                        .orElseThrow(() -> LedgerReader.notFound("notice " + version, "likeness notice list")
                                .called("notice.none")))
                .or(() -> tx.people().currentNotice(person.collection()))
                .orElseThrow(() -> LedgerReader.refused("no notice was published for this collection"
                                + "\nPublish what people are shown: likeness notice publish --text en=FILE.")
                        .called("consent.no-notice"));
        int renewedSince = tx.people().materialNoticeVersion(person.collection());
        if (notice.version() < renewedSince) {
            throw LedgerReader.refused("notice " + notice.version() + " is outdated: purpose, controller or audience"
                            + " changed with notice " + renewedSince + "\nShow them the current notice and ask again.")
                    .called("notice.outdated");
        }
        return notice.shown(answers.language());
    }

    /// Takes back all of a person's consent by a receipt's code: no login, no name, no photo.
    ///
    /// @return without a statement when it had been taken back before
    /// @throws LikenessException NOT_FOUND when the code is not known, as after an erasure
    public Recorded withdraw(WithdrawalCode code) {
        return withdraw(code, Method.MESSAGE);
    }

    /// The same, where the code was not sent in but entered.
    public Recorded withdraw(WithdrawalCode code, Method method) {
        Withdrawable known = records.read(tx -> tx.people().withdrawable(code.sha256()))
                .orElseThrow(() -> new LikenessException(
                                LikenessException.Kind.NOT_FOUND,
                                "nothing is held under this receipt"
                                        + "\nIf it was copied by hand, compare the code; after an"
                                        + " erasure nothing is left to withdraw.")
                        .called("receipt.none"));
        boolean outgrown =
                known.guardian().isPresent() && !ledger(known.person()).person().isMinor(clock.instant());
        return outgrown // it ended when the person came of age, and the receipt must not meet an error
                ? new Recorded(known.person(), Optional.empty(), Optional.empty(), List.of())
                : withdraw(known.person(), known.guardian(), method);
    }

    /// Takes back all of a person's consent, because they or a guardian said so.
    ///
    /// @return without a statement when it had been taken back before
    public Recorded withdraw(PersonId id, Optional<GuardianId> guardian, Method method) {
        Instant now = clock.instant();
        ConsentLedger before = ledger(id);
        if (guardian.isPresent()) {
            if (!before.person().isMinor(now)) {
                throw decidesAlone(id);
            }
            boolean theirs = records.read(tx -> tx.people().guardian(guardian.get()))
                    .filter(found -> found.person().equals(id))
                    .isPresent();
            if (!theirs) {
                throw LedgerReader.notFound("guardian of this person", "likeness person show")
                        .called("guardian.none");
            }
        }
        if (before.withdrawable(guardian).isEmpty()) {
            return new Recorded(id, Optional.empty(), Optional.empty(), List.of());
        }
        return records.change(tx -> {
            ConsentLedger ledger = ledgers.ledger(tx, id);
            List<ConsentEvent> events = ledger.withdrawable(guardian).stream()
                    .map(choice ->
                            event(tx, ledger.person(), guardian, choice, Act.WITHDRAWN, Optional.empty(), method, now))
                    .toList();
            return recorded(tx, ledger.person(), guardian, events, now, false);
        });
    }

    /// Ends a person's consent from the side of whoever runs the collection.
    ///
    /// @throws LikenessException REFUSED when nobody has said yes
    public Recorded revoke(PersonId id) {
        Instant now = clock.instant();
        return records.change(tx -> {
            ConsentLedger ledger = ledgers.ledger(tx, id);
            List<ConsentEvent> events = ledger.revocable().stream()
                    .map(choice -> event(
                            tx,
                            ledger.person(),
                            Optional.empty(),
                            choice,
                            Act.REVOKED,
                            Optional.empty(),
                            Method.PAGE,
                            now))
                    .toList();
            if (events.isEmpty()) {
                throw LedgerReader.refused("person " + id + " has no consent to end\nSee: likeness consent show.")
                        .called("consent.nothing-to-end");
            }
            return recorded(tx, ledger.person(), Optional.empty(), events, now, false);
        });
    }

    /// Takes back or ends again what the deletion ledger says was, unless it was given anew since.
    ///
    /// @return how many choices that were
    public long follow(WriteTransaction tx, LedgerEntry entry) {
        PersonId id = new PersonId(entry.object());
        if (tx.people().person(id).isEmpty()) {
            return 0;
        }
        Instant now = clock.instant();
        ConsentLedger ledger = ledgers.ledger(tx, id);
        Withdrawals.Again again = Withdrawals.again(entry, ledger, tx.people());
        for (Choice choice : again.choices()) {
            tx.people()
                    .add(event(
                            tx,
                            ledger.person(),
                            again.guardian(),
                            choice,
                            again.act(),
                            Optional.empty(),
                            Method.MESSAGE,
                            now));
        }
        if (!again.choices().isEmpty() && !ledgers.ledger(tx, id).anyGiven(now)) {
            atEnd.ended(tx, id);
        }
        return again.choices().size();
    }

    /// Everything a person's answers come to can be asked of it.
    ///
    /// @throws LikenessException NOT_FOUND when there is no such person
    public ConsentLedger ledger(PersonId id) {
        return records.read(tx -> ledgers.ledger(tx, id));
    }

    /// Everything a person and their guardians answered, oldest first.
    ///
    /// @throws LikenessException NOT_FOUND when there is no such person
    public List<ConsentEvent> events(PersonId id) {
        return records.read(tx -> {
            LedgerReader.person(tx, id);
            return tx.people().consentEvents(id);
        });
    }

    /// What a person's answers come to now, for each choice anybody answered.
    ///
    /// @throws LikenessException NOT_FOUND when there is no such person
    public List<Answer> answers(PersonId id) {
        Instant now = clock.instant();
        ConsentLedger ledger = ledger(id);
        return ledger.choices().stream()
                .map(choice -> new Answer(choice, ledger.standing(choice, now), ledger.consent(choice, now)))
                .toList();
    }

    private ConsentEvent event(
            WriteTransaction tx,
            Person person,
            Optional<GuardianId> guardian,
            Choice choice,
            Act act,
            Optional<Notice.Shown> shown,
            Method method,
            Instant now) {
        return new ConsentEvent(
                ConsentEventId.next(),
                person.collection(),
                person.id(),
                guardian,
                choice,
                act,
                shown,
                ledgers.terms(tx, person.collection()).version(),
                method,
                actor,
                now,
                Optional.empty());
    }

    /// Stores the answers, what ends with them, the receipt and its code, and the one entry for all of
    /// it.
    private Records.Changed<Recorded> recorded(
            WriteTransaction tx,
            Person person,
            Optional<GuardianId> guardian,
            List<ConsentEvent> events,
            Instant now,
            boolean withCode) {
        events.forEach(tx.people()::add);
        Withdrawals.entry(person, guardian, events, now).ifPresent(tx.ledger()::record);
        if (!ledgers.ledger(tx, person.id()).anyGiven(now)) {
            atEnd.ended(tx, person.id());
        }
        Statement statement = receipt(person, guardian, events, ledgers.terms(tx, person.collection()), now);
        tx.add(statement);
        Optional<WithdrawalCode> code = withCode ? Optional.of(WithdrawalCode.next()) : Optional.empty();
        code.ifPresent(c -> tx.people().add(new Withdrawable(c.sha256(), person.id(), guardian, statement.id())));
        UUID object = person.id().value();
        return new Records.Changed<>(
                new Recorded(
                        person.id(),
                        Optional.of(statement),
                        code,
                        events.stream().map(ConsentEvent::choice).toList()),
                AuditEntry.of(now, actor, Action.CONSENT_RECORDED, object, person.collection())
                        .withCount(events.size())
                        .withStatement(statement));
    }

    private Statement receipt(
            Person person, Optional<GuardianId> guardian, List<ConsentEvent> events, BasisTerms terms, Instant now) {
        boolean revoked = events.stream().anyMatch(event -> event.act() == Act.REVOKED);
        Statement.Draft draft = Statement.about(
                        Statement.Kind.CONSENT_RECEIPT,
                        Optional.of(person.collection()),
                        Optional.of(person.id().value()),
                        now)
                .with("person", person.id().toString())
                .with(
                        "by",
                        revoked
                                ? "controller"
                                : guardian.map(g -> "guardian " + g).orElse("person"))
                .with(
                        "choices",
                        events.stream()
                                .map(event -> event.choice().word() + "="
                                        + event.act().word())
                                .toList())
                .with(
                        "purposes",
                        events.stream()
                                .filter(event -> event.act() != Act.REFUSED)
                                .map(event -> event.choice().purpose().word())
                                .distinct()
                                .toList())
                .with("personalData", List.of("facial print", "photos that show the person"));
        events.stream()
                .flatMap(event -> event.shown().stream())
                .findFirst()
                .ifPresent(shown -> draft.with("notice", shown.version())
                        .with("language", shown.language())
                        .with("textSha256", shown.sha256().hex()));
        events.stream()
                .flatMap(event -> event.endsAt().stream())
                .findFirst()
                .ifPresent(end -> draft.with("endsAt", end.toString()));
        terms.controllerSha256().ifPresent(hash -> draft.with("controllerSha256", hash.hex()));
        return draft.with("basis", terms.version())
                .with("inactivity", terms.inactivity().toString())
                .with(
                        "method",
                        events.stream().map(e -> e.method().word()).findFirst().orElse("none"))
                .with("capturedBy", actor.pseudonym())
                .build();
    }

    private static LikenessException bad(String message) {
        return new LikenessException(LikenessException.Kind.BAD_INPUT, message);
    }
}
