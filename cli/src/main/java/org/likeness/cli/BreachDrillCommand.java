package org.likeness.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.likeness.core.person.Details;
import org.likeness.core.person.PersonId;
import org.likeness.library.BreachDesk;
import org.likeness.library.Likeness;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `likeness breach-drill`
@Command(
        name = "breach-drill",
        description = {
            "Say who would be affected if somebody took the data directory, by what, and whether they could read it.",
            "Starts the clock for telling the authority (setting breach.hours) and records the drill."
        })
final class BreachDrillCommand extends LikenessCommand {
    @ArgGroup(multiplicity = "1")
    private Which which = new Which();

    @Option(names = "--names", description = "Also show what names the people. Without it: their ids only.")
    private boolean names;

    /// Which collections.
    static final class Which {
        @Option(names = "--collection", paramLabel = "NAME", description = "One collection.")
        private List<String> collections = List.of();

        @Option(names = "--all", description = "All collections.")
        @SuppressWarnings("UnusedVariable") // the group makes sure that one of the two is given
        private boolean all;
    }

    @Override
    ExitCode execute() {
        try (Likeness likeness = shared().open()) {
            BreachDesk.Drill drill = likeness.breach()
                    .drill(
                            which.collections.isEmpty()
                                    ? likeness.collections()
                                    : which.collections.stream()
                                            .map(likeness::collection)
                                            .toList());
            List<Map<String, Object>> affected = new ArrayList<>();
            for (BreachDesk.Affected one : drill.affected()) {
                affected.add(show(likeness, one));
            }
            show(drill);
            BreachDesk.KeyState keys = drill.keys();
            out().document(Out.map(
                    "startedAt", drill.startedAt().toString(),
                    "notifyBy", drill.notifyBy().toString(),
                    "people", drill.people(),
                    "dataDirectoryAloneIsReadable", drill.readable(),
                    "keysInDataDirectory", keys.inDataDirectory(),
                    "keysReachableByOthers", keys.reachableByOthers(),
                    "keysMissing", keys.missing(),
                    "collections", affected));
            return ExitCode.OK;
        }
    }

    private void show(BreachDesk.Drill drill) {
        out().line(
                        drill.readable()
                                ? "The keys lie in the data directory: who takes it can open what is sealed."
                                : "The keys lie apart: who takes only the data directory cannot open what is sealed.");
        if (drill.keys().reachableByOthers()) {
            out().line("Other accounts of this machine can reach the keys.");
        }
        if (drill.keys().missing() > 0) {
            out().line(drill.keys().missing() + " collections have no key here.");
        }
        out().line("Noticed " + drill.startedAt() + "; the authority must be told by " + drill.notifyBy() + ".");
    }

    private Map<String, Object> show(Likeness likeness, BreachDesk.Affected affected) {
        out().line(String.format(
                Locale.ROOT,
                "%s: %,d people, and whoever else is in its photos",
                affected.collection().name(),
                affected.people().size()));
        for (BreachDesk.DataKind kind : affected.kinds()) {
            out().line(String.format(
                    Locale.ROOT, "  %,9d %-20s %s", kind.count(), kind.name(), word(kind.protection())));
        }
        List<Map<String, Object>> people = new ArrayList<>();
        for (PersonId person : affected.people()) {
            people.add(show(likeness, person));
        }
        return Out.map(
                "collection",
                affected.collection().name(),
                "people",
                people,
                "data",
                affected.kinds().stream()
                        .map(kind -> Out.map(
                                "kind", kind.name(), "count", kind.count(), "protection", word(kind.protection())))
                        .toList());
    }

    private Map<String, Object> show(Likeness likeness, PersonId person) {
        if (!names) {
            out().line("  person " + person);
            return Out.map("person", person.toString());
        }
        Details details = likeness.people().known(person).details().orElse(Details.NONE);
        String name = details.name().orElse("");
        String contact = details.contact().orElse("");
        out().line(("  person " + person + " " + name + " " + contact).stripTrailing());
        return Out.map("person", person.toString(), "name", name, "contact", contact);
    }

    private static String word(BreachDesk.Protection protection) {
        return protection.name().toLowerCase(Locale.ROOT);
    }
}
