package org.likeness.cli;

import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.likeness.core.LikenessException;
import org.likeness.core.audit.Receipt;
import org.likeness.core.audit.Statement;
import org.likeness.core.consent.Choice;
import org.likeness.core.consent.Method;
import org.likeness.core.consent.Standing;
import org.likeness.core.consent.WithdrawalCode;
import org.likeness.core.person.GuardianId;
import org.likeness.core.person.PersonId;
import org.likeness.core.rights.ConsentDesk;
import org.likeness.library.Likeness;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `likeness consent …`
@Command(
        name = "consent",
        description = {
            "Record what people answer, take it back, and show what it comes to.",
            "A choice nobody named stays unknown, which counts as no."
        },
        subcommands = {
            ConsentCommand.Give.class,
            ConsentCommand.Refuse.class,
            ConsentCommand.Renew.class,
            ConsentCommand.Withdraw.class,
            ConsentCommand.Revoke.class,
            ConsentCommand.Show.class
        })
final class ConsentCommand extends LikenessCommand {
    private static final String CODE = "withdrawal code";
    private static final String PERSON = "The person's id, see likeness person list.";

    @Override
    ExitCode execute() {
        throw bad("a command is missing\nName one: likeness consent give, refuse, renew, withdraw, revoke or show.");
    }

    private static LikenessException bad(String message) {
        return new LikenessException(LikenessException.Kind.BAD_INPUT, message);
    }

    /// Writes what was recorded and the receipt of it.
    private static void report(
            Out out,
            Likeness likeness,
            ConsentDesk.Recorded recorded,
            Optional<Path> file,
            String done,
            Map<Choice, Boolean> answers) {
        Map<String, Object> described = Out.map(
                "person",
                recorded.person().toString(),
                "choices",
                recorded.choices().stream().map(Choice::word).toList());
        out.line(done + " of person " + recorded.person() + ": "
                + recorded.choices().stream()
                        .map(choice -> choice.word() + (answers.getOrDefault(choice, true) ? "" : " (no)"))
                        .collect(Collectors.joining(", "))
                + ".");
        recorded.statement().ifPresent(statement -> receipt(out, likeness, described, statement, recorded, file));
        out.document(described);
    }

    private static void receipt(
            Out out,
            Likeness likeness,
            Map<String, Object> described,
            Statement statement,
            ConsentDesk.Recorded recorded,
            Optional<Path> file) {
        Map<String, String> extra = recorded.code()
                .map(code -> Map.of(
                        CODE,
                        code.text(),
                        "to withdraw",
                        "Give this file or the withdrawal code to whoever runs the collection" + page(likeness)
                                + ". Nothing else is needed: no name, no photo, no reason."))
                .orElse(Map.of());
        Receipt receipt = likeness.receipt(statement.id(), extra);
        described.put("statement", statement.id().toString());
        recorded.code().ifPresent(code -> described.put("code", code.text()));
        if (file.isPresent()) {
            ReceiptFile.write(file.get(), receipt);
            out.line("Receipt: " + file.get() + ". Give it to them"
                    + (recorded.code().isPresent() ? "; the code in it takes the consent back." : "."));
            described.put("file", file.get().toString());
        } else {
            out.line("Statement " + statement.id() + "; its receipt: likeness receipt " + statement.id());
            recorded.code()
                    .ifPresent(code -> out.line("Withdrawal code " + code.text()
                            + ": give it to them now, it is kept nowhere and cannot be told again."));
            described.put("receipt", receipt.json());
        }
    }

    /// Where the code can be entered, when it is known where the pages are.
    private static String page(Likeness likeness) {
        String url = likeness.settings().web().url();
        return url.isEmpty() ? "" : ", or enter the code at " + url.replaceFirst("/*$", "/withdraw");
    }

    /// What an answer is recorded with. Filled by picocli, then read only.
    static final class Answered {
        @Option(
                names = "--guardian",
                paramLabel = "ID",
                description = "The guardian who answered for a minor; without it, the person did.")
        private Optional<String> guardian = Optional.empty();

        @Option(
                names = "--method",
                required = true,
                paramLabel = "METHOD",
                description = "How: paper, page, message, recording or spoken.")
        private Method method;

        @Option(
                names = "--notice",
                paramLabel = "N",
                description = "Which notice they were shown (default: the current).")
        private Optional<Integer> notice = Optional.empty();

        @Option(
                names = "--language",
                paramLabel = "TAG",
                description = "In which language; may be left out when the notice has one.")
        private Optional<String> language = Optional.empty();

        @Option(names = "--receipt", paramLabel = "FILE", description = "Write the signed receipt there.")
        private Optional<Path> receipt = Optional.empty();

        private ConsentDesk.Answers answers(PersonId person, Map<Choice, Boolean> yes, Optional<Instant> endsAt) {
            return new ConsentDesk.Answers(
                    person, guardian.map(Given::guardian), yes, method, notice, language, endsAt);
        }
    }

    private static void put(Map<Choice, Boolean> answers, List<String> words, boolean yes) {
        for (String word : words) {
            if (answers.put(Choice.parse(word), yes) != null) {
                throw bad("choice " + word + " was named twice\nName each choice once, as --choice or as --refuse.");
            }
        }
    }

    private static ExitCode record(
            Shared shared, Out out, String person, Answered how, Map<Choice, Boolean> yes, Optional<String> until) {
        PersonId id = Given.person(person);
        Optional<Instant> endsAt = until.map(
                text -> Given.day("--until", text).atStartOfDay(ZoneOffset.UTC).toInstant());
        how.receipt.ifPresent(ReceiptFile::requireFree);
        try (Likeness likeness = shared.open()) {
            ConsentDesk.Recorded recorded = likeness.consents().record(how.answers(id, yes, endsAt));
            report(out, likeness, recorded, how.receipt, "Recorded the answer", yes);
            return ExitCode.OK;
        }
    }

    /// `likeness consent give PERSON`
    @Command(
            name = "give",
            description = {
                "Record a yes, choice by choice, and make a receipt with a withdrawal code.",
                "Each choice must be named: myself (they find themselves), staff, or group:NAME (of the notice)."
            })
    static final class Give extends LikenessCommand {
        @Parameters(paramLabel = "PERSON", description = PERSON)
        private String person;

        @Option(
                names = "--choice",
                required = true,
                paramLabel = "CHOICE",
                description = "A choice they said yes to. May be repeated.")
        private List<String> choices = List.of();

        @Option(names = "--refuse", paramLabel = "CHOICE", description = "A choice they said no to. May be repeated.")
        private List<String> refused = List.of();

        @Option(
                names = "--until",
                paramLabel = "DATE",
                description = "The yes ends at the beginning of this day (UTC).")
        private Optional<String> until = Optional.empty();

        @Mixin
        private Answered how = new Answered();

        @Override
        ExitCode execute() {
            Map<Choice, Boolean> answers = new LinkedHashMap<>();
            put(answers, choices, true);
            put(answers, refused, false);
            return record(shared(), out(), person, how, answers, until);
        }
    }

    /// `likeness consent refuse PERSON`
    @Command(
            name = "refuse",
            description = "Record a no, choice by choice. Saying no to all of them is a complete answer.")
    static final class Refuse extends LikenessCommand {
        @Parameters(paramLabel = "PERSON", description = PERSON)
        private String person;

        @Option(
                names = "--choice",
                required = true,
                paramLabel = "CHOICE",
                description = "A choice they said no to. May be repeated.")
        private List<String> choices = List.of();

        @Mixin
        private Answered how = new Answered();

        @Override
        ExitCode execute() {
            Map<Choice, Boolean> answers = new LinkedHashMap<>();
            put(answers, choices, false);
            return record(shared(), out(), person, how, answers, Optional.empty());
        }
    }

    /// `likeness consent renew PERSON`
    @Command(
            name = "renew",
            description = {
                "Record that they said yes again, after the notice changed or the term ended.",
                "Each choice must be named again, and must have been answered before."
            })
    static final class Renew extends LikenessCommand {
        @Parameters(paramLabel = "PERSON", description = PERSON)
        private String person;

        @Option(
                names = "--choice",
                required = true,
                paramLabel = "CHOICE",
                description = "A choice they said yes to again. May be repeated.")
        private List<String> choices = List.of();

        @Option(
                names = "--until",
                paramLabel = "DATE",
                description = "The yes ends at the beginning of this day (UTC).")
        private Optional<String> until = Optional.empty();

        @Mixin
        private Answered how = new Answered();

        @Override
        ExitCode execute() {
            Map<Choice, Boolean> answers = new LinkedHashMap<>();
            put(answers, choices, true);
            List<Choice> before;
            try (Likeness likeness = shared().open()) {
                before = likeness.consents().ledger(Given.person(person)).choices();
            }
            for (Choice choice : answers.keySet()) {
                if (!before.contains(choice)) {
                    throw new LikenessException(
                            LikenessException.Kind.REFUSED,
                            "choice " + choice.word() + " was never answered, so there is nothing to renew"
                                    + "\nIf they say yes to it for the first time: likeness consent give.");
                }
            }
            return record(shared(), out(), person, how, answers, until);
        }
    }

    /// `likeness consent withdraw`
    @Command(
            name = "withdraw",
            description = {
                "Take consent back, all of it, at once.",
                "With the receipt or its code nothing else is needed; with the id it is recorded on their word."
            })
    static final class Withdraw extends LikenessCommand {
        @Parameters(arity = "0..1", paramLabel = "PERSON", description = "The person's id, when there is no receipt.")
        private Optional<String> person = Optional.empty();

        @Option(names = "--receipt", paramLabel = "FILE", description = "The receipt they hold.")
        private Optional<Path> receipt = Optional.empty();

        @Option(names = "--code", paramLabel = "CODE", description = "The withdrawal code of the receipt.")
        private Optional<String> code = Optional.empty();

        @Option(names = "--guardian", paramLabel = "ID", description = "With PERSON: the guardian who takes it back.")
        private Optional<String> guardian = Optional.empty();

        @Option(
                names = "--method",
                defaultValue = "message",
                paramLabel = "METHOD",
                description = "With PERSON: paper, page, message, recording or spoken (default: ${DEFAULT-VALUE}).")
        private Method method;

        @Option(names = "--confirmation", paramLabel = "FILE", description = "Write a signed receipt of it there.")
        private Optional<Path> confirmation = Optional.empty();

        @Override
        ExitCode execute() {
            if ((person.isPresent() ? 1 : 0) + (receipt.isPresent() ? 1 : 0) + (code.isPresent() ? 1 : 0) != 1) {
                throw bad(
                        "who withdraws must be said in one way\nName --receipt FILE, --code CODE or the person's id.");
            }
            confirmation.ifPresent(ReceiptFile::requireFree);
            Optional<WithdrawalCode> known =
                    code.or(() -> receipt.map(Withdraw::code)).map(WithdrawalCode::parse);
            Optional<GuardianId> by = guardian.map(Given::guardian);
            try (Likeness likeness = shared().open()) {
                ConsentDesk desk = likeness.consents();
                ConsentDesk.Recorded recorded = known.isPresent()
                        ? desk.withdraw(known.get())
                        : desk.withdraw(Given.person(person.orElseThrow()), by, method);
                if (recorded.statement().isEmpty()) {
                    out().line("Nothing was left to withdraw: it had been taken back before.");
                    out().document(Out.map("person", recorded.person().toString(), "choices", List.of()));
                } else {
                    report(out(), likeness, recorded, confirmation, "Withdrew the consent", Map.of());
                }
                return ExitCode.OK;
            }
        }

        private static String code(Path file) {
            return Optional.ofNullable(ReceiptFile.read(file).extra().get(CODE))
                    .orElseThrow(() -> bad(file + " has no withdrawal code: it was given out again later"
                            + "\nUse the receipt from the day itself, or the person's id."));
        }
    }

    /// `likeness consent revoke PERSON`
    @Command(name = "revoke", description = "End a person's consent from the side of whoever runs the collection.")
    static final class Revoke extends LikenessCommand {
        @Parameters(paramLabel = "PERSON", description = PERSON)
        private String person;

        @Option(names = "--receipt", paramLabel = "FILE", description = "Write the signed receipt there.")
        private Optional<Path> receipt = Optional.empty();

        @Override
        ExitCode execute() {
            PersonId id = Given.person(person);
            receipt.ifPresent(ReceiptFile::requireFree);
            try (Likeness likeness = shared().open()) {
                report(out(), likeness, likeness.consents().revoke(id), receipt, "Ended the consent", Map.of());
                return ExitCode.OK;
            }
        }
    }

    /// `likeness consent show PERSON`
    @Command(name = "show", description = "Show what a person's answers come to now, and why.")
    static final class Show extends LikenessCommand {
        @Parameters(paramLabel = "PERSON", description = PERSON)
        private String person;

        @Override
        ExitCode execute() {
            PersonId id = Given.person(person);
            try (Likeness likeness = shared().open()) {
                List<ConsentDesk.Answer> answers = likeness.consents().answers(id);
                out().line("person " + id);
                out().document(Out.map("person", id.toString(), "choices", choices(answers, out())));
                return ExitCode.OK;
            }
        }

        static List<Map<String, Object>> choices(List<ConsentDesk.Answer> answers, Out out) {
            List<Map<String, Object>> described = new ArrayList<>();
            for (ConsentDesk.Answer answer : answers) {
                Standing standing = answer.standing();
                String choice = answer.choice().word();
                Map<String, Object> one = Out.map(
                        "choice", choice,
                        "state", standing.state().word(),
                        "reason", standing.reason().words());
                answer.consent().ifPresent(consent -> {
                    one.put("givenAt", consent.givenAt().toString());
                    consent.endsAt().ifPresent(end -> one.put("endsAt", end.toString()));
                    one.put("inactiveAt", consent.inactiveAt().toString());
                });
                described.add(one);
                out.line("  " + choice + ": " + standing.state().word() + ", "
                        + standing.reason().words()
                        + (standing.isGiven() ? "" : ". " + standing.reason().advice()));
            }
            if (described.isEmpty()) {
                out.line("  No choice was answered, which counts as no.");
            }
            return described;
        }
    }
}
