package org.likeness.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.likeness.core.LikenessException;
import org.likeness.library.DemoPhotos;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `likeness warm-up`: runs what people run, so that the JVM can record which classes it takes: the launcher's two
/// start-up caches. First all of it; then, in the same data directory, only the commands somebody waits for,
/// started as those are.
@Command(name = "warm-up", hidden = true, description = "Exercise the program for the start-up cache.")
final class WarmUpCommand extends LikenessCommand {
    @Option(names = "--quick", description = "Only what ends at once; the other exercise must have run before.")
    private boolean quick;

    @Override
    ExitCode execute() {
        String data = shared().data().toString();
        Path photos = Path.of(data, "warm-up");
        String photo = DemoPhotos.unpackTo(photos).getFirst().toString();
        if (!quick) {
            run(data, "demo", "--no-serve");
        }
        run(data, "search", photo, "--face", "1");
        run(data, "search", photo, "--face", "1", "--json");
        run(data, "status");
        if (quick) {
            run(data, "collection", "list");
            run(data, "verify", photo, photo, "--face-a", "1", "--face-b", "1");
        }
        DemoPhotos.delete(photos);
        return ExitCode.OK;
    }

    private static void run(String data, String... command) {
        PrintWriter nowhere = new PrintWriter(new StringWriter());
        String[] args = Stream.concat(Stream.of(command), List.of("--data", data).stream())
                .toArray(String[]::new);
        int code = Main.run(nowhere, nowhere, args);
        if (code != 0) {
            throw new LikenessException(
                    LikenessException.Kind.UNAVAILABLE,
                    "warming up failed at " + command[0] + " with exit code " + code
                            + "\nRun that command by hand to see why.");
        }
    }
}
