package org.likeness.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.likeness.core.member.MemberId;
import org.likeness.core.member.Right;
import org.likeness.core.rights.MemberDesk;
import org.likeness.core.rights.SignInDesk;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A program that uses the API with a token. Each answer it gets is held against the document of the
/// API ([Contract]). One thread at a time.
final class Program {
    private static final JsonMapper JSON = new JsonMapper();

    private final HttpClient client = HttpClient.newHttpClient();
    private final Site site;
    private final Contract contract;
    private final Optional<String> token;
    private final Optional<Site.Visitor> browser;

    private Program(Site site, Contract contract, Optional<String> token) {
        this(site, contract, token, Optional.empty());
    }

    private Program(Site site, Contract contract, Optional<String> token, Optional<Site.Visitor> browser) {
        this.site = site;
        this.contract = contract;
        this.token = token;
        this.browser = browser;
    }

    /// A program with a token of the owner's that may do everything.
    static Program of(Site site) {
        return new Program(site, new Contract(), Optional.of(token(site, EnumSet.allOf(Right.class))));
    }

    private static String token(Site site, Set<Right> rights) {
        MemberId owner = site.likeness.members().members().getFirst().id();
        SignInDesk desk = site.likeness.as(MemberDesk.actor(owner)).signIn();
        Instant end = Instant.now().plus(Duration.ofDays(1));
        return desk.makeToken(owner, "test", rights, Optional.empty(), end)
                .secret()
                .text();
    }

    /// The same program with a token of the owner's that may do this alone.
    Program with(Right right) {
        return new Program(site, contract, Optional.of(token(site, EnumSet.of(right))));
    }

    /// The same program without a token.
    Program withoutToken() {
        return new Program(site, contract, Optional.empty());
    }

    /// The same program with a token that nobody made.
    Program withWrongToken() {
        return new Program(site, contract, Optional.of("wrong"));
    }

    /// A script of the owner's pages, instead of a program with a token.
    Program inBrowser() {
        return new Program(site, contract, Optional.empty(), Optional.of(site.owner()));
    }

    Contract contract() {
        return contract;
    }

    /// Sends JSON.
    ///
    /// @param path from `/api/v1` on
    HttpResponse<String> send(String method, String path, String body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder();
        request.header("Content-Type", "application/json");
        if (headers.length > 0) {
            request.headers(headers);
        }
        return send(method, path, Optional.of(body), HttpRequest.BodyPublishers.ofString(body), request);
    }

    /// Sends bytes.
    HttpResponse<String> send(String method, String path, String mediaType, byte[] body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder();
        request.header("Content-Type", mediaType);
        if (headers.length > 0) {
            request.headers(headers);
        }
        return send(method, path, Optional.empty(), HttpRequest.BodyPublishers.ofByteArray(body), request);
    }

    private HttpResponse<String> send(
            String method,
            String path,
            Optional<String> json,
            HttpRequest.BodyPublisher body,
            HttpRequest.Builder request) {
        token.ifPresent(secret -> request.header("Authorization", "Bearer " + secret));
        request.uri(site.at("/api/v1" + path)).method(method, body);
        try {
            HttpResponse<String> answer = browser.isPresent()
                    ? browser.get()
                            .send(request.header("X-XSRF-TOKEN", browser.get().token()))
                    : client.send(request.build(), HttpResponse.BodyHandlers.ofString());
            contract.check(method, "/api/v1" + path, json, answer);
            return answer;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /// Asks for what is no part of the API.
    HttpResponse<String> page(String method, String path) {
        try {
            return client.send(
                    HttpRequest.newBuilder(site.at(path))
                            .header("Authorization", "Bearer " + token.orElseThrow())
                            .method(method, HttpRequest.BodyPublishers.noBody())
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    JsonNode ok(String method, String path, String body) {
        return ok(method + " " + path, send(method, path, body));
    }

    /// What a success answered; an empty object when that was nothing.
    static JsonNode ok(String what, HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(what + ": " + answer.body()).isBetween(200, 299);
        return answer.body().isEmpty() ? JSON.createObjectNode() : JSON.readTree(answer.body());
    }

    JsonNode get(String path) {
        return ok("GET", path, "");
    }

    JsonNode post(String path, String body) {
        return ok("POST", path, body);
    }

    /// Makes something, and returns its id.
    String made(String path, String body) {
        return post(path, body).get("id").asString();
    }
}
