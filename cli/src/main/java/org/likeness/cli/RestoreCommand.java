package org.likeness.cli;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.likeness.library.Restoration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `likeness restore --from DIR`
@Command(
        name = "restore",
        description = {
            "Put a backup into an empty data directory.",
            "What was stopped or erased since is so again before anything opens. Interrupted, run it again."
        })
final class RestoreCommand extends LikenessCommand {
    @Option(names = "--from", required = true, paramLabel = "DIR", description = "What likeness backup wrote.")
    private Path from;

    @Option(
            names = "--keys",
            paramLabel = "DIR",
            description = "What likeness backup-keys wrote. Without it the folder of keys must be there still.")
    private Optional<Path> keys = Optional.empty();

    @Override
    ExitCode execute() {
        Restoration.Restored done = Restoration.restore(shared().settings(), from, keys);
        out().line(String.format(
                Locale.ROOT,
                "Restored %,d files and %,d keys. The deletion ledger had %,d entries that the backup did not know of;"
                        + " done again, they concerned %,d things.",
                done.files(),
                done.keys(),
                done.followed().entries(),
                done.followed().concerned()));
        if (done.keyless() > 0) {
            out().line(String.format(
                    Locale.ROOT,
                    "%,d collections have no key here: their templates stay closed until it is restored.",
                    done.keyless()));
        }
        out().document(Out.map(
                "files", done.files(),
                "keys", done.keys(),
                "ledgerEntries", done.followed().entries(),
                "concerned", done.followed().concerned(),
                "collectionsWithoutKey", done.keyless()));
        return ExitCode.OK;
    }
}
