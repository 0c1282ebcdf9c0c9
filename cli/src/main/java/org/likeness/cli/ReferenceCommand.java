package org.likeness.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.likeness.core.collection.Collection;
import org.likeness.core.consent.Reference;
import org.likeness.core.consent.ReferenceId;
import org.likeness.core.person.PersonId;
import org.likeness.core.search.Probe;
import org.likeness.library.Likeness;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `likeness person reference …`
@Command(
        name = "reference",
        description = "By what people are found who agreed to it: add, list and remove.",
        subcommands = {ReferenceCommand.Add.class, ReferenceCommand.ListAll.class, ReferenceCommand.Remove.class})
final class ReferenceCommand extends LikenessCommand {
    @Override
    ExitCode execute() {
        throw new org.likeness.core.LikenessException(
                org.likeness.core.LikenessException.Kind.BAD_INPUT,
                "say what to do with references\nOne of: add, list, remove.");
    }

    private static Map<String, Object> describe(Reference reference) {
        return Out.map(
                "reference", reference.id().toString(),
                "person", reference.person().toString(),
                "consent", reference.consent().toString(),
                "model", reference.model().toString(),
                "createdAt", reference.createdAt().toString(),
                "expiresAt", reference.expiresAt().toString());
    }

    /// `likeness person reference add ID PHOTO`
    @Command(
            name = "add",
            description = {
                "Keep the template of a face, sealed, so that the person is found by it.",
                "Only while they agree to be found by somebody; it goes when they do not. The photo is not kept."
            })
    static final class Add extends LikenessCommand {
        @Parameters(index = "0", paramLabel = "ID", description = "The person's id, see likeness person list.")
        private String person;

        @Parameters(index = "1", paramLabel = "PHOTO", description = "A photo of them, from the front.")
        private Path photo;

        @Option(
                names = "--face",
                paramLabel = "N",
                description = "Which face, when the photo shows several; 1 is the largest.")
        private Optional<Integer> face = Optional.empty();

        @Override
        ExitCode execute() {
            requirePhoto(photo);
            SearchCommand.requireFace(face);
            try (Likeness likeness = shared().open()) {
                PersonId id = SearchCommand.personId(person);
                Collection collection = likeness.find().collectionOf(id);
                Probe probe = SearchCommand.probe(face, all -> likeness.probe(collection, photo, all));
                Reference added = likeness.find().references().add(id, probe, SearchCommand.choose(probe, face));
                out().line("Added reference " + added.id() + ", until " + added.expiresAt() + " at the latest.");
                out().line("Next: likeness search --person " + id);
                out().document(describe(added));
                return ExitCode.OK;
            }
        }
    }

    /// `likeness person reference list ID`
    @Command(name = "list", description = "List the references of a person. They cannot be shown, only removed.")
    static final class ListAll extends LikenessCommand {
        @Parameters(paramLabel = "ID", description = "The person's id, see likeness person list.")
        private String person;

        @Override
        ExitCode execute() {
            try (Likeness likeness = shared().open()) {
                List<Reference> all = likeness.find().references().references(SearchCommand.personId(person));
                for (Reference reference : all) {
                    out().line(reference.id() + "  added " + reference.createdAt() + ", until " + reference.expiresAt()
                            + " at the latest");
                }
                if (all.isEmpty()) {
                    out().line("No reference. Add one: likeness person reference add " + person + " PHOTO");
                }
                out().document(Out.map(
                        "references",
                        all.stream().map(ReferenceCommand::describe).toList()));
                return ExitCode.OK;
            }
        }
    }

    /// `likeness person reference remove REFERENCE`
    @Command(name = "remove", description = "Remove one reference.")
    static final class Remove extends LikenessCommand {
        @Parameters(paramLabel = "REFERENCE", description = "Its id, see likeness person reference list.")
        private String reference;

        @Override
        ExitCode execute() {
            try (Likeness likeness = shared().open()) {
                ReferenceId id = SearchCommand.id("reference", reference, ReferenceId::parse);
                likeness.find().references().remove(id);
                out().line("Removed reference " + id + ".");
                out().document(Out.map("removed", id.toString()));
                return ExitCode.OK;
            }
        }
    }
}
