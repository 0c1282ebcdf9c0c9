package org.likeness.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.likeness.core.LikenessException;
import picocli.CommandLine.Command;

/// `likeness warm-up`: runs what people run, in a folder of its own, so that the JVM can record which classes a
/// search
/// needs (the launcher's start-up cache). Leaves nothing behind.
@Command(name = "warm-up", hidden = true, description = "Exercise the program for the start-up cache.")
final class WarmUpCommand extends LikenessCommand {
    @Override
    ExitCode execute() {
        try {
            Path data = Files.createTempDirectory("likeness-warm-up-");
            try {
                exercise(data);
            } finally {
                delete(data);
            }
            return ExitCode.OK;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void exercise(Path data) {
        PrintWriter nowhere = new PrintWriter(new StringWriter());
        Path photo = data.resolve("demo-photos").resolve("sample1.jpg");
        for (List<String> command : List.of(
                List.of("demo"),
                List.of("search", photo.toString(), "--face", "1"),
                List.of("search", photo.toString(), "--face", "1", "--json"),
                List.of("status"),
                List.of("--help"))) {
            String[] args = Stream.concat(command.stream(), Stream.of("--data", data.toString()))
                    .toArray(String[]::new);
            int code = Main.run(nowhere, nowhere, args);
            if (code != 0) {
                throw new LikenessException(
                        LikenessException.Kind.UNAVAILABLE,
                        "warming up failed at " + command.getFirst() + " with exit code " + code
                                + "\nRun that command by hand to see why.");
            }
        }
    }

    private static void delete(Path folder) throws IOException {
        List<Path> paths;
        try (Stream<Path> walk = Files.walk(folder)) {
            paths = walk.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : paths) {
            Files.delete(path);
        }
    }
}
