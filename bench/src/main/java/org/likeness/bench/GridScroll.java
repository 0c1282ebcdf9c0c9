package org.likeness.bench;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.BoundingBox;
import com.microsoft.playwright.options.Cookie;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.likeness.core.collection.Collection;
import org.likeness.core.collection.Profile;
import org.likeness.core.member.MemberId;
import org.likeness.core.member.Way;
import org.likeness.library.Likeness;
import org.likeness.library.Settings;

/// Scrolls through the page of a collection's photos in a real Chromium and prints how long its frames took, what its
/// scripts held it up, and how much of the page there was at once.
///
/// Arguments: how many photos, then how Likeness is started.
public final class GridScroll {
    private static final int SECONDS = 15;

    /// Watches frames and long tasks, and counts elements now and then.
    private static final String WATCH = """
            () => {
              const seen = window.seen = { frames: [], tasks: [], nodes: 0, on: true };
              let last = performance.now();
              const frame = (now) => {
                seen.frames.push(now - last);
                last = now;
                if (seen.frames.length % 10 === 0) {
                  seen.nodes = Math.max(seen.nodes, document.getElementsByTagName('*').length);
                }
                if (seen.on) { requestAnimationFrame(frame); }
              };
              requestAnimationFrame(frame);
              seen.observer = new PerformanceObserver((list) =>
                list.getEntries().forEach((entry) => seen.tasks.push(entry.duration)));
              seen.observer.observe({ type: 'longtask' });
            }""";

    private static final String REPORT = """
            () => {
              const seen = window.seen;
              seen.on = false;
              seen.observer.disconnect();
              const sorted = seen.frames.slice(1).sort((a, b) => a - b);
              const at = (share) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
              return [sorted.length, at(0.5), at(0.95), at(0.99), at(1),
                100 * sorted.filter((ms) => ms > 50).length / sorted.length,
                seen.tasks.length, Math.max(0, ...seen.tasks), seen.nodes]
                .map((n) => n.toFixed(1)).join(' ');
            }""";

    /// Every cell in the window has its picture.
    private static final String COMPLETE = """
            () => {
              const cells = [...document.querySelectorAll('.cell')].filter((cell) => {
                const box = cell.getBoundingClientRect();
                return box.bottom > 0 && box.top < innerHeight;
              });
              return cells.length > 0 && cells.every((cell) => cell.querySelector('img.shown'));
            }""";

    private GridScroll() {}

    public static void main(String[] args) throws IOException {
        int photos = Integer.parseInt(args[0]);
        Path data = Files.createTempDirectory("likeness-grid-");
        Settings settings = Settings.of(data);
        Collection collection;
        Cookie session;
        try (Likeness likeness = Likeness.open(settings)) {
            collection = likeness.createCollection("album", Profile.HOUSEHOLD);
            MemberId owner = likeness.members().firstOwner("owner", "nobody signs in with this");
            session = new Cookie(
                    "likeness-" + likeness.signIn().mark(),
                    likeness.signIn()
                            .begin(owner, Way.PASSKEY, "bench")
                            .secret()
                            .text());
        }
        new PhotoCopies(settings, false).fill(collection, PhotoCopies.demo(data.resolve("album")), photos);
        try (ServerProcess server = ServerProcess.start(List.of(args).subList(1, args.length), data);
                Playwright playwright = Playwright.create(
                        new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
                Browser browser = playwright
                        .chromium()
                        .launch(new BrowserType.LaunchOptions()
                                .setExecutablePath(chromium())
                                .setArgs(List.of("--no-sandbox", "--disable-gpu", "--no-first-run")))) {
            String address = server.address() + "c/" + collection.id() + "/photos";
            System.out.printf(Locale.ROOT, "%n%,d photos%n%n", photos);
            System.out.println("| | frames | p50 ms | p95 | p99 | longest | over 50 ms, % | long tasks | longest ms |"
                    + " elements, most | script's heap MB | all pictures of the window after ms |");
            System.out.println("|---|---|---|---|---|---|---|---|---|---|---|---|");
            scroll(browser, server, address, session, "desktop", 1440, 900);
            scroll(browser, server, address, session, "phone", 390, 844);
        }
    }

    private static Path chromium() {
        return Stream.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no Chromium found"));
    }

    private static void scroll(
            Browser browser, ServerProcess server, String address, Cookie session, String name, int width, int height) {
        try (BrowserContext context =
                browser.newContext(new Browser.NewContextOptions().setViewportSize(width, height))) {
            context.addCookies(List.of(new Cookie(session.name, session.value)
                    .setUrl(server.address().toString())));
            Page page = context.newPage();
            CDPSession tools = context.newCDPSession(page);
            tools.send("Performance.enable");
            row(page, tools, name + ", opened", () -> page.navigate(address));
            row(page, tools, name + ", wheel", () -> wheel(page));
            if (page.locator(".scrubber").isVisible()) {
                row(page, tools, name + ", scrubber through all", () -> drag(page));
            }
            page.evaluate("() => scrollTo(0, 0)");
            row(page, tools, name + ", a window's height a frame", () -> page.evaluate("""
                    (ms) => new Promise((done) => {
                      const end = performance.now() + ms;
                      const step = () => {
                        scrollBy(0, innerHeight);
                        performance.now() < end ? requestAnimationFrame(step) : done();
                      };
                      step();
                    })""", 1_000 * SECONDS));
        }
    }

    private static void row(Page page, CDPSession tools, String name, Runnable work) {
        boolean opens = name.endsWith("opened");
        if (!opens) {
            page.evaluate(WATCH);
        }
        long start = System.nanoTime();
        work.run();
        long stopped = opens ? start : System.nanoTime();
        page.waitForFunction(COMPLETE, null, new Page.WaitForFunctionOptions().setTimeout(120_000));
        double complete = (System.nanoTime() - stopped) / 1e6;
        String seen = opens
                ? "- - - - - - - - " + page.evaluate("() => document.getElementsByTagName('*').length")
                : (String) page.evaluate(REPORT);
        tools.send("HeapProfiler.collectGarbage");
        System.out.printf(
                Locale.ROOT,
                "| %s | %s | %.1f | %.0f |%n",
                name,
                seen.replace(" ", " | "),
                metric(tools, "JSHeapUsedSize").orElse(0.0) / (1 << 20),
                complete);
    }

    private static Optional<Double> metric(CDPSession tools, String name) {
        for (JsonElement each : tools.send("Performance.getMetrics").getAsJsonArray("metrics")) {
            JsonObject metric = each.getAsJsonObject();
            if (metric.get("name").getAsString().equals(name)) {
                return Optional.of(metric.get("value").getAsDouble());
            }
        }
        return Optional.empty();
    }

    /// As a hand turns it: three notches, ten times a second.
    private static void wheel(Page page) {
        page.mouse().move(300, 400);
        long end = System.nanoTime() + SECONDS * 1_000_000_000L;
        while (System.nanoTime() < end) {
            page.mouse().wheel(0, 360);
            page.waitForTimeout(100);
        }
    }

    private static void drag(Page page) {
        BoundingBox bar = page.locator(".scrubber").boundingBox();
        double x = bar.x + bar.width / 2;
        int steps = SECONDS * 20;
        page.mouse().move(x, bar.y + 2);
        page.mouse().down();
        for (int i = 1; i <= steps; i++) {
            page.mouse().move(x, bar.y + 2 + (bar.height - 4) * i / steps);
            page.waitForTimeout(50);
        }
        page.mouse().up();
    }
}
