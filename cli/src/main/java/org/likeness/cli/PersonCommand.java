package org.likeness.cli;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.likeness.core.LikenessException;
import org.likeness.core.collection.Collection;
import org.likeness.core.collection.Profile;
import org.likeness.core.person.Details;
import org.likeness.core.person.Guardian;
import org.likeness.core.person.Person;
import org.likeness.core.person.PersonId;
import org.likeness.core.rights.PeopleDesk;
import org.likeness.library.Likeness;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `likeness person …`
@Command(
        name = "person",
        description = "Add, show and change people who may be found, and the guardians of minors.",
        subcommands = {
            PersonCommand.Add.class,
            PersonCommand.ListAll.class,
            PersonCommand.Show.class,
            PersonCommand.Change.class,
            PersonCommand.Suspend.class,
            PersonCommand.Resume.class,
            GuardianCommand.class,
            ReferenceCommand.class
        })
final class PersonCommand extends LikenessCommand {
    private static final String ID = "The person's id, see likeness person list.";

    @Override
    ExitCode execute() {
        return ListAll.list(shared(), out(), Optional.empty());
    }

    /// Ids and words only.
    static Map<String, Object> describe(Person person) {
        Map<String, Object> described = Out.map(
                "person", person.id().toString(), "state", person.state().word());
        described.put("addedAt", person.addedAt().toString());
        person.majorityOn().ifPresent(day -> described.put("comesOfAge", day.toString()));
        return described;
    }

    static void describe(Map<String, Object> described, Details details) {
        details.name().ifPresent(name -> described.put("name", name));
        details.contact().ifPresent(contact -> described.put("contact", contact));
        details.language().ifPresent(language -> described.put("language", language));
    }

    /// `likeness person add`
    @Command(
            name = "add",
            description = {
                "Add a person. Nothing about them need be known; what is given is sealed with a key of their own.",
                "Adding somebody lets nobody find them: only their own yes does."
            })
    static final class Add extends LikenessCommand {
        @Option(names = "--collection", paramLabel = "NAME", description = "To which collection.")
        private Optional<String> collection = Optional.empty();

        @Mixin
        private DetailsOptions details = new DetailsOptions();

        @Option(
                names = "--comes-of-age",
                paramLabel = "DATE",
                description = "For a minor: the first day on which they decide alone. Guardians decide until then.")
        private Optional<String> majority = Optional.empty();

        @Override
        ExitCode execute() {
            Optional<LocalDate> day = majority.map(text -> Given.day("--comes-of-age", text));
            Details known = details.over(Details.NONE);
            try (Likeness likeness = shared().open()) {
                Collection to = collection(likeness, collection);
                Person person = likeness.people().add(to.id(), known, day);
                out().line("Added person " + person.id() + ".");
                if (day.isPresent() && !person.isMinor(person.addedAt())) {
                    out().line("They are of age already, so no guardian decides for them.");
                }
                if (to.profile() == Profile.EVENT) {
                    out().line(
                                    person.isMinor(person.addedAt())
                                            ? "Next: likeness person guardian add " + person.id() + " --name NAME"
                                            : "Next, if they say yes: likeness consent give " + person.id()
                                                    + " --choice myself --method paper");
                }
                out().document(describe(person));
                return ExitCode.OK;
            }
        }
    }

    /// `likeness person list`
    @Command(name = "list", description = "List the people of a collection.")
    static final class ListAll extends LikenessCommand {
        @Option(names = "--collection", paramLabel = "NAME", description = "Of which collection.")
        private Optional<String> collection = Optional.empty();

        @Override
        ExitCode execute() {
            return list(shared(), out(), collection);
        }

        static ExitCode list(Shared shared, Out out, Optional<String> collection) {
            try (Likeness likeness = shared.open()) {
                List<Map<String, Object>> all = new ArrayList<>();
                Collection of = collection(likeness, collection);
                for (Person person : likeness.people().people(of.id())) {
                    Map<String, Object> described = describe(person);
                    details(likeness, person.id())
                            .flatMap(Details::name)
                            .ifPresent(name -> described.put("name", name));
                    all.add(described);
                    out.line(String.format(
                            Locale.ROOT,
                            "%s  %-9s  %s",
                            person.id(),
                            person.state().word(),
                            described.getOrDefault("name", "")));
                }
                if (all.isEmpty()) {
                    out.line("Nobody yet. Add somebody: likeness person add");
                }
                out.document(Out.map("people", all));
                return ExitCode.OK;
            }
        }

        /// Empty also where they do not open, so that one lost key does not hide everybody else.
        private static Optional<Details> details(Likeness likeness, PersonId id) {
            try {
                return likeness.people().known(id).details();
            } catch (LikenessException e) {
                return Optional.empty();
            }
        }
    }

    /// `likeness person show ID`
    @Command(name = "show", description = "Show a person, their guardians, and what their answers come to now.")
    static final class Show extends LikenessCommand {
        @Parameters(paramLabel = "ID", description = ID)
        private String id;

        @Override
        ExitCode execute() {
            PersonId person = Given.person(id);
            try (Likeness likeness = shared().open()) {
                PeopleDesk.Known known = likeness.people().known(person);
                Map<String, Object> described = describe(known.person());
                known.details().ifPresent(details -> describe(described, details));
                described.put(
                        "guardians",
                        known.guardians().stream()
                                .map(GuardianCommand::describe)
                                .toList());
                Out out = out();
                out.line("person       " + person);
                out.line("  state      " + known.person().state().word());
                known.person().majorityOn().ifPresent(day -> out.line("  of age on  " + day));
                known.details().ifPresent(details -> {
                    details.name().ifPresent(name -> out.line("  name       " + name));
                    details.contact().ifPresent(contact -> out.line("  contact    " + contact));
                    details.language().ifPresent(language -> out.line("  language   " + language));
                });
                for (PeopleDesk.KnownGuardian one : known.guardians()) {
                    Guardian guardian = one.guardian();
                    out.line("  guardian   " + guardian.id() + "  "
                            + one.details().flatMap(Details::name).orElse("")
                            + guardian.notifiedAt()
                                    .map(at -> " (told " + at + ")")
                                    .orElse(" (not told yet)"));
                }
                described.put(
                        "choices",
                        ConsentCommand.Show.choices(likeness.consents().answers(person), out));
                out.document(described);
                return ExitCode.OK;
            }
        }
    }

    /// `likeness person change ID`
    @Command(name = "change", description = "Correct what is known of a person. What is not named stays as it is.")
    static final class Change extends LikenessCommand {
        @Parameters(paramLabel = "ID", description = ID)
        private String id;

        @Mixin
        private DetailsOptions details = new DetailsOptions();

        @Option(
                names = "--comes-of-age",
                paramLabel = "DATE",
                description = "The first day on which they decide alone. Empty: they always have.")
        private Optional<String> majority = Optional.empty();

        @Override
        ExitCode execute() {
            PersonId person = Given.person(id);
            if (!details.isGiven() && majority.isEmpty()) {
                throw new LikenessException(
                        LikenessException.Kind.BAD_INPUT,
                        "nothing was named to change\nName --name, --contact, --language, --stdin or --comes-of-age.");
            }
            Optional<LocalDate> day =
                    majority.filter(text -> !text.isEmpty()).map(text -> Given.day("--comes-of-age", text));
            try (Likeness likeness = shared().open()) {
                PeopleDesk people = likeness.people();
                Person changed = people.person(person);
                if (details.isGiven()) {
                    Details known = people.known(person).details().orElse(Details.NONE);
                    changed = people.change(person, details.over(known));
                }
                if (majority.isPresent()) {
                    changed = people.change(person, day);
                }
                out().line("Changed person " + person + ".");
                out().document(describe(changed));
                return ExitCode.OK;
            }
        }
    }

    /// `likeness person suspend ID`
    @Command(name = "suspend", description = "Keep a person and use nothing of them: from now on nobody finds them.")
    static final class Suspend extends LikenessCommand {
        @Parameters(paramLabel = "ID", description = ID)
        private String id;

        @Override
        ExitCode execute() {
            try (Likeness likeness = shared().open()) {
                Person person = likeness.people().suspend(Given.person(id));
                out().line("Suspended person " + person.id() + ". Lift it with: likeness person resume");
                out().document(describe(person));
                return ExitCode.OK;
            }
        }
    }

    /// `likeness person resume ID`
    @Command(name = "resume", description = "Lift a suspension; what they answered counts again.")
    static final class Resume extends LikenessCommand {
        @Parameters(paramLabel = "ID", description = ID)
        private String id;

        @Override
        ExitCode execute() {
            try (Likeness likeness = shared().open()) {
                Person person = likeness.people().resume(Given.person(id));
                out().line("Person " + person.id() + " is " + person.state().word() + " again.");
                out().document(describe(person));
                return ExitCode.OK;
            }
        }
    }
}
