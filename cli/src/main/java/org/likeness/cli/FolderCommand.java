package org.likeness.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.likeness.core.LikenessException;
import org.likeness.core.collection.Collection;
import org.likeness.core.ingest.WatchedFolder;
import org.likeness.core.ingest.WatchedFolderId;
import org.likeness.core.photo.Storage;
import org.likeness.core.rights.WatchDesk;
import org.likeness.library.Likeness;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `likeness folder …`
@Command(
        name = "folder",
        description = "Give folders of this machine to a collection: what is put there is imported by the service.",
        subcommands = {FolderCommand.Add.class, FolderCommand.ListAll.class, FolderCommand.End.class})
final class FolderCommand extends LikenessCommand {
    @Override
    ExitCode execute() {
        throw usage("folder needs to know what to do\nSay: likeness folder add, list or end.");
    }

    /// `likeness folder add FOLDER`
    @Command(
            name = "add",
            description =
                    "Watch a folder: what is in it and what is put there later is imported while likeness serve runs.",
            footer = {
                "",
                "A file is taken when two looks, a minute apart, see the same size and time of change. Nothing is",
                "deleted when a folder is gone. What begins with a dot is left alone, and links are not followed."
            })
    static final class Add extends LikenessCommand {
        @Parameters(paramLabel = "FOLDER", description = "The folder; everything below it belongs to it.")
        private Path folder;

        @Option(names = "--collection", paramLabel = "NAME", description = "For which one; not needed if there is one.")
        private Optional<String> collection = Optional.empty();

        @Option(
                names = "--source",
                paramLabel = "NAME",
                description = "Where the photos come from: a person, a folder.")
        private Optional<String> source = Optional.empty();

        @Option(names = "--granted-by", paramLabel = "WHO", description = "Who allowed storing and searching them.")
        private Optional<String> grantedBy = Optional.empty();

        @ArgGroup
        private ImportCommand.Where where = new ImportCommand.Where();

        @Override
        ExitCode execute() {
            try (Likeness likeness = shared().open()) {
                WatchDesk.Wish wish =
                        new WatchDesk.Wish(folder, where.link ? Storage.LINK : Storage.COPY, source, grantedBy);
                WatchDesk.Watched watched = likeness.watches().add(collection(likeness, collection), wish);
                out().line("Watching " + Out.file(uri(watched)) + " ("
                        + watched.folder().id() + ").");
                out().line("Its photos come in while the service runs: likeness serve");
                out().document(describe(watched));
                return ExitCode.OK;
            }
        }
    }

    /// `likeness folder list`
    @Command(name = "list", description = "List the watched folders of a collection, or of all, and how they are.")
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
                    List<WatchDesk.Watched> folders = likeness.watches().list(one.id());
                    if (!folders.isEmpty()) {
                        out().line(one.name());
                    }
                    for (WatchDesk.Watched watched : folders) {
                        out().line("  " + watched.folder().id() + "  " + Out.file(uri(watched)));
                        out().line("    " + words(watched));
                        all.add(describe(watched));
                    }
                }
                if (all.isEmpty()) {
                    out().line("No folder is watched.");
                }
                out().document(Out.map("folders", all));
                return ExitCode.OK;
            }
        }
    }

    /// `likeness folder end ID`
    @Command(name = "end", description = "Watch a folder no more. What was imported from it stays.")
    static final class End extends LikenessCommand {
        @Parameters(paramLabel = "ID", description = "Of the watched folder; see: likeness folder list.")
        private String id;

        @Override
        ExitCode execute() {
            WatchedFolderId folder = Given.id("watched folder", "watch list", id, WatchedFolderId::parse);
            try (Likeness likeness = shared().open()) {
                WatchDesk.Watched watched = likeness.watches()
                        .find(folder)
                        .orElseThrow(() -> new LikenessException(
                                LikenessException.Kind.NOT_FOUND,
                                "there is no such watched folder\nSee them with: likeness folder list."));
                likeness.watches().end(watched.folder().collection(), folder);
                out().line("Not watched any more. What was imported from it stays.");
                out().document(Out.map("folder", folder.toString(), "watched", false));
                return ExitCode.OK;
            }
        }
    }

    private static String uri(WatchDesk.Watched watched) {
        return watched.folder().path().toUri().toString();
    }

    private static String words(WatchDesk.Watched watched) {
        WatchedFolder folder = watched.folder();
        String since =
                folder.trouble().map(trouble -> " since " + trouble.since()).orElse("");
        return switch (watched.state()) {
            case NEW -> "not looked at yet; likeness serve does";
            case WATCHED ->
                folder.lookedAt().map(at -> "looked at " + at).orElse("")
                        + folder.foundAt()
                                .map(at -> ", last found something new at " + at)
                                .orElse("");
            case GONE -> "not there" + since;
            case UNREADABLE -> "cannot be read" + since;
            case EMPTY -> "empty" + since + "; is the disk attached that belongs there?";
            case PARTLY -> "partly unreadable" + since + "; the rest is looked at";
            case STOPPED -> "stands still: its source said stop, or is being erased";
            case NO_GRANT -> "stands still: no grant of its source is in force";
        };
    }

    private static Map<String, Object> describe(WatchDesk.Watched watched) {
        WatchedFolder folder = watched.folder();
        Map<String, Object> map = Out.map(
                "folder",
                folder.id().toString(),
                "collection",
                folder.collection().toString(),
                "source",
                folder.source().toString(),
                "path",
                folder.path().toString(),
                "storage",
                folder.storage().toString().toLowerCase(Locale.ROOT),
                "state",
                watched.state().toString().toLowerCase(Locale.ROOT));
        folder.lookedAt().ifPresent(at -> map.put("lookedAt", at.toString()));
        folder.foundAt().ifPresent(at -> map.put("foundAt", at.toString()));
        folder.trouble().ifPresent(trouble -> map.put("since", trouble.since().toString()));
        return map;
    }
}
