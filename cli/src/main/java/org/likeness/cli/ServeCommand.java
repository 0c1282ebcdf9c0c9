package org.likeness.cli;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.likeness.library.Likeness;
import org.likeness.library.Setting;
import org.likeness.library.Settings;
import org.likeness.server.Server;
import org.likeness.server.ServerOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `likeness serve`: the pages and the API, until it is told to stop.
@Command(
        name = "serve",
        description = {
            "Start the web application: pages for people, an API for programs.",
            "Listens on this machine only, unless told otherwise; see the settings server.*",
            "Ctrl-C or SIGTERM stop it; nothing is lost."
        })
final class ServeCommand extends LikenessCommand {
    static final int PORT = 8080;

    /// As a shell counts a process that SIGTERM ended.
    private static final int SIGNALLED = 143;

    @Option(
            names = "--port",
            paramLabel = "N",
            description = "The port to listen at. Default: server.port, else 8080. 0: any free one.")
    private Optional<Integer> port = Optional.empty();

    @Option(
            names = "--host",
            paramLabel = "ADDRESS",
            description = "The address to listen at. Default: server.host, else 127.0.0.1, this machine only.")
    private Optional<String> host = Optional.empty();

    @Option(
            names = "--url",
            paramLabel = "URL",
            description = "Where browsers reach it, behind a proxy: https://photos.example.org/ Default: server.url.")
    private Optional<String> url = Optional.empty();

    @Override
    ExitCode execute() {
        Map<Setting, String> given = new EnumMap<>(Setting.class);
        host.ifPresent(value -> given.put(Setting.SERVER_HOST, value));
        port.ifPresent(value -> given.put(Setting.SERVER_PORT, String.valueOf(value)));
        url.ifPresent(value -> given.put(Setting.SERVER_URL, value));
        Settings settings = shared().settings(given);
        try (Likeness likeness = Likeness.open(settings)) {
            serve(out(), likeness, ServerOptions.of(settings));
        }
        return ExitCode.OK;
    }

    /// Serves until the process is told to stop, then lets running requests and the photo being imported end.
    static void serve(Out out, Likeness likeness, ServerOptions options) {
        CountDownLatch told = new CountDownLatch(1);
        CountDownLatch closed = new CountDownLatch(1);
        try (Server server = Server.start(likeness, options)) {
            Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(() -> {
                told.countDown();
                await(closed);
            }));
            out.line("Likeness is at " + server.address());
            server.welcome().ifPresent(link -> out.line("Make the owner's account:  " + link));
            out.document(Out.map("address", server.address().toString()));
            await(told);
        } finally {
            likeness.close();
            closed.countDown();
        }
    }

    /// Until the server runs, a signal must end the process without a Java shutdown, in which native code that is still
    /// at work would crash. Whatever was acknowledged is on disk.
    static Thread endAtOnce() {
        Thread hook = Thread.ofPlatform().unstarted(() -> {
            if (!Main.hasEnded()) {
                Runtime.getRuntime().halt(SIGNALLED);
            }
        });
        Runtime.getRuntime().addShutdownHook(hook);
        return hook;
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
