package org.likeness.bench;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Somebody who uses the server as a browser would: a page, then what it shows, six pictures at a time, then a look of
/// one to three seconds. One thread at a time.
final class Visitor {
    private static final int AT_ONCE = 6;
    private static final int WINDOW = 24;
    private static final int ROWS_ON = 12;
    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final Pattern ID = Pattern.compile("\"id\":\"([0-9a-f-]{36})\"");
    private static final Pattern FACE = Pattern.compile("\"face\":\"([0-9a-f-]{36})\"");
    private static final Pattern STARTS = Pattern.compile("\"starts\":\\[([^\\]]*)]");
    private static final Pattern CROP = Pattern.compile("src=\"(/[^\"]+/crop)\"");

    private final HttpClient client;
    private final URI server;
    private final String collection;
    private final String[] credentials;
    private final Tally tally;
    private final SplittableRandom random;

    private List<String> starts = List.of();
    private List<String> photos = List.of();
    private int at;

    /// @param credentials name and value of the header that says who it is
    Visitor(HttpClient client, URI server, String collection, String[] credentials, Tally tally, long seed) {
        this.client = client;
        this.server = server;
        this.collection = collection;
        this.credentials = credentials;
        this.tally = tally;
        this.random = new SplittableRandom(seed);
    }

    /// Looks at photos.
    void browse(BooleanSupplier goOn) {
        arrive();
        while (goOn.getAsBoolean()) {
            int what = random.nextInt(100);
            if (what < 70) {
                scroll();
            } else if (what < 85) {
                photo();
            } else if (what < 95) {
                photos();
            } else {
                arrive();
            }
            look();
        }
    }

    /// Searches with photos of its own.
    void search(List<byte[]> probes, BooleanSupplier goOn) {
        while (goOn.getAsBoolean()) {
            String read = post(Tally.Kind.PROBE, "probes", "image/jpeg", probes.get(random.nextInt(probes.size())));
            look();
            List<String> ids = found(ID, read);
            if (!ids.isEmpty() && goOn.getAsBoolean()) {
                String wanted = "{\"probe\":\"" + ids.getFirst() + "\",\"number\":1}";
                String answer = post(
                        Tally.Kind.SEARCH, "searches", "application/json", wanted.getBytes(StandardCharsets.UTF_8));
                pictures(
                        Tally.Kind.FACE,
                        found(FACE, answer).stream()
                                .limit(WINDOW)
                                .map(face -> api("faces/" + face + "/crop"))
                                .toList());
                look();
            }
        }
    }

    /// From one to three seconds.
    private void look() {
        try {
            Thread.sleep(random.nextInt(1_000, 3_000));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void arrive() {
        get(Tally.Kind.COLLECTIONS, "/");
        look();
        photos();
    }

    private void photos() {
        get(Tally.Kind.PHOTOS, "/c/" + collection + "/photos");
        starts = found(STARTS, get(Tally.Kind.LAYOUT, api("timeline/layout"))).stream()
                .flatMap(all -> Stream.of(all.split(",")))
                .filter(start -> !start.isEmpty())
                .map(start -> start.replace("\"", ""))
                .toList();
        open();
        show(WINDOW);
    }

    private void open() {
        at = 0;
        if (!starts.isEmpty()) {
            String start = starts.get(random.nextInt(starts.size()));
            photos = found(ID, get(Tally.Kind.TIMELINE, api("timeline?limit=200&from=" + encoded(start))));
        }
    }

    private static String encoded(String text) {
        return java.net.URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private void scroll() {
        if (at >= photos.size()) {
            open();
        }
        show(ROWS_ON);
    }

    private void show(int count) {
        List<String> seen = photos.subList(Math.min(at, photos.size()), Math.min(at + count, photos.size()));
        at += count;
        pictures(
                Tally.Kind.THUMBNAIL,
                seen.stream().map(id -> api("photos/" + id + "/thumbnail")).toList());
    }

    private void photo() {
        if (!photos.isEmpty()) {
            String id = photos.get(random.nextInt(photos.size()));
            String page = get(Tally.Kind.PHOTO, "/c/" + collection + "/photos/" + id);
            pictures(Tally.Kind.PREVIEW, List.of(api("photos/" + id + "/preview")));
            pictures(Tally.Kind.FACE, found(CROP, page).stream().limit(AT_ONCE).toList());
        }
    }

    private String api(String path) {
        return "/api/v1/collections/" + collection + "/" + path;
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(server.resolve(path)).timeout(PATIENCE).headers(credentials);
    }

    private void pictures(Tally.Kind kind, List<String> paths) {
        for (int from = 0; from < paths.size(); from += AT_ONCE) {
            List<CompletableFuture<String>> some = new ArrayList<>();
            for (String path : paths.subList(from, Math.min(from + AT_ONCE, paths.size()))) {
                some.add(send(kind, request(path)));
            }
            some.forEach(CompletableFuture::join);
        }
    }

    private String get(Tally.Kind kind, String path) {
        return send(kind, request(path)).join();
    }

    private String post(Tally.Kind kind, String path, String type, byte[] body) {
        return send(kind, request(api(path)).header("Content-Type", type).POST(BodyPublishers.ofByteArray(body)))
                .join();
    }

    /// The answer's text; empty when it failed, which is counted.
    private CompletableFuture<String> send(Tally.Kind kind, HttpRequest.Builder request) {
        long start = System.nanoTime();
        return client.sendAsync(request.build(), BodyHandlers.ofByteArray())
                .handle((answer, failure) -> received(kind, start, answer, failure));
    }

    private String received(Tally.Kind kind, long start, HttpResponse<byte[]> answer, Throwable failure) {
        tally.add(kind, System.nanoTime() - start);
        if (failure != null) {
            Throwable cause = failure.getCause() == null ? failure : failure.getCause();
            tally.fail(kind, cause.getClass().getSimpleName());
            return "";
        }
        if (answer.statusCode() >= 300) {
            tally.fail(kind, String.valueOf(answer.statusCode()));
            return "";
        }
        String type = answer.headers().firstValue("Content-Type").orElse("");
        return type.startsWith("image/") ? "" : new String(answer.body(), StandardCharsets.UTF_8);
    }

    private static List<String> found(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(match -> match.group(1)).toList();
    }
}
