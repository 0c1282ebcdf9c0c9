package org.likeness.cli;

import java.util.Locale;
import java.util.Map;
import org.likeness.core.rights.PurgeDesk;
import org.likeness.library.Likeness;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `likeness purge`
@Command(
        name = "purge",
        description = "Delete the photos that may not be held any more.",
        footer = {
            "",
            "Every command does this when it begins. Photos of a source that said stop go at once, photos whose grant",
            "ended go after the days of the setting purge.days, photos whose time since import is over go at once."
        })
final class PurgeCommand extends LikenessCommand {
    @Option(names = "--now", description = "Do not wait: delete everything whose grant has ended.")
    private boolean now;

    @Override
    ExitCode execute() {
        try (Likeness likeness = shared().open()) {
            long leftovers = likeness.leftovers().sweepAll();
            PurgeDesk.Purged purged =
                    now ? likeness.purges().runAhead() : likeness.purges().run();
            say(purged, out());
            if (leftovers > 0) {
                out().line(String.format(
                        Locale.ROOT, "%,d files deleted that an import had kept and never recorded.", leftovers));
            }
            Map<String, Object> document = document(purged);
            document.put("leftovers", leftovers);
            out().document(document);
            return ExitCode.OK;
        }
    }

    static void print(PurgeDesk.Purged purged, Out out) {
        say(purged, out);
        out.document(document(purged));
    }

    private static void say(PurgeDesk.Purged purged, Out out) {
        out.line(String.format(Locale.ROOT, "%,d photos deleted.", purged.photos()));
        if (purged.linked() > 0) {
            out.line(String.format(
                    Locale.ROOT,
                    "Of these, %,d originals lie outside the data directory and are still there.",
                    purged.linked()));
        }
    }

    private static Map<String, Object> document(PurgeDesk.Purged purged) {
        return Out.map("deleted", purged.photos(), "originalsLeft", purged.linked(), "sources", purged.sources());
    }
}
