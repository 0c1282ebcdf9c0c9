import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Runs `npm ci` in the directory given as the only argument, unless it was already run for this very lock file.
///
/// Maven starts this file from source, before anything is compiled. What was installed is remembered as a copy of the
/// lock file inside `node_modules`; `npm ci` begins by deleting that folder, so an install that broke off is redone.
/// Scripts of packages never run.
final class InstallNpm {
    private InstallNpm() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path directory = Path.of(arguments[0]);
        Path lock = directory.resolve("package-lock.json");
        Path installed = directory.resolve("node_modules").resolve(".installed-lock.json");
        if (Files.exists(installed) && Files.mismatch(lock, installed) == -1) {
            return;
        }
        int exit = run(directory);
        if (exit != 0) {
            System.err.println("npm ci ended with exit code " + exit + " in " + directory
                    + "\nIts own message is above. The build needs @vladmandic/face-api from an npm registry.");
            System.exit(1);
        }
        Files.copy(lock, installed);
    }

    private static int run(Path directory) throws InterruptedException {
        String npm = System.getProperty("os.name").startsWith("Windows") ? "npm.cmd" : "npm";
        var command = List.of(
                npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline", "--loglevel=error");
        try {
            return new ProcessBuilder(command)
                    .directory(directory.toFile())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException missing) {
            System.err.println("cannot start " + npm + ": " + missing.getMessage()
                    + "\nThe default model pack is built from an npm package. Install Node.js 20 or newer, which brings"
                    + " npm, and make sure that npm is on the PATH.");
            System.exit(1);
            throw new IllegalStateException(missing);
        }
    }
}
