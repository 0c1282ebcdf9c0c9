package org.likeness.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.likeness.core.collection.Collection;
import org.likeness.core.rights.SourceDesk;
import org.likeness.core.source.Grant;
import org.likeness.core.source.Source;
import org.likeness.core.source.SourceContact;
import org.likeness.library.Likeness;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `likeness source …`
@Command(
        name = "source",
        description = "Say where photos come from and on whose permission; let a source say stop.",
        subcommands = {
            SourceCommand.Add.class,
            SourceCommand.ListAll.class,
            SourceCommand.Show.class,
            GrantCommand.class,
            SourceCommand.Stop.class,
            SourceCommand.Unblock.class
        })
final class SourceCommand extends LikenessCommand {
    @Override
    ExitCode execute() {
        throw usage("source needs to know what to do\nSay: likeness source add, list, show, grant, stop or unblock.");
    }

    /// Which source of which collection.
    static final class Which {
        @Parameters(paramLabel = "NAME", description = "What the source is called.")
        String name;

        @Option(names = "--collection", paramLabel = "NAME", description = "Of which one; not needed if there is one.")
        Optional<String> collection = Optional.empty();

        Source of(Likeness likeness) {
            return likeness.sources()
                    .source(LikenessCommand.collection(likeness, collection).id(), name);
        }
    }

    /// `likeness source add NAME`
    @Command(
            name = "add",
            description = "Name a source of photos, and record who allowed what.",
            footer = {"", "Only the hash of the evidence is kept: the file stays where it is, so keep it."})
    static final class Add extends LikenessCommand {
        @Parameters(paramLabel = "NAME", description = "What to call it.")
        private String name;

        @Option(names = "--collection", paramLabel = "NAME", description = "Of which one; not needed if there is one.")
        private Optional<String> collection = Optional.empty();

        @Option(names = "--owner", paramLabel = "WHO", description = "Whom the source belongs to.")
        private Optional<String> owner = Optional.empty();

        @Option(names = "--contact", paramLabel = "ADDRESS", description = "How to reach them.")
        private Optional<String> contact = Optional.empty();

        @Mixin
        private TermsOptions terms;

        @Override
        ExitCode execute() {
            try (Likeness likeness = shared().open()) {
                Collection of = collection(likeness, collection);
                SourceDesk.Held held =
                        likeness.sources().add(of.id(), name, new SourceContact(owner, contact), terms.read());
                out().line("Added source " + held.source().name() + " ("
                        + held.source().id() + ").");
                Grant grant = held.grants().getFirst();
                out().line("Grant " + grant.id() + " allows: " + words(grant) + ".");
                out().line("Next: likeness import FOLDER --source NAME");
                out().document(describe(held));
                return ExitCode.OK;
            }
        }
    }

    /// `likeness source list`
    @Command(name = "list", description = "List the sources of a collection, or of all.")
    static final class ListAll extends LikenessCommand {
        @Option(names = "--collection", paramLabel = "NAME", description = "Of which one (default: of all).")
        private Optional<String> collection = Optional.empty();

        @Override
        ExitCode execute() {
            try (Likeness likeness = shared().open()) {
                List<Collection> collections = collection
                        .map(name -> List.of(likeness.collection(name)))
                        .orElseGet(likeness::collections);
                List<Map<String, Object>> all = new ArrayList<>();
                for (Collection one : collections) {
                    out().line(one.name());
                    for (SourceDesk.Held held : likeness.sources().list(one.id())) {
                        out().line(String.format(
                                Locale.ROOT,
                                "  %-30s %-8s %,8d photos",
                                held.source().name(),
                                held.source().state().word(),
                                held.photos()));
                        all.add(describe(held));
                    }
                }
                out().document(Out.map("sources", all));
                return ExitCode.OK;
            }
        }
    }

    /// `likeness source show NAME`
    @Command(name = "show", description = "Show a source and the chain of its grants.")
    static final class Show extends LikenessCommand {
        @Mixin
        private Which which;

        @Override
        ExitCode execute() {
            try (Likeness likeness = shared().open()) {
                SourceDesk.Held held =
                        likeness.sources().held(which.of(likeness).id());
                show(held, out());
                out().document(describe(held));
                return ExitCode.OK;
            }
        }
    }

    /// `likeness source stop NAME`
    @Command(
            name = "stop",
            description =
                    "Stop a source: at once nothing of it is imported, compared or shown; then all of it is deleted.",
            footer = {
                "",
                "What was held stays blocked in every collection, under whatever name or path it comes again. Run it",
                "first and argue later: source unblock lifts it, on a new grant the source itself signed."
            })
    static final class Stop extends LikenessCommand {
        @Mixin
        private Which which;

        @Override
        ExitCode execute() {
            try (Likeness likeness = shared().open()) {
                Source source = which.of(likeness);
                long held = likeness.sources().stop(source.id());
                out().line(String.format(Locale.ROOT, "Stopped. %,d photos are not used any more.", held));
                out().document(Out.map("source", source.id().toString(), "state", "stopped", "photos", held));
                PurgeCommand.print(likeness.purges().run(), out());
                return ExitCode.OK;
            }
        }
    }

    /// `likeness source unblock NAME`
    @Command(
            name = "unblock",
            description = "Lift a source's stop, on a new grant that the source itself gave in writing.",
            footer = {"", "It needs --capacity owner and --evidence FILE."})
    static final class Unblock extends LikenessCommand {
        @Mixin
        private Which which;

        @Mixin
        private TermsOptions terms;

        @Override
        ExitCode execute() {
            try (Likeness likeness = shared().open()) {
                Grant grant = likeness.sources().unblock(which.of(likeness).id(), terms.read());
                out().line("The stop is lifted. Grant " + grant.id() + " allows: " + words(grant) + ".");
                out().document(describe(grant));
                return ExitCode.OK;
            }
        }
    }

    private static void show(SourceDesk.Held held, Out out) {
        Source source = held.source();
        out.line(source.name());
        out.line("  id         " + source.id());
        out.line("  state      " + source.state().word());
        held.contact().owner().ifPresent(owner -> out.line("  owner      " + owner));
        held.contact().contact().ifPresent(contact -> out.line("  contact    " + contact));
        out.line("  added      " + source.createdAt());
        out.line(String.format(Locale.ROOT, "  photos     %,d", held.photos()));
        for (Grant grant : held.grants()) {
            out.line("  grant      " + grant.id());
            out.line("    by       " + grant.grantedBy() + " ("
                    + grant.backing().capacity().word() + ")");
            out.line("    uses     " + words(grant));
            out.line("    from     " + grant.startsAt());
            grant.endsAt().ifPresent(at -> out.line("    until    " + at));
            grant.endedAt().ifPresent(at -> out.line("    ended    " + at));
            grant.backing().evidence().ifPresent(sha256 -> out.line("    evidence SHA-256 " + sha256));
            grant.backing().notice().ifPresent(version -> out.line("    notice   version " + version));
            grant.backing().succeeds().ifPresent(before -> out.line("    succeeds " + before));
        }
    }

    /// What a grant allows, as it is written on the command line.
    static String words(Grant grant) {
        return grant.uses().stream().sorted().map(TermsOptions::word).collect(Collectors.joining(", "));
    }

    static Map<String, Object> describe(SourceDesk.Held held) {
        Source source = held.source();
        Map<String, Object> map = Out.map(
                "id", source.id().toString(),
                "name", source.name(),
                "collection", source.collection().toString(),
                "state", source.state().word(),
                "addedAt", source.createdAt().toString(),
                "photos", held.photos());
        held.contact().owner().ifPresent(owner -> map.put("owner", owner));
        held.contact().contact().ifPresent(contact -> map.put("contact", contact));
        map.put("grants", held.grants().stream().map(SourceCommand::describe).toList());
        return map;
    }

    static Map<String, Object> describe(Grant grant) {
        Map<String, Object> map = Out.map(
                "id", grant.id().toString(),
                "grantedBy", grant.grantedBy(),
                "capacity", grant.backing().capacity().word(),
                "uses", grant.uses().stream().sorted().map(TermsOptions::word).toList(),
                "startsAt", grant.startsAt().toString());
        grant.endsAt().ifPresent(at -> map.put("endsAt", at.toString()));
        grant.endedAt().ifPresent(at -> map.put("endedAt", at.toString()));
        grant.backing().evidence().ifPresent(sha256 -> map.put("evidenceSha256", sha256.hex()));
        grant.backing().notice().ifPresent(version -> map.put("notice", version));
        grant.backing().succeeds().ifPresent(before -> map.put("succeeds", before.toString()));
        return map;
    }
}
