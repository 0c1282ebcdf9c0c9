package org.likeness.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.Certificate;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.likeness.core.LikenessException;
import org.likeness.library.WebSettings;
import org.springframework.boot.ssl.SslBundles;

/// TLS by a certificate of one's own, and what follows from it.
class TlsTest {
    private static final String HSTS = "Strict-Transport-Security";

    @TempDir
    Path temp;

    private WebSettings.Tls tls() {
        return new WebSettings.Tls(temp.resolve("chain.pem"), temp.resolve("key.pem"));
    }

    private static ServerOptions options(String url, Optional<WebSettings.Tls> tls) {
        return new ServerOptions("127.0.0.1", 0, url, 64, tls, false, Optional.empty());
    }

    private static List<String> cookies(HttpResponse<String> answer) {
        return answer.headers().allValues("Set-Cookie");
    }

    @Test
    void by_tls_cookies_are_confined_to_it_and_browsers_told_to_come_back_by_it()
            throws IOException, GeneralSecurityException {
        SelfSigned certificate = SelfSigned.make(temp, "first");
        certificate.write(tls());
        try (Site site = Site.owned(
                temp.resolve("data"), options("", Optional.of(tls())), Optional.of(SelfSigned.trusting(certificate)))) {
            assertThat(site.server.address().toString()).startsWith("https://localhost:");
            Site.Visitor visitor = site.visitor();
            HttpResponse<String> page = visitor.get("/sign-in");
            assertThat(page.statusCode()).isEqualTo(200);
            assertThat(page.headers().firstValue(HSTS)).hasValue("max-age=31536000 ; includeSubDomains");
            assertThat(cookies(page))
                    .isNotEmpty()
                    .allMatch(cookie -> cookie.startsWith("__Host-likeness"))
                    .allMatch(cookie -> cookie.contains("Secure") && cookie.contains("HttpOnly"));
            HttpResponse<String> entered = visitor.sendWithoutFollowing(signIn(visitor));
            assertThat(entered.statusCode()).isEqualTo(302);
            assertThat(cookies(entered))
                    .anyMatch(cookie -> cookie.matches("__Host-likeness-[0-9a-f]{8}=.*")
                            && cookie.contains("Secure")
                            && cookie.contains("HttpOnly")
                            && cookie.contains("Path=/")
                            && cookie.contains("SameSite=Lax"));
            assertThat(visitor.get("/").uri().getPath()).isEqualTo("/");
        }
    }

    private static HttpRequest.Builder signIn(Site.Visitor visitor) {
        return visitor.request("/sign-in")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("X-XSRF-TOKEN", visitor.token())
                .POST(HttpRequest.BodyPublishers.ofString(
                        "name=" + Site.OWNER + "&password=" + Site.PASSWORD.replace(' ', '+')));
    }

    @Test
    void tls_1_2_and_1_3_are_spoken_and_nothing_older() throws IOException, GeneralSecurityException {
        SelfSigned certificate = SelfSigned.make(temp, "first");
        certificate.write(tls());
        SSLContext trusting = SelfSigned.trusting(certificate);
        try (Site site = Site.owned(temp.resolve("data"), options("", Optional.of(tls())), Optional.of(trusting))) {
            int port = site.server.address().getPort();
            for (String version : List.of("TLSv1.2", "TLSv1.3")) {
                SSLSession spoken = handshake(trusting, port, version);
                assertThat(spoken.getProtocol()).isEqualTo(version);
                assertThat(spoken.getCipherSuite()).matches("TLS_(ECDHE_ECDSA_WITH_)?(AES|CHACHA20).*");
            }
            assertThat(Hello.to(port, Hello.TLS_1_2))
                    .as("so that a refusal is not one of how it is asked")
                    .isEqualTo("hello 303");
            assertThat(Hello.to(port, Hello.TLS_1_1)).as("protocol_version").isEqualTo("alert 70");
            assertThat(Hello.to(port, Hello.TLS_1_0)).as("protocol_version").isEqualTo("alert 70");
        }
    }

    private static SSLSession handshake(SSLContext trusting, int port, String version) throws IOException {
        try (SSLSocket socket = (SSLSocket) trusting.getSocketFactory().createSocket("localhost", port)) {
            socket.setEnabledProtocols(new String[] {version});
            socket.startHandshake();
            return socket.getSession();
        }
    }

    @Test
    void without_tls_nothing_claims_it() {
        try (Site site = Site.owned(temp.resolve("data"))) {
            Site.Visitor visitor = site.visitor();
            HttpResponse<String> page = visitor.get("/sign-in");
            assertThat(page.headers().firstValue(HSTS)).isEmpty();
            assertThat(cookies(page)).noneMatch(cookie -> cookie.contains("Secure"));
        }
    }

    @Test
    void behind_a_proxy_that_speaks_tls_cookies_are_confined_to_it_too() throws IOException, InterruptedException {
        try (Site site = Site.fresh(temp.resolve("data"), options("https://photos.example.org/", Optional.empty()));
                HttpClient proxy = HttpClient.newHttpClient()) {
            int port =
                    Objects.requireNonNull(site.server.context().getWebServer()).getPort();
            HttpResponse<String> page = proxy.send(
                    HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/sign-in"))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(page.headers().firstValue(HSTS)).isPresent();
            assertThat(cookies(page)).isNotEmpty().allMatch(cookie -> cookie.contains("Secure"));
        }
    }

    @Test
    void a_new_certificate_is_taken_up_while_the_server_runs()
            throws IOException, GeneralSecurityException, InterruptedException {
        SelfSigned first = SelfSigned.make(temp, "first");
        SelfSigned second = SelfSigned.make(temp, "second");
        first.write(tls());
        SSLContext trusting = SelfSigned.trusting(first, second);
        System.setProperty("spring.ssl.bundle.watch.file.quiet-period", "50ms");
        try (Site site = Site.owned(temp.resolve("data"), options("", Optional.of(tls())), Optional.of(trusting))) {
            assertThat(shown(site, trusting)).isEqualTo(first.certificate());
            CountDownLatch renewed = new CountDownLatch(1);
            site.server
                    .context()
                    .getBean(SslBundles.class)
                    .addBundleUpdateHandler(OwnCertificate.BUNDLE, _ -> renewed.countDown());
            second.write(tls());
            assertThat(renewed.await(60, TimeUnit.SECONDS)).isTrue();
            assertThat(shown(site, trusting)).isEqualTo(second.certificate());
        } finally {
            System.clearProperty("spring.ssl.bundle.watch.file.quiet-period");
        }
    }

    /// The certificate that a new visitor is shown.
    private static Certificate shown(Site site, SSLContext trusting) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newBuilder().sslContext(trusting).build()) {
            return client.send(
                            HttpRequest.newBuilder(site.at("/health/live")).build(),
                            HttpResponse.BodyHandlers.discarding())
                    .sslSession()
                    .orElseThrow()
                    .getPeerCertificates()[0];
        }
    }

    @Test
    void whoever_does_not_trust_the_certificate_gets_no_answer() throws IOException, GeneralSecurityException {
        SelfSigned certificate = SelfSigned.make(temp, "first");
        certificate.write(tls());
        try (Site site = Site.owned(
                        temp.resolve("data"),
                        options("", Optional.of(tls())),
                        Optional.of(SelfSigned.trusting(certificate)));
                HttpClient stranger = HttpClient.newHttpClient()) {
            assertThatExceptionOfType(SSLHandshakeException.class)
                    .isThrownBy(() -> stranger.send(
                            HttpRequest.newBuilder(site.at("/")).build(), HttpResponse.BodyHandlers.discarding()));
        }
    }

    @Test
    void files_that_cannot_be_used_are_named_by_their_setting() throws IOException, GeneralSecurityException {
        refuses("server.tls.certificate names a file that cannot be read");
        SelfSigned.make(temp, "first").write(tls());
        String key = Files.readString(tls().key());
        Files.writeString(tls().key(), "no key");
        refuses("server.tls.key ");
        SelfSigned.make(temp, "second").write(tls());
        Files.writeString(tls().key(), key);
        refuses("server.tls.key is not the key of the first certificate");
        Files.writeString(tls().certificate(), key);
        refuses("server.tls.certificate ");
    }

    private void refuses(String because) {
        assertThatExceptionOfType(LikenessException.class)
                .isThrownBy(() -> Site.owned(temp.resolve("data"), options("", Optional.of(tls())), Optional.empty()))
                .matches(e -> e.kind() == LikenessException.Kind.BAD_INPUT)
                .withMessageContaining(because)
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain(temp.toString()));
    }

    @Test
    void forwarded_headers_change_nothing_unless_a_proxy_is_said_to_send_them() {
        try (Site site = Site.owned(temp.resolve("data"))) {
            for (int times = 0; times < 22; times++) { // each from another address, if one believed it
                wrong(site, times);
            }
            assertThat(wrong(site, 99)).isEqualTo(429);
            HttpResponse<String> led = site.visitor()
                    .sendWithoutFollowing(site.visitor()
                            .request("/")
                            .header("X-Forwarded-Host", "evil.example")
                            .header("X-Forwarded-Proto", "https"));
            assertThat(led.headers().firstValue("Location"))
                    .hasValueSatisfying(place -> assertThat(place).startsWith("/sign-in"));
            assertThat(led.headers().firstValue(HSTS)).isEmpty();
        }
    }

    @Test
    void a_proxy_that_is_said_to_send_them_tells_visitors_apart() {
        try (Site site = Site.owned(
                temp.resolve("data"),
                new ServerOptions("127.0.0.1", 0, "", 64, Optional.empty(), true, Optional.empty()),
                Optional.empty())) {
            for (int times = 0; times < 8; times++) {
                assertThat(wrong(site, times)).isEqualTo(401);
            }
        }
    }

    private static int wrong(Site site, int visitor) {
        return tried(site, "203.0.113." + visitor, "guess" + visitor, "wrong");
    }

    private static int tried(Site site, String address, String name, String password) {
        Site.Visitor stranger = site.visitor();
        return stranger.sendWithoutFollowing(stranger.request("/sign-in")
                        .header("X-Forwarded-For", address)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .header("X-XSRF-TOKEN", stranger.token())
                        .POST(HttpRequest.BodyPublishers.ofString(
                                "name=" + name + "&password=" + password.replace(' ', '+'))))
                .statusCode();
    }

    @Test
    void who_guesses_elsewhere_keeps_nobody_out_and_has_one_network_however_many_addresses() {
        try (Site site = Site.owned(
                temp.resolve("data"),
                new ServerOptions("127.0.0.1", 0, "", 64, Optional.empty(), true, Optional.empty()),
                Optional.empty())) {
            for (int times = 0; times < 6; times++) {
                assertThat(tried(site, "2001:db8:1:2::" + times, Site.OWNER, "wrong"))
                        .isEqualTo(401);
            }
            assertThat(tried(site, "2001:db8:1:2:ffff::9", Site.OWNER, Site.PASSWORD))
                    .isEqualTo(429);
            assertThat(tried(site, "2001:db8:1:3::9", Site.OWNER, Site.PASSWORD))
                    .isEqualTo(302);
        }
    }
}
