package org.likeness.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/// A real `likeness serve`, told to stop at the end.
///
/// @param address where it answers
record ServerProcess(Process process, URI address) implements AutoCloseable {
    private static final String READY = "Likeness is at ";

    /// Starts it, and returns when it answers.
    ///
    /// @param command how Likeness is started
    static ServerProcess start(List<String> command, Path data) throws IOException {
        Process process = new ProcessBuilder(
                        Stream.concat(command.stream(), Stream.of("serve", "--port", "0", "--data", data.toString()))
                                .toList())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        BufferedReader out = process.inputReader();
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            if (line.startsWith(READY)) {
                return new ServerProcess(process, URI.create(line.substring(READY.length())));
            }
        }
        throw new IllegalStateException("the server did not start");
    }

    /// What it takes of the machine's memory, in MB; 0 where the system does not say it in `/proc`.
    long residentMegabytes() {
        try (Stream<String> lines = Files.lines(Path.of("/proc", String.valueOf(process.pid()), "status"))) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .map(line -> line.replaceAll("\\D", ""))
                    .mapToLong(Long::parseLong)
                    .map(kilobytes -> kilobytes >> 10)
                    .findFirst()
                    .orElse(0);
        } catch (IOException _) {
            return 0;
        }
    }

    Duration processor() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }
}
