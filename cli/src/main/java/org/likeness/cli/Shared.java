package org.likeness.cli;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.likeness.library.Likeness;
import org.likeness.library.Setting;
import org.likeness.library.Settings;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/// The options every command has. Filled by picocli, then read only.
final class Shared {
    @Option(
            names = "--data",
            paramLabel = "DIR",
            scope = ScopeType.INHERIT,
            description = "Data directory. Else LIKENESS_DATA, else likeness in the user's data folder.")
    private Optional<Path> data = Optional.empty();

    @Option(names = "--json", scope = ScopeType.INHERIT, description = "Answer in JSON, for programs.")
    private boolean json;

    boolean json() {
        return json;
    }

    Path data() {
        return data.or(() -> Optional.ofNullable(System.getenv("LIKENESS_DATA"))
                        .filter(text -> !text.isBlank())
                        .map(Path::of))
                .orElseGet(Shared::standardData)
                .toAbsolutePath()
                .normalize();
    }

    private static Path standardData() {
        return Optional.ofNullable(System.getenv("XDG_DATA_HOME"))
                .filter(text -> !text.isBlank())
                .map(Path::of)
                .orElseGet(() -> Path.of(System.getProperty("user.home"), ".local", "share"))
                .resolve("likeness");
    }

    Settings settings() {
        return settings(Map.of());
    }

    /// With what options of the command say instead.
    Settings settings(Map<Setting, String> options) {
        return Settings.read(data(), System.getenv(), options);
    }

    Likeness open() {
        return Likeness.open(settings());
    }
}
