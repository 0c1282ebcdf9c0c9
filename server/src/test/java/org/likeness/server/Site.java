package org.likeness.server;

import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import org.likeness.library.Likeness;
import org.likeness.library.Settings;

/// A server over a data directory of its own, as a test's visitors reach it. Close it at the end.
final class Site implements AutoCloseable {
    static final String OWNER = "ines";
    static final String PASSWORD = "a quiet river in may";

    private static final Pattern CSRF = Pattern.compile("<meta name=\"csrf\" content=\"([^\"]+)\"");

    final Likeness likeness;
    final Server server;

    private final Optional<SSLContext> trusting;

    private Site(Path data) {
        this(data, ServerOptions.local(0, 64), Optional.empty());
    }

    private Site(Path data, ServerOptions options, Optional<SSLContext> trusting) {
        this.likeness = Likeness.open(data);
        this.trusting = trusting;
        this.server = start(likeness, options);
    }

    private static Server start(Likeness likeness, ServerOptions options) {
        try {
            return Server.start(likeness, options);
        } catch (RuntimeException e) {
            likeness.close();
            throw e;
        }
    }

    /// Lets members have a folder watched that is made here, and what is below it, with a look each second.
    static Path watching(Path data, Path folder) throws IOException {
        Files.createDirectories(data);
        Files.writeString(data.resolve(Settings.FILE), "imports.folders=" + folder + "\nimports.watch-seconds=1\n");
        return Files.createDirectories(folder).toRealPath();
    }

    /// A server nobody owns yet.
    static Site fresh(Path data) {
        return new Site(data);
    }

    /// A server nobody owns yet, that listens in its own way.
    static Site fresh(Path data, ServerOptions options) {
        return new Site(data, options, Optional.empty());
    }

    /// A server with an owner, [#OWNER].
    static Site owned(Path data) {
        return owned(new Site(data));
    }

    /// A server with an owner that listens in its own way; visitors trust its certificate.
    static Site owned(Path data, ServerOptions options, Optional<SSLContext> trusting) {
        return owned(new Site(data, options, trusting));
    }

    private static Site owned(Site site) {
        site.visitor()
                .submit(
                        site.server.welcome().orElseThrow().toString().replaceFirst("\\?.*", ""),
                        Map.of(
                                "code",
                                site.server.welcome().orElseThrow().getQuery().replaceFirst("^code=", ""),
                                "name",
                                OWNER,
                                "password",
                                PASSWORD));
        return site;
    }

    URI at(String path) {
        return server.address().resolve(path);
    }

    /// Somebody with a browser's cookies and nothing else.
    Visitor visitor() {
        return new Visitor(this);
    }

    /// A visitor who signed in.
    Visitor signedIn(String name, String password) {
        Visitor visitor = visitor();
        visitor.submit("/sign-in", Map.of("name", name, "password", password));
        return visitor;
    }

    Visitor owner() {
        return signedIn(OWNER, PASSWORD);
    }

    @Override
    public void close() {
        server.close();
        likeness.close();
    }

    /// Speaks HTTP with a cookie jar and sends the page's CSRF token with each form.
    static final class Visitor {
        private final Site site;
        private String csrf = "";
        private final CookieManager cookies = new CookieManager();
        private final HttpClient still;
        private final HttpClient client;

        private Visitor(Site site) {
            this.site = site;
            this.still = client(HttpClient.Redirect.NEVER);
            this.client = client(HttpClient.Redirect.NORMAL);
        }

        private HttpClient client(HttpClient.Redirect redirect) {
            HttpClient.Builder builder =
                    HttpClient.newBuilder().cookieHandler(cookies).followRedirects(redirect);
            site.trusting.ifPresent(builder::sslContext);
            return builder.build();
        }

        HttpResponse<String> get(String path, String... headers) {
            HttpRequest.Builder request = HttpRequest.newBuilder(site.at(path));
            return send(headers.length == 0 ? request : request.headers(headers));
        }

        /// Sends a form as a page would: fetches a page for its token first.
        HttpResponse<String> submit(String path, Map<String, String> fields) {
            String form = fields.entrySet().stream()
                    .map(field -> encode(field.getKey()) + "=" + encode(field.getValue()))
                    .collect(Collectors.joining("&"));
            return send(HttpRequest.newBuilder(site.at(path))
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .header("X-XSRF-TOKEN", token())
                    .POST(HttpRequest.BodyPublishers.ofString(form)));
        }

        /// Sends JSON, with the token that scripts of a page send.
        HttpResponse<String> send(String method, String path, String body, String... headers) {
            HttpRequest.Builder request = HttpRequest.newBuilder(site.at(path))
                    .header("Content-Type", "application/json")
                    .header("X-XSRF-TOKEN", token())
                    .method(method, HttpRequest.BodyPublishers.ofString(body));
            return send(headers.length == 0 ? request : request.headers(headers));
        }

        /// The token of a page, bound to the cookie this visitor has.
        String token() {
            if (csrf.isEmpty()) {
                csrf = fetchToken();
            }
            return csrf;
        }

        private String fetchToken() {
            return token(get("/"));
        }

        /// The token of this page.
        static String token(HttpResponse<String> page) {
            Matcher found = CSRF.matcher(page.body());
            if (!found.find()) {
                throw new AssertionError("the page has no CSRF token: " + page.statusCode());
            }
            return found.group(1);
        }

        /// A request to a path, to be completed.
        HttpRequest.Builder request(String path) {
            return HttpRequest.newBuilder(site.at(path));
        }

        /// The first answer, also when it leads elsewhere.
        HttpResponse<String> sendWithoutFollowing(HttpRequest.Builder request) {
            return send(still, request);
        }

        HttpResponse<String> send(HttpRequest.Builder request) {
            return send(client, request);
        }

        private static HttpResponse<String> send(HttpClient client, HttpRequest.Builder request) {
            try {
                return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError(e);
            }
        }

        private static String encode(String text) {
            return URLEncoder.encode(text, StandardCharsets.UTF_8);
        }
    }
}
