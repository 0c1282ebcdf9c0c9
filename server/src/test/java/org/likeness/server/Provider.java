package org.likeness.server;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A provider of OpenID Connect that vouches for one person without asking. Close it at the end.
final class Provider implements AutoCloseable {
    static final String CLIENT = "likeness";
    static final String SECRET = "a secret of the client";

    /// Its own key, which it publishes.
    final RSAKey key = key();

    /// What a test makes wrong in the next tokens.
    volatile UnaryOperator<JWTClaimsSet.Builder> twist = claims -> claims;

    /// Who signs the next tokens.
    volatile RSAKey signer = key;

    /// By what it says that it signs, and by what it does.
    volatile List<JWSAlgorithm> named = List.of(JWSAlgorithm.RS256);

    volatile JWSAlgorithm signs = JWSAlgorithm.RS256;

    /// Whether nobody gets its keys.
    volatile boolean hidesKeys;

    /// How it takes the secret.
    volatile String method = "client_secret_basic";

    private final ECKey curve = curve();

    private final HttpServer server;
    private final Map<String, Map<String, String>> asked = new ConcurrentHashMap<>();

    Provider() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/.well-known/openid-configuration", exchange -> json(exchange, configuration()));
        server.createContext("/keys", this::keys);
        server.createContext("/authorize", this::authorize);
        server.createContext("/token", this::token);
        server.start();
    }

    static RSAKey key() {
        try {
            return new RSAKeyGenerator(2048).keyID("key").generate();
        } catch (JOSEException e) {
            throw new AssertionError(e);
        }
    }

    private static ECKey curve() {
        try {
            return new ECKeyGenerator(Curve.P_256).keyID("curve").generate();
        } catch (JOSEException e) {
            throw new AssertionError(e);
        }
    }

    String issuer() {
        return "http://localhost:" + server.getAddress().getPort();
    }

    private String configuration() {
        return """
                {"issuer":"ISSUER","authorization_endpoint":"ISSUER/authorize","token_endpoint":"ISSUER/token",
                "jwks_uri":"ISSUER/keys","subject_types_supported":["public"],"response_types_supported":["code"],
                "token_endpoint_auth_methods_supported":["METHOD"],"end_session_endpoint":"ISSUER/leave",
                "id_token_signing_alg_values_supported":["NAMED"]}
                """.replace("ISSUER", issuer())
                .replace("METHOD", method)
                .replace("NAMED", named.stream().map(JWSAlgorithm::getName).collect(Collectors.joining("\",\"")));
    }

    private void keys(HttpExchange exchange) throws IOException {
        if (hidesKeys) {
            exchange.sendResponseHeaders(503, -1);
            exchange.close();
            return;
        }
        json(exchange, new JWKSet(List.of(key.toPublicJWK(), curve.toPublicJWK())).toString());
    }

    private void authorize(HttpExchange exchange) throws IOException {
        Map<String, String> wanted = fields(exchange.getRequestURI().getRawQuery());
        String code = "code-" + wanted.get("state");
        asked.put(code, wanted);
        String back = wanted.get("redirect_uri") + "?code=" + code + "&state=" + wanted.get("state");
        exchange.getResponseHeaders().add("Location", back);
        exchange.sendResponseHeaders(302, -1);
        exchange.close();
    }

    private void token(HttpExchange exchange) throws IOException {
        Map<String, String> fields =
                fields(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        Map<String, String> wanted = asked.remove(fields.getOrDefault("code", ""));
        String basic = CLIENT + ":" + URLEncoder.encode(SECRET, StandardCharsets.UTF_8);
        boolean known = method.equals("client_secret_post")
                ? SECRET.equals(fields.get("client_secret")) && CLIENT.equals(fields.get("client_id"))
                : ("Basic " + Base64.getEncoder().encodeToString(basic.getBytes(StandardCharsets.UTF_8)))
                        .equals(exchange.getRequestHeaders().getFirst("Authorization"));
        String challenge = hash(fields.getOrDefault("code_verifier", ""));
        if (!known || wanted == null || !challenge.equals(wanted.get("code_challenge"))) {
            exchange.sendResponseHeaders(400, -1);
            exchange.close();
            return;
        }
        JWTClaimsSet.Builder claims = new JWTClaimsSet.Builder()
                .issuer(issuer())
                .subject("subject-7")
                .audience(CLIENT)
                .issueTime(Date.from(Instant.now()))
                .expirationTime(Date.from(Instant.now().plusSeconds(300)))
                .claim("nonce", wanted.get("nonce"));
        String token = signed(twist.apply(claims).build());
        json(exchange, "{\"access_token\":\"a\",\"token_type\":\"Bearer\",\"id_token\":\"" + token + "\"}");
    }

    private String signed(JWTClaimsSet claims) {
        if (signs.getName().equals("none")) {
            return new PlainJWT(claims).serialize();
        }
        try {
            boolean curved = signs.equals(JWSAlgorithm.ES256);
            JWSSigner by = curved
                    ? new ECDSASigner(curve)
                    : signs.equals(JWSAlgorithm.HS256) ? new MACSigner(SECRET.repeat(2)) : new RSASSASigner(signer);
            SignedJWT token = new SignedJWT(
                    new JWSHeader.Builder(signs).keyID(curved ? "curve" : "key").build(), claims);
            token.sign(by);
            return token.serialize();
        } catch (JOSEException e) {
            throw new AssertionError(e);
        }
    }

    private static String hash(String verifier) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    private static Map<String, String> fields(String form) {
        return Stream.of(form.split("&"))
                .map(field -> field.split("=", 2))
                .collect(Collectors.toMap(
                        field -> field[0], field -> URLDecoder.decode(field[1], StandardCharsets.UTF_8)));
    }

    private static void json(HttpExchange exchange, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
