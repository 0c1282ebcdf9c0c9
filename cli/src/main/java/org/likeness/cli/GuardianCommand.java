package org.likeness.cli;

import java.util.Map;
import org.likeness.core.LikenessException;
import org.likeness.core.person.Details;
import org.likeness.core.person.Guardian;
import org.likeness.core.person.GuardianId;
import org.likeness.core.person.PersonId;
import org.likeness.core.rights.PeopleDesk;
import org.likeness.library.Likeness;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `likeness person guardian …`
@Command(
        name = "guardian",
        description = {
            "Add, correct, remove, tell and list the guardians of a minor.",
            "All of them must be told; one of them must say yes in writing; any no, the minor's too, wins."
        },
        subcommands = {
            GuardianCommand.Add.class,
            GuardianCommand.Change.class,
            GuardianCommand.Remove.class,
            GuardianCommand.Notified.class,
            GuardianCommand.ListAll.class
        })
final class GuardianCommand extends LikenessCommand {
    @Override
    ExitCode execute() {
        throw new LikenessException(
                LikenessException.Kind.BAD_INPUT,
                "a command is missing\nName one: likeness person guardian add, change, remove, notified or list.");
    }

    static Map<String, Object> describe(PeopleDesk.KnownGuardian known) {
        Map<String, Object> described = describe(known.guardian());
        known.details().ifPresent(details -> PersonCommand.describe(described, details));
        return described;
    }

    private static Map<String, Object> describe(Guardian guardian) {
        Map<String, Object> described = Out.map(
                "guardian",
                guardian.id().toString(),
                "person",
                guardian.person().toString());
        guardian.notifiedAt().ifPresent(at -> described.put("toldAt", at.toString()));
        return described;
    }

    /// `likeness person guardian add PERSON`
    @Command(name = "add", description = "Add a guardian of a minor.")
    static final class Add extends LikenessCommand {
        @Parameters(paramLabel = "PERSON", description = "The minor's id.")
        private String person;

        @Mixin
        private DetailsOptions details = new DetailsOptions();

        @Override
        ExitCode execute() {
            PersonId minor = Given.person(person);
            Details known = details.over(Details.NONE);
            try (Likeness likeness = shared().open()) {
                Guardian guardian = likeness.people().addGuardian(minor, known);
                out().line("Added guardian " + guardian.id() + ".");
                out().line("Next, when they were told: likeness person guardian notified " + guardian.id());
                out().document(describe(guardian));
                return ExitCode.OK;
            }
        }
    }

    /// `likeness person guardian change PERSON GUARDIAN`
    @Command(name = "change", description = "Correct who a guardian is. What is left out stays as it was.")
    static final class Change extends LikenessCommand {
        @Parameters(index = "0", paramLabel = "PERSON", description = "The minor's id.")
        private String person;

        @Parameters(index = "1", paramLabel = "GUARDIAN", description = "The guardian's id.")
        private String id;

        @Mixin
        private DetailsOptions details = new DetailsOptions();

        @Override
        ExitCode execute() {
            GuardianId guardian = Given.guardian(id);
            try (Likeness likeness = shared().open()) {
                Details before = likeness.people().known(Given.person(person)).guardians().stream()
                        .filter(each -> each.guardian().id().equals(guardian))
                        .findFirst()
                        .flatMap(PeopleDesk.KnownGuardian::details)
                        .orElse(Details.NONE);
                Guardian changed = likeness.people().changeGuardian(guardian, details.over(before));
                out().line("Corrected guardian " + changed.id() + ".");
                out().document(describe(changed));
                return ExitCode.OK;
            }
        }
    }

    /// `likeness person guardian remove GUARDIAN`
    @Command(name = "remove", description = "Remove somebody who is no guardian; one who answered stays.")
    static final class Remove extends LikenessCommand {
        @Parameters(paramLabel = "GUARDIAN", description = "The guardian's id.")
        private String id;

        @Override
        ExitCode execute() {
            try (Likeness likeness = shared().open()) {
                Guardian removed = likeness.people().removeGuardian(Given.guardian(id));
                out().line("Removed guardian " + removed.id() + ".");
                out().document(describe(removed));
                return ExitCode.OK;
            }
        }
    }

    /// `likeness person guardian notified GUARDIAN`
    @Command(
            name = "notified",
            description = "Record that a guardian was told what is meant to happen with the minor's photos.")
    static final class Notified extends LikenessCommand {
        @Parameters(paramLabel = "GUARDIAN", description = "The guardian's id.")
        private String id;

        @Override
        ExitCode execute() {
            try (Likeness likeness = shared().open()) {
                Guardian guardian = likeness.people().notified(Given.guardian(id));
                out().line("Guardian " + guardian.id() + " was told.");
                out().document(describe(guardian));
                return ExitCode.OK;
            }
        }
    }

    /// `likeness person guardian list PERSON`
    @Command(name = "list", description = "List the guardians of a minor.")
    static final class ListAll extends LikenessCommand {
        @Parameters(paramLabel = "PERSON", description = "The minor's id.")
        private String person;

        @Override
        ExitCode execute() {
            try (Likeness likeness = shared().open()) {
                PeopleDesk.Known known = likeness.people().known(Given.person(person));
                for (PeopleDesk.KnownGuardian one : known.guardians()) {
                    out().line(one.guardian().id() + "  "
                            + one.details().flatMap(Details::name).orElse("")
                            + (one.guardian().notifiedAt().isPresent() ? "" : "  (not told yet)"));
                }
                out().document(Out.map(
                        "guardians",
                        known.guardians().stream()
                                .map(GuardianCommand::describe)
                                .toList()));
                return ExitCode.OK;
            }
        }
    }
}
