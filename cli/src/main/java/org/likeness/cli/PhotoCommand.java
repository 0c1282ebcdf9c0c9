package org.likeness.cli;

import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.likeness.core.LikenessException;
import org.likeness.core.collection.Collection;
import org.likeness.core.photo.Photo;
import org.likeness.core.photo.PhotoFilter;
import org.likeness.core.photo.PhotoId;
import org.likeness.core.photo.PhotoState;
import org.likeness.core.records.SignalsReading;
import org.likeness.core.rights.DeletionDesk;
import org.likeness.core.source.SourceId;
import org.likeness.library.Likeness;
import org.likeness.library.PhotoDesk;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `likeness photo …`
@Command(
        name = "photo",
        description = "List photos, show where they are from, and delete them.",
        subcommands = {PhotoCommand.ListSome.class, PhotoCommand.Show.class, PhotoCommand.Delete.class})
final class PhotoCommand extends LikenessCommand {
    private static final int PAGE = 1_000;

    @Override
    ExitCode execute() {
        throw usage("photo needs to know what to do\nSay: likeness photo list, show ID or delete ID.");
    }

    /// `likeness photo list`
    @Command(name = "list", description = "List the photos of a collection in the order they were imported.")
    static final class ListSome extends LikenessCommand {
        @Option(names = "--collection", paramLabel = "NAME", description = "Of which one; not needed if there is one.")
        private Optional<String> collection = Optional.empty();

        @Option(names = "--source", paramLabel = "NAME", description = "Only from this source.")
        private Optional<String> source = Optional.empty();

        @Option(names = "--location", paramLabel = "PREFIX", description = "Only from below this folder or file.")
        private Optional<String> location = Optional.empty();

        @Option(names = "--from", paramLabel = "DATE", description = "Only imported on this day (2026-05-31) or later.")
        private Optional<String> from = Optional.empty();

        @Option(names = "--to", paramLabel = "DATE", description = "Only imported on this day or earlier.")
        private Optional<String> to = Optional.empty();

        @Option(names = "--state", paramLabel = "STATE", description = "Only ${COMPLETION-CANDIDATES}.")
        private Optional<PhotoState> state = Optional.empty();

        @Override
        ExitCode execute() {
            try (Likeness likeness = shared().open()) {
                Collection of = collection(likeness, collection);
                Optional<SourceId> sourceId = source.map(
                        name -> likeness.photoDesk().source(of.id(), name).id());
                PhotoFilter filter = new PhotoFilter(
                        of.id(),
                        sourceId,
                        location.map(PhotoCommand::locationPrefix),
                        from.map(text ->
                                day(text).atStartOfDay(ZoneId.systemDefault()).toInstant()),
                        to.map(text -> day(text)
                                .plusDays(1)
                                .atStartOfDay(ZoneId.systemDefault())
                                .toInstant()),
                        state);
                list(likeness.photoDesk(), filter, out());
                return ExitCode.OK;
            }
        }
    }

    /// Prints the photos page by page; returns how many there were.
    static long list(PhotoDesk desk, PhotoFilter filter, Out out) {
        long count = 0;
        Optional<PhotoId> after = Optional.empty();
        for (List<Photo> page = desk.list(filter, after, PAGE);
                !page.isEmpty();
                page = desk.list(filter, after, PAGE)) {
            for (Photo photo : page) {
                out.line(photo.id() + "  " + photo.importedAt() + "  " + Out.file(photo.location()));
                out.document(describe(photo));
            }
            count += page.size();
            after = Optional.of(page.getLast().id());
        }
        out.line(Out.counted(count, "photo", "photos"));
        return count;
    }

    /// What a person types is a path; what is kept is a URI.
    private static String locationPrefix(String typed) {
        if (typed.startsWith("file:")) {
            return typed;
        }
        String uri = java.nio.file.Path.of(typed)
                .toAbsolutePath()
                .normalize()
                .toUri()
                .toString();
        return uri.endsWith("/") && !typed.endsWith("/") ? uri.substring(0, uri.length() - 1) : uri;
    }

    private static LocalDate day(String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeParseException e) {
            throw new LikenessException(
                    LikenessException.Kind.BAD_INPUT, text + " is not a date\nWrite it as 2026-05-31.", e);
        }
    }

    static PhotoId id(String text) {
        try {
            return PhotoId.parse(text);
        } catch (IllegalArgumentException e) {
            throw new LikenessException(
                    LikenessException.Kind.BAD_INPUT,
                    text + " is not the id of a photo\nSee the ids with: likeness photo list.",
                    e);
        }
    }

    /// `likeness photo show ID`
    @Command(name = "show", description = "Show where a photo is from, on whose permission, and what it says.")
    static final class Show extends LikenessCommand {
        @Parameters(paramLabel = "ID", description = "Which one.")
        private String id;

        @Override
        ExitCode execute() {
            try (Likeness likeness = shared().open()) {
                show(likeness.photoDesk().show(id(id)), out());
                return ExitCode.OK;
            }
        }
    }

    /// `likeness photo delete ID…`
    @Command(
            name = "delete",
            description = {
                "Delete photos with their faces and templates, because you do not want them in the collection.",
                "A file that was linked stays where it is. This is no erasure that somebody demanded: nothing is",
                "proved, and the same file can be imported again. To erase for good: likeness erase."
            })
    static final class Delete extends LikenessCommand {
        @Parameters(paramLabel = "ID", arity = "1..*", description = "Which ones.")
        private List<String> ids = List.of();

        @Option(
                names = {"-y", "--yes"},
                description = "Really. Without it, only show what would go.")
        private boolean yes;

        @Override
        ExitCode execute() {
            try (Likeness likeness = shared().open()) {
                List<PhotoDesk.Held> all = ids.stream()
                        .map(text -> likeness.photoDesk().show(id(text)))
                        .toList();
                for (PhotoDesk.Held held : all) {
                    if (yes) {
                        delete(likeness, held.photo());
                    } else {
                        show(held, out());
                    }
                }
                if (!yes) {
                    out().line("Nothing was changed. To delete " + Out.counted(all.size(), "photo", "photos")
                            + ": the same command with --yes");
                }
                return ExitCode.OK;
            }
        }

        private void delete(Likeness likeness, Photo photo) {
            DeletionDesk.Deleted deleted = likeness.deletions().delete(photo.collection(), photo.id());
            out().line("Deleted " + photo.id() + "."
                    + (deleted.linked() ? " Its file was linked and is still where it was." : ""));
            if (deleted.filesLeft()) {
                out().line("Files of it could not be deleted yet; they go when Likeness is opened again.");
            }
            out().document(Out.map(
                    "deleted", photo.id().toString(),
                    "linked", deleted.linked(),
                    "filesLeft", deleted.filesLeft()));
        }
    }

    static void show(PhotoDesk.Held held, Out out) {
        Photo photo = held.photo();
        out.line(photo.id().toString());
        out.line("  state      " + held.state().toString().toLowerCase(Locale.ROOT));
        if (held.held()) {
            out.line("  held       the whole photo is kept out of use by a demand; see: likeness demand list");
        } else if (held.heldFaces() > 0) {
            out.line("  held       " + held.heldFaces() + " of its faces, by a demand; see: likeness demand list");
        }
        out.line("  source     " + held.source().name());
        out.line("  grant      " + held.grant().id() + ", by " + held.grant().grantedBy());
        out.line("  imported   " + photo.importedAt()
                + held.importedBy().map(actor -> ", by " + actor.pseudonym()).orElse(""));
        out.line("  location   " + Out.file(photo.location()));
        out.line("  sha-256    " + photo.sha256());
        out.line(String.format(
                Locale.ROOT, "  picture    %s, %d × %d", photo.mediaType().mime(), photo.width(), photo.height()));
        photo.takenAt().ifPresent(at -> out.line("  taken      " + at));
        out.line("  faces      " + held.faces());
        for (SignalsReading.Kept kept : held.signals()) {
            out.line("  signal     " + word(kept.signal().kind()) + " = "
                    + kept.signal().value() + ": "
                    + word(kept.signal().effect()) + ", " + word(kept.state())
                    + kept.decision()
                            .map(decision -> " by " + decision.by() + " at " + decision.at()
                                    + decision.grant()
                                            .map(grant -> " on grant " + grant)
                                            .orElse(""))
                            .orElse(""));
        }
        out.document(describe(held));
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static Map<String, Object> describe(Photo photo) {
        Map<String, Object> map = Out.map(
                "id", photo.id().toString(),
                "source", photo.source().toString(),
                "grant", photo.grant().toString(),
                "importedAt", photo.importedAt().toString(),
                "file", Out.file(photo.location()),
                "sha256", photo.sha256().toString(),
                "mediaType", photo.mediaType().mime(),
                "width", photo.width(),
                "height", photo.height());
        photo.takenAt().ifPresent(at -> map.put("takenAt", at.toString()));
        return map;
    }

    static Map<String, Object> describe(PhotoDesk.Held held) {
        Map<String, Object> map = describe(held.photo());
        map.put("state", held.state().toString().toLowerCase(Locale.ROOT));
        map.put("held", held.held());
        map.put("heldFaces", held.heldFaces());
        map.put("sourceName", held.source().name());
        map.put("grantedBy", held.grant().grantedBy());
        held.importedBy().ifPresent(actor -> map.put("importedBy", actor.pseudonym()));
        map.put("faces", held.faces());
        List<Map<String, Object>> signals = new ArrayList<>();
        for (SignalsReading.Kept kept : held.signals()) {
            Map<String, Object> signal = Out.map(
                    "kind", kept.signal().kind().toString().toLowerCase(Locale.ROOT),
                    "value", kept.signal().value(),
                    "effect", kept.signal().effect().toString().toLowerCase(Locale.ROOT),
                    "state", kept.state().toString().toLowerCase(Locale.ROOT),
                    "seenAt", kept.seenAt().toString());
            kept.decision().ifPresent(decision -> {
                signal.put("decidedBy", decision.by());
                signal.put("decidedAt", decision.at().toString());
                decision.grant().ifPresent(grant -> signal.put("decidedOnGrant", grant.toString()));
            });
            signals.add(signal);
        }
        map.put("signals", signals);
        return map;
    }
}
