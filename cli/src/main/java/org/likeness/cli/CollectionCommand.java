package org.likeness.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.likeness.core.collection.Collection;
import org.likeness.core.collection.Profile;
import org.likeness.library.Likeness;
import org.likeness.library.Summary;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `likeness collection …`
@Command(
        name = "collection",
        description = "Create, list, show and rename collections.",
        subcommands = {
            CollectionCommand.Create.class,
            CollectionCommand.ListAll.class,
            CollectionCommand.Show.class,
            CollectionCommand.Rename.class,
            BasisCommand.class
        })
final class CollectionCommand extends LikenessCommand {
    @Override
    ExitCode execute() {
        return new ListAll().list(shared(), out());
    }

    /// `likeness collection create NAME`
    @Command(name = "create", description = "Make a collection with its own key.")
    static final class Create extends LikenessCommand {
        @Parameters(paramLabel = "NAME", description = "What to call it.")
        private String name;

        @Option(
                names = "--profile",
                paramLabel = "PROFILE",
                defaultValue = "event",
                description = {
                    "Who it is for: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).",
                    "household: a private person or family. event: events, schools, clubs; keeps no template of a",
                    "stranger. archive: museums, newsrooms; templates end after a year."
                })
        private Profile profile;

        @Override
        ExitCode execute() {
            try (Likeness likeness = shared().open()) {
                Collection made = likeness.createCollection(name, profile);
                out().line("Created collection " + made.name() + " ("
                        + made.profile().word() + ").");
                out().line(
                                profile == Profile.HOUSEHOLD
                                        ? "Next: likeness import FOLDER --collection " + quoted(name)
                                        : "Next: likeness import FOLDER --collection " + quoted(name)
                                                + " --source NAME --granted-by WHO");
                out().document(describe(likeness.summary(made)));
                return ExitCode.OK;
            }
        }

        private static String quoted(String name) {
            return name.chars().allMatch(c -> Character.isLetterOrDigit(c) || c == '-' || c == '_')
                    ? name
                    : "'" + name.replace("'", "'\\''") + "'";
        }
    }

    /// `likeness collection list`
    @Command(name = "list", description = "List the collections.")
    static final class ListAll extends LikenessCommand {
        @Override
        ExitCode execute() {
            return list(shared(), out());
        }

        ExitCode list(Shared shared, Out out) {
            try (Likeness likeness = shared.open()) {
                List<Map<String, Object>> all = new ArrayList<>();
                for (Collection collection : likeness.collections()) {
                    Summary summary = likeness.summary(collection);
                    all.add(describe(summary));
                    out.line(String.format(
                            Locale.ROOT,
                            "%-30s %-10s %,9d photos %,9d faces",
                            collection.name(),
                            collection.profile().word(),
                            summary.photos(),
                            summary.faces()));
                }
                if (all.isEmpty()) {
                    out.line("No collection yet. Make one: likeness collection create NAME --profile household");
                }
                out.document(Out.map("collections", all));
                return ExitCode.OK;
            }
        }
    }

    /// `likeness collection show NAME`
    @Command(name = "show", description = "Show what a collection holds, from whom and on whose permission.")
    static final class Show extends LikenessCommand {
        @Parameters(paramLabel = "NAME", description = "Which one.")
        private String name;

        @Override
        ExitCode execute() {
            try (Likeness likeness = shared().open()) {
                Summary summary = likeness.summary(likeness.collection(name));
                Collection collection = summary.collection();
                Out out = out();
                out.line(collection.name());
                out.line("  profile    " + collection.profile().word());
                out.line("  model      " + collection.model());
                out.line("  created    " + collection.createdAt());
                out.line(String.format(Locale.ROOT, "  photos     %,d", summary.photos()));
                out.line(String.format(Locale.ROOT, "  faces      %,d", summary.faces()));
                out.line(String.format(Locale.ROOT, "  bytes      %,d of copied photos", summary.bytesKept()));
                boolean shredded = likeness.vault().status(collection).shredded();
                out.line(String.format(
                        Locale.ROOT,
                        "  templates  %,d stored, %s",
                        summary.templates(),
                        shredded ? "which nobody can open any more: the keys were destroyed" : "sealed"));
                for (Summary.SourceSummary source : summary.sources()) {
                    out.line("  source     " + source.name() + ", granted by " + source.grantedBy()
                            + (source.active() ? "" : " (ended)"));
                }
                out.document(describe(summary));
                return ExitCode.OK;
            }
        }
    }

    /// `likeness collection rename NAME NEW`
    @Command(name = "rename", description = "Give a collection another name; nothing else changes.")
    static final class Rename extends LikenessCommand {
        @Parameters(index = "0", paramLabel = "NAME", description = "Which one.")
        private String name;

        @Parameters(index = "1", paramLabel = "NEW", description = "What to call it from now on.")
        private String newName;

        @Override
        ExitCode execute() {
            try (Likeness likeness = shared().open()) {
                Collection renamed =
                        likeness.renameCollection(likeness.collection(name).id(), newName);
                out().line("Collection " + name + " is called " + renamed.name() + " now.");
                out().document(describe(likeness.summary(renamed)));
                return ExitCode.OK;
            }
        }
    }

    static Map<String, Object> describe(Summary summary) {
        Collection collection = summary.collection();
        return Out.map(
                "id", collection.id().toString(),
                "name", collection.name(),
                "profile", collection.profile().word(),
                "model", collection.model().toString(),
                "createdAt", collection.createdAt().toString(),
                "photos", summary.photos(),
                "faces", summary.faces(),
                "templates", summary.templates(),
                "bytesKept", summary.bytesKept(),
                "sources",
                        summary.sources().stream()
                                .map(s -> Out.map("name", s.name(), "grantedBy", s.grantedBy(), "active", s.active()))
                                .toList());
    }
}
