package org.likeness.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.likeness.core.collection.Collection;
import org.likeness.core.document.Document;
import org.likeness.library.Likeness;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `likeness documents`
@Command(
        name = "documents",
        description = {
            "Write the documents of a collection from its records and the configuration in force.",
            "They are: record of processing, retention page, notice pages, signage, impact assessment draft,",
            "model card, and what an authority asks for."
        })
final class DocumentsCommand extends LikenessCommand {
    @Option(names = "--collection", paramLabel = "NAME", description = "Which one. Not needed when there is one.")
    private Optional<String> collection = Optional.empty();

    @Option(
            names = "--out",
            paramLabel = "DIR",
            required = true,
            description = "Folder to write to: new, empty, or with the documents of an earlier time, which go.")
    private Path folder = Path.of("");

    @Override
    ExitCode execute() {
        try (Likeness likeness = shared().open()) {
            Collection chosen = collection(likeness, collection);
            List<String> files = likeness.documents().write(chosen, folder).stream()
                    .map(Document::name)
                    .toList();
            Out lines = out();
            lines.line("Wrote " + files.size() + " files to " + folder + ":");
            files.forEach(file -> lines.line("  " + file));
            lines.line("Answer what is marked \"To decide\" in a copy; these files are made anew each time.");
            lines.document(Out.map("collection", chosen.name(), "folder", folder.toString(), "files", files));
            return ExitCode.OK;
        }
    }
}
