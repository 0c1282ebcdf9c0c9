package org.likeness.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.likeness.core.collection.Collection;
import org.likeness.core.collection.CollectionId;
import org.likeness.core.collection.Profile;
import org.likeness.core.member.MemberId;
import org.likeness.core.member.Membership;
import org.likeness.core.member.Right;
import org.likeness.core.member.Role;
import org.likeness.core.member.Way;
import org.likeness.library.Likeness;
import org.likeness.library.Settings;

/// Many members at once on a real server process: most look at photos, some search. Prints how long each kind of
/// request took and what the server took of the machine; ends with 1 when any request failed.
///
/// Options: `--minutes N --browsing N --searching N --photos N` (how many) `--from DIR` (photos to copy; else those
/// that
/// come with Likeness).
/// Argument: how Likeness is started.
public final class LoadTest {
    private static final long SAMPLE_MS = 10_000;

    private final Options options;
    private final Path data;
    private final Tally tally = new Tally();
    private final List<Sample> samples = new ArrayList<>();

    /// What the command line says.
    private record Options(
            double minutes, int browsing, int searching, int photos, Optional<Path> from, List<String> command) {}

    /// What the server took until then.
    private record Sample(double seconds, long megabytes, Duration processor) {}

    private LoadTest(Options options) throws IOException {
        this.options = options;
        this.data = Files.createTempDirectory("likeness-load-");
    }

    public static void main(String[] args) throws IOException, InterruptedException {
        System.setProperty("jdk.httpclient.keepalive.timeout", "10"); // shorter than the server's
        LoadTest test = new LoadTest(options(args));
        test.run();
        System.exit(test.tally.failures() == 0 ? 0 : 1);
    }

    private static Options options(String[] args) {
        double minutes = 10;
        int browsing = 200;
        int searching = 20;
        int photos = 2_000;
        Optional<Path> from = Optional.empty();
        int next = 0;
        for (; next + 1 < args.length && args[next].startsWith("--"); next += 2) {
            String value = args[next + 1];
            switch (args[next]) {
                case "--minutes" -> minutes = Double.parseDouble(value);
                case "--browsing" -> browsing = Integer.parseInt(value);
                case "--searching" -> searching = Integer.parseInt(value);
                case "--photos" -> photos = Integer.parseInt(value);
                case "--from" -> from = Optional.of(Path.of(value));
                default -> throw new IllegalArgumentException("unknown option " + args[next]);
            }
        }
        return new Options(
                minutes, browsing, searching, photos, from, List.of(args).subList(next, args.length));
    }

    private void run() throws IOException, InterruptedException {
        Settings settings = Settings.of(data);
        List<Path> photos = photos();
        Collection collection;
        try (Likeness likeness = Likeness.open(settings)) {
            collection = likeness.createCollection("album", Profile.HOUSEHOLD);
        }
        new PhotoCopies(settings, true).fill(collection, photos, options.photos());
        List<String[]> browsing = new ArrayList<>();
        List<String[]> searching = new ArrayList<>();
        try (Likeness likeness = Likeness.open(settings)) {
            likeness.members().firstOwner("owner", "nobody signs in with this");
            for (int i = 0; i < options.browsing(); i++) {
                browsing.add(withSession(likeness, member(likeness, "viewer " + i, Role.VIEWER, collection.id())));
            }
            for (int i = 0; i < options.searching(); i++) {
                searching.add(withToken(
                        likeness, member(likeness, "curator " + i, Role.CURATOR, collection.id()), collection.id()));
            }
        }
        List<byte[]> probes = new ArrayList<>();
        for (Path photo : photos) {
            probes.add(Files.readAllBytes(photo));
        }
        System.out.printf(
                Locale.ROOT,
                "%,d photos are there, the server starts, then %.1f minutes%n",
                options.photos(),
                options.minutes());
        try (ServerProcess server = ServerProcess.start(options.command(), data)) {
            visit(server, collection.id().toString(), browsing, searching, probes);
        }
        report();
    }

    private List<Path> photos() throws IOException {
        if (options.from().isEmpty()) {
            return PhotoCopies.demo(data.resolve("album"));
        }
        try (Stream<Path> files = Files.list(options.from().get())) {
            return files.filter(Files::isRegularFile).sorted().limit(200).toList();
        }
    }

    private static MemberId member(Likeness likeness, String name, Role role, CollectionId collection) {
        var invited = likeness.members().invite(name, List.of(new Membership(role, Optional.of(collection))));
        return likeness.members().accept(invited.code().text(), "nobody signs in with this");
    }

    private static String[] withSession(Likeness likeness, MemberId member) {
        return new String[] {
            "Cookie",
            "likeness-" + likeness.signIn().mark() + "="
                    + likeness.signIn()
                            .begin(member, Way.PASSKEY, "load")
                            .secret()
                            .text()
        };
    }

    private static String[] withToken(Likeness likeness, MemberId member, CollectionId collection) {
        var made = likeness.signIn()
                .makeToken(
                        member,
                        "load",
                        Set.of(Right.SEARCH, Right.SEE_PHOTOS),
                        Optional.of(collection),
                        Instant.now().plus(Duration.ofDays(1)));
        return new String[] {"Authorization", "Bearer " + made.secret().text()};
    }

    private void visit(
            ServerProcess server,
            String collection,
            List<String[]> browsing,
            List<String[]> searching,
            List<byte[]> probes)
            throws InterruptedException {
        long start = System.nanoTime();
        long end = start + (long) (options.minutes() * 60e9);
        BooleanSupplier goOn = () -> System.nanoTime() < end && server.process().isAlive();
        try (HttpClient client = HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .build();
                ExecutorService users = Executors.newVirtualThreadPerTaskExecutor()) {
            int seed = 0;
            for (String[] one : browsing) {
                Visitor visitor = new Visitor(client, server.address(), collection, one, tally, seed++);
                users.execute(() -> counted(() -> visitor.browse(goOn)));
            }
            for (String[] one : searching) {
                Visitor visitor = new Visitor(client, server.address(), collection, one, tally, seed++);
                users.execute(() -> counted(() -> visitor.search(probes, goOn)));
            }
            while (goOn.getAsBoolean()) {
                sample(server, start);
                Thread.sleep(Math.clamp((end - System.nanoTime()) / 1_000_000 + 1, 1, SAMPLE_MS));
            }
        }
        if (!server.process().isAlive()) {
            tally.fail("the server", "ended");
        }
        sample(server, start);
    }

    /// A visitor whom our own mistake sends home is a failure, too.
    private void counted(Runnable visit) {
        try {
            visit.run();
        } catch (RuntimeException e) {
            tally.fail("a visitor", e.toString());
        }
    }

    private void sample(ServerProcess server, long start) {
        Sample sample = new Sample((System.nanoTime() - start) / 1e9, server.residentMegabytes(), server.processor());
        samples.add(sample);
        System.out.printf(
                Locale.ROOT,
                "%4.0f s: %,d requests, %d failed, server %,d MB, %.0f s of processor, load average %.1f%n",
                sample.seconds(),
                tally.requests(),
                tally.failures(),
                sample.megabytes(),
                sample.processor().toMillis() / 1e3,
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    }

    private void report() {
        Sample last = samples.getLast();
        List<Sample> warm = samples.stream()
                .filter(each -> each.seconds() >= last.seconds() * 0.3)
                .toList();
        System.out.printf(
                Locale.ROOT,
                "%n%d browsing and %d searching for %.0f s: %,d requests, %d failed, %.0f a second%n%n%s%n",
                options.browsing(),
                options.searching(),
                last.seconds(),
                tally.requests(),
                tally.failures(),
                tally.requests() / last.seconds(),
                tally.table());
        System.out.printf(
                Locale.ROOT,
                "Server's memory: first %,d MB, last %,d MB, most %,d MB; after the first 30 %%: %+.1f MB a minute."
                        + " Processor: %.0f s, %.2f cores.%n",
                samples.getFirst().megabytes(),
                last.megabytes(),
                samples.stream().mapToLong(Sample::megabytes).max().orElse(0),
                60 * slope(warm),
                last.processor().toMillis() / 1e3,
                last.processor().toMillis() / 1e3 / last.seconds());
    }

    /// MB a second, by least squares.
    private static double slope(List<Sample> some) {
        double x = some.stream().mapToDouble(Sample::seconds).average().orElse(0);
        double y = some.stream().mapToDouble(Sample::megabytes).average().orElse(0);
        double above = 0;
        double below = 0;
        for (Sample each : some) {
            above += (each.seconds() - x) * (each.megabytes() - y);
            below += (each.seconds() - x) * (each.seconds() - x);
        }
        return below == 0 ? 0 : above / below;
    }
}
