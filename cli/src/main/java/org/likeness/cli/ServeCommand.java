package org.likeness.cli;

import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.likeness.library.Likeness;
import org.likeness.server.Server;
import org.likeness.server.ServerOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `likeness serve`: the pages and the API, until it is told to stop.
@Command(
        name = "serve",
        description = {
            "Start the web application: pages for people, an API for programs.",
            "Listens on this machine only, unless --host says otherwise. Ctrl-C or SIGTERM stop it; nothing is lost."
        })
final class ServeCommand extends LikenessCommand {
    static final int PORT = 8080;

    /// As a shell counts a process that SIGTERM ended.
    private static final int SIGNALLED = 143;

    @Option(names = "--port", paramLabel = "N", description = "The port to listen at. Default: 8080. 0: any free one.")
    private int port = PORT;

    @Option(
            names = "--host",
            paramLabel = "ADDRESS",
            description = "The address to listen at. Default: 127.0.0.1, this machine only.")
    private String host = "127.0.0.1";

    @Option(
            names = "--url",
            paramLabel = "URL",
            description = "Where browsers reach it, behind a proxy: https://photos.example.org/")
    private Optional<String> url = Optional.empty();

    @Override
    ExitCode execute() {
        try (Likeness likeness = shared().open()) {
            serve(
                    out(),
                    likeness,
                    new ServerOptions(
                            host, port, url.orElse(""), likeness.settings().megabytesMax()));
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
