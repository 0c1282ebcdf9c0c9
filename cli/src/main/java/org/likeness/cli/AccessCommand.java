package org.likeness.cli;

import java.nio.file.Path;
import org.likeness.core.person.PersonId;
import org.likeness.core.rights.AccessDesk;
import org.likeness.library.AccessBundle;
import org.likeness.library.Likeness;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// `likeness access`
@Command(
        name = "access",
        description = {
            "Hand over everything that is held on a person, as often as they ask and free of charge.",
            "Writes a folder with a page to read, the same as JSON, the photos they were found in, and receipts."
        })
final class AccessCommand extends LikenessCommand {
    @Option(names = "--person", required = true, paramLabel = "ID", description = "Who asks.")
    private String person = "";

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "A folder that is not there yet.")
    private Path folder = Path.of("");

    @Override
    ExitCode execute() {
        try (Likeness likeness = shared().open()) {
            PersonId id = new PersonId(Targets.uuid("person", person));
            AccessBundle.prepare(folder);
            AccessDesk.Given given = likeness.access().give(id);
            JsonMapper json = JsonMapper.builder()
                    .enable(SerializationFeature.INDENT_OUTPUT)
                    .build();
            AccessBundle.Written written = new AccessBundle(likeness, given, json::writeValueAsString).writeTo(folder);
            out().line("Everything held on person " + id + " is in " + folder + ": begin with index.html.");
            out().line(written.photos() + " photos, " + written.missing() + " photos that are not there any more, "
                    + given.holdings().searches().size() + " searches.");
            out().document(Out.map(
                    "demand", given.demand().id().toString(),
                    "receipt", given.receipt().toString(),
                    "folder", folder.toString(),
                    "photos", written.photos(),
                    "missing", written.missing(),
                    "searches", given.holdings().searches().size()));
            return ExitCode.OK;
        }
    }
}
