package org.likeness.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.likeness.library.AttackTable;
import org.likeness.library.Likeness;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `likeness vault attack`
@Command(
        name = "attack",
        description = {
            "Measure what turning templates by a key is worth against somebody who broke the seals and has no key.",
            "Works on labelled photos, or on the templates of a collection. Stores nothing, changes nothing."
        })
final class VaultAttackCommand extends LikenessCommand {
    @Option(names = "--collection", paramLabel = "NAME", description = "Its kept templates, one a person.")
    private Optional<String> name = Optional.empty();

    @Option(
            names = "--photos",
            paramLabel = "DIR",
            description = "Photos in a folder for each person, instead of a collection. May be given several times.")
    private List<Path> photos = List.of();

    @Override
    ExitCode execute() {
        try (Likeness likeness = shared().open()) {
            AttackTable table = photos.isEmpty()
                    ? likeness.vault().attack(collection(likeness, name))
                    : likeness.vault().attack(photos);
            out().line(table.people() + " people, " + table.templates() + " photos, " + table.skipped()
                    + " without a usable face, seed " + table.seed());
            out().line("");
            out().line(table.markdown());
            out().line("See docs/reference/vault.md for what each row means and what may be claimed.");
            out().document(Out.map(
                    "people",
                    table.people(),
                    "templates",
                    table.templates(),
                    "skipped",
                    table.skipped(),
                    "metric",
                    table.metric().toString(),
                    "seed",
                    table.seed(),
                    "rows",
                    table.rows().stream()
                            .map(row -> Out.map(
                                    "attack", row.attack(),
                                    "setting", row.setting(),
                                    "measure", row.measure(),
                                    "value", row.value(),
                                    "cases", row.cases()))
                            .toList()));
            return ExitCode.OK;
        }
    }
}
