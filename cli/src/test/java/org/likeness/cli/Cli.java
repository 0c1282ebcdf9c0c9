package org.likeness.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Runs `likeness` as a process of its own, with a data directory of its own.
final class Cli {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private final Path data;
    private final List<String> before;

    Cli(Path data) {
        this(data, List.of());
    }

    private Cli(Path data, List<String> before) {
        this.data = data;
        this.before = before;
    }

    /// As somebody who is bound by the permissions of files. The superuser, who often runs tests in
    /// a container, is
    /// not, so there the process gives up that privilege.
    Cli withoutOverridingPermissions() throws IOException {
        Path closed = Files.createTempFile("likeness-closed-", "");
        try {
            Files.setPosixFilePermissions(closed, Set.of());
            String without = "-dac_override,-dac_read_search";
            return Files.isReadable(closed)
                    ? new Cli(data, List.of("setpriv", "--bounding-set=" + without, "--inh-caps=" + without))
                    : this;
        } finally {
            Files.delete(closed);
        }
    }

    /// How a process ended.
    record Ended(int code, String out, String err) {
        JsonNode json() {
            return MAPPER.readTree(out.strip());
        }

        List<JsonNode> jsonLines() {
            return out.lines().map(MAPPER::readTree).toList();
        }
    }

    static JsonNode parse(String line) {
        return MAPPER.readTree(line);
    }

    Process start(String... args) throws IOException {
        List<String> command = new ArrayList<>(before);
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-modules",
                "jdk.incubator.vector",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path")));
        if (!List.of(args).contains("serve")) {
            command.add("-Xrs"); // as the launcher does
        }
        command.add("org.likeness.cli.Main");
        command.addAll(List.of(args));
        command.addAll(List.of("--data", data.toString()));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("LC_ALL", "C.UTF-8");
        return builder.start();
    }

    Ended run(String... args) throws IOException, InterruptedException {
        return runWith("", args);
    }

    /// @param input what comes on standard input; short, so that it fits a pipe
    Ended runWith(String input, String... args) throws IOException, InterruptedException {
        Process process = start(args);
        try (OutputStream in = process.getOutputStream()) {
            in.write(input.getBytes(StandardCharsets.UTF_8));
        }
        Path err = Files.createTempFile("likeness-err-", ".txt");
        Thread reader = Thread.ofVirtual().start(() -> {
            try {
                Files.copy(process.getErrorStream(), err, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int code = process.waitFor();
        reader.join();
        try (Stream<String> lines = Files.lines(err)) {
            String text =
                    lines.filter(line -> !line.contains("incubator modules")).reduce("", (a, b) -> a + b + "\n");
            return new Ended(code, out, text);
        } finally {
            Files.delete(err);
        }
    }
}
