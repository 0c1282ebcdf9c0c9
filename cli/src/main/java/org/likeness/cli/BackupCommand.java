package org.likeness.cli;

import java.nio.file.Path;
import java.util.Locale;
import org.likeness.library.BackupDesk;
import org.likeness.library.Likeness;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `likeness backup --to DIR`
@Command(
        name = "backup",
        description = {
            "Copy records, kept photos and model packs into a new folder, while everything goes on.",
            "Without the keys: see likeness backup-keys."
        })
final class BackupCommand extends LikenessCommand {
    @Option(names = "--to", required = true, paramLabel = "DIR", description = "A folder that is new or empty.")
    private Path to;

    @Override
    ExitCode execute() {
        try (Likeness likeness = shared().open()) {
            BackupDesk.Made made = likeness.backups().backup(to);
            out().line(String.format(
                    Locale.ROOT,
                    "Backed up the records and %,d photos, %.1f MB.%s",
                    made.photos(),
                    made.bytes() / 1e6,
                    made.absent() == 0 ? "" : String.format(Locale.ROOT, " %,d files were not there.", made.absent())));
            out().line("The keys are not in it. Back them up apart, now: likeness backup-keys --to DIR");
            out().document(Out.map(
                    "to", to.toString(),
                    "photos", made.photos(),
                    "absent", made.absent(),
                    "bytes", made.bytes()));
            return ExitCode.OK;
        }
    }

    /// `likeness backup-keys --to DIR`
    @Command(
            name = "backup-keys",
            description = {
                "Copy the keys, the log's key and head and the deletion ledger into a new folder of their own.",
                "Whoever has this and a backup of the records can read everything: keep them apart."
            })
    static final class OfKeys extends LikenessCommand {
        @Option(names = "--to", required = true, paramLabel = "DIR", description = "A folder that is new or empty.")
        private Path to;

        @Override
        ExitCode execute() {
            try (Likeness likeness = shared().open()) {
                long files = likeness.backups().backupKeys(to);
                out().line(String.format(Locale.ROOT, "Backed up %,d files of the folder of keys.", files));
                out().line("Destroy older backups of the keys: keys that were destroyed since live on in them.");
                out().document(Out.map("to", to.toString(), "files", files));
                return ExitCode.OK;
            }
        }
    }
}
