package org.likeness.server;

import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.likeness.library.Likeness;

/// A server over a data directory of its own, as a test's visitors reach it. Close it at the end.
final class Site implements AutoCloseable {
    static final String OWNER = "ines";
    static final String PASSWORD = "a quiet river in may";

    private static final Pattern CSRF = Pattern.compile("<meta name=\"csrf\" content=\"([^\"]+)\"");

    final Likeness likeness;
    final Server server;

    private Site(Path data) {
        this.likeness = Likeness.open(data);
        this.server = Server.start(likeness, ServerOptions.local(0, 64));
    }

    /// A server nobody owns yet.
    static Site fresh(Path data) {
        return new Site(data);
    }

    /// A server with an owner, [#OWNER].
    static Site owned(Path data) {
        Site site = new Site(data);
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
        private final HttpClient client = HttpClient.newBuilder()
                .cookieHandler(new CookieManager())
                .followRedirects(HttpClient.Redirect.NORMAL)
                .build();

        private Visitor(Site site) {
            this.site = site;
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
            HttpResponse<String> page = get("/");
            Matcher found = CSRF.matcher(page.body());
            if (!found.find()) {
                throw new AssertionError("the page has no CSRF token: " + page.statusCode());
            }
            return found.group(1);
        }

        HttpResponse<String> send(HttpRequest.Builder request) {
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
