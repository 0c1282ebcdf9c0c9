package org.likeness.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.likeness.core.LikenessException;
import org.likeness.core.collection.Collection;
import org.likeness.core.photo.Photo;
import org.likeness.core.photo.PhotoFilter;
import org.likeness.core.photo.PhotoId;
import org.likeness.core.photo.PhotoState;
import org.likeness.core.rights.QuarantineDesk;
import org.likeness.core.source.GrantId;
import org.likeness.library.Likeness;
import org.likeness.library.PhotoDesk;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `likeness review …`
@Command(
        name = "review",
        description = "Decide about photos that ask not to be analysed.",
        subcommands = {
            ReviewCommand.ListAll.class,
            ReviewCommand.Show.class,
            ReviewCommand.Allow.class,
            ReviewCommand.Uphold.class
        })
final class ReviewCommand extends LikenessCommand {
    private static final int PAGE = 1_000;

    @Override
    ExitCode execute() {
        throw usage("review needs to know what to do\nSay: likeness review list, show, allow or uphold.");
    }

    /// `likeness review list`
    @Command(name = "list", description = "List the photos in quarantine.")
    static final class ListAll extends LikenessCommand {
        @Option(names = "--collection", paramLabel = "NAME", description = "Of which one (default: of all).")
        private Optional<String> collection = Optional.empty();

        @Override
        ExitCode execute() {
            try (Likeness likeness = shared().open()) {
                List<Collection> collections = collection
                        .map(name -> List.of(likeness.collection(name)))
                        .orElseGet(likeness::collections);
                long count = 0;
                for (Collection one : collections) {
                    out().line(one.name());
                    count += PhotoCommand.list(
                            likeness.photoDesk(), PhotoFilter.all(one.id()).inState(PhotoState.QUARANTINED), out());
                }
                if (count > 0) {
                    out().line("Next: likeness review show ID");
                }
                return ExitCode.OK;
            }
        }
    }

    /// `likeness review show ID`
    @Command(name = "show", description = "Show what a photo says, and how to decide.")
    static final class Show extends LikenessCommand {
        @Parameters(paramLabel = "ID", description = "Which one.")
        private String id;

        @Override
        ExitCode execute() {
            try (Likeness likeness = shared().open()) {
                PhotoDesk.Held held = likeness.photoDesk().show(PhotoCommand.id(id));
                PhotoCommand.show(held, out());
                if (held.state() == PhotoState.QUARANTINED) {
                    out().line("Next, if the source allowed it all the same: likeness review allow " + id
                            + " --by YOUR-NAME");
                    out().line("      to keep it out for good:               likeness review uphold " + id
                            + " --by YOUR-NAME");
                }
                return ExitCode.OK;
            }
        }
    }

    /// Which photos: named ones, or all of a collection.
    static final class Which {
        @Parameters(arity = "1..*", paramLabel = "ID", description = "Which photos.")
        List<String> ids = List.of();

        @Option(names = "--all", description = "All that are in quarantine in the collection.")
        boolean all;
    }

    /// `likeness review allow ID…`
    @Command(
            name = "allow",
            description = "Let photos in, because their source allowed it although they say otherwise.",
            footer = {
                "",
                "Your name and the grant are recorded. Each photo is decided by itself: what was decided before one",
                "cannot be let in stays decided."
            })
    static final class Allow extends LikenessCommand {
        @ArgGroup(multiplicity = "1")
        private Which which = new Which();

        @Option(names = "--collection", paramLabel = "NAME", description = "With --all; not needed if there is one.")
        private Optional<String> collection = Optional.empty();

        @Option(names = "--by", required = true, paramLabel = "WHO", description = "Who decides: a person's name.")
        private String by;

        @Option(names = "--grant", paramLabel = "ID", description = "On which grant (default: the photo's own).")
        private Optional<String> grant = Optional.empty();

        @Override
        ExitCode execute() {
            try (Likeness likeness = shared().open()) {
                Optional<GrantId> on = grant.map(Allow::grantId);
                List<PhotoId> photos = which.all
                        ? quarantined(likeness, collection(likeness, collection))
                        : which.ids.stream().map(PhotoCommand::id).toList();
                long faces = 0;
                for (PhotoId photo : photos) {
                    QuarantineDesk.Decided decided = likeness.photoDesk().allow(photo, by, on);
                    faces += decided.faces();
                    out().line(photo + " let in, " + Out.counted(decided.faces(), "face", "faces"));
                    out().document(Out.map("photo", photo.toString(), "decision", "allow", "faces", decided.faces()));
                }
                out().line(String.format(Locale.ROOT, "%,d photos let in, %,d faces found", photos.size(), faces));
                return ExitCode.OK;
            }
        }

        private static GrantId grantId(String text) {
            try {
                return GrantId.parse(text);
            } catch (IllegalArgumentException e) {
                throw new LikenessException(
                        LikenessException.Kind.BAD_INPUT,
                        text + " is not the id of a grant\nA photo's own is in: likeness photo show ID.",
                        e);
            }
        }
    }

    /// `likeness review uphold ID…`
    @Command(name = "uphold", description = "Keep photos out for good. This cannot be taken back.")
    static final class Uphold extends LikenessCommand {
        @Parameters(arity = "1..*", paramLabel = "ID", description = "Which photos.")
        private List<String> ids;

        @Option(names = "--by", required = true, paramLabel = "WHO", description = "Who decides: a person's name.")
        private String by;

        @Override
        ExitCode execute() {
            try (Likeness likeness = shared().open()) {
                List<PhotoId> photos = ids.stream().map(PhotoCommand::id).toList();
                for (PhotoId photo : photos) {
                    likeness.photoDesk().uphold(photo, by);
                    out().line(photo + " stays out");
                    out().document(Out.map("photo", photo.toString(), "decision", "uphold"));
                }
                out().line(String.format(Locale.ROOT, "%,d photos stay out", photos.size()));
                return ExitCode.OK;
            }
        }
    }

    private static List<PhotoId> quarantined(Likeness likeness, Collection collection) {
        PhotoFilter filter = PhotoFilter.all(collection.id()).inState(PhotoState.QUARANTINED);
        List<PhotoId> all = new ArrayList<>();
        Optional<PhotoId> after = Optional.empty();
        for (List<Photo> page = likeness.photoDesk().list(filter, after, PAGE);
                !page.isEmpty();
                page = likeness.photoDesk().list(filter, after, PAGE)) {
            page.forEach(photo -> all.add(photo.id()));
            after = Optional.of(all.getLast());
        }
        return all;
    }
}
