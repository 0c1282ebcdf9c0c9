package org.likeness.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.likeness.core.member.MemberId;
import org.likeness.core.member.Secret;

/// What whoever watches over a server learns of it, and what the log never says.
class SecurityLogTest {
    private static final Pattern LINE = Pattern.compile("event=[a-z-]+ member=(-|[0-9a-f-]{36}) what=[a-z-]+"
            + " from=[0-9a-f]{8} route=(none|/[a-z0-9/{}-]*)( left-out=\\d+)?");

    @TempDir
    Path data;

    private final Logger logger = Logger.getLogger(SecurityLog.NAME);
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final Handler keeping = new Handler() {
        @Override
        public void publish(LogRecord line) {
            lines.add(line.getMessage());
        }

        @Override
        public void flush() {
            // nothing is held back
        }

        @Override
        public void close() {
            // nothing is open
        }
    };

    @BeforeEach
    void listen() {
        logger.setLevel(Level.INFO);
        logger.setUseParentHandlers(false);
        logger.addHandler(keeping);
    }

    @AfterEach
    void listenNoMore() {
        logger.removeHandler(keeping);
    }

    private void said(String event, String member, String what, String route) {
        assertThat(lines)
                .anyMatch(line -> line.matches("event=" + event + " member=" + member + " what=" + what
                        + " from=[0-9a-f]{8} route=" + Pattern.quote(route)));
    }

    private static HttpRequest.Builder form(HttpRequest.Builder request, String fields) {
        return request.header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(fields));
    }

    @Test
    void who_comes_goes_and_fails_is_written_down_by_id_and_never_by_name_or_address() {
        try (Site site = Site.owned(data)) {
            String owner = site.likeness.members().member(Site.OWNER).id().toString();
            Site.Visitor visitor = site.owner();
            visitor.submit("/sign-out", Map.of());
            site.visitor().submit("/sign-in", Map.of("name", Site.OWNER, "password", "a wrong one"));
            site.visitor().submit("/sign-in", Map.of("name", "Aubergine", "password", "secret words"));
            site.visitor().send("POST", "/sign-in/passkey", "{\"id\":\"Aubergine\"}");
            said("signed-in", owner, "password", "/sign-in");
            said("signed-out", owner, "-", "/sign-out");
            said("sign-in-failed", owner, "password", "/sign-in");
            said("sign-in-failed", "-", "password", "/sign-in");
            said("sign-in-failed", "-", "passkey", "/sign-in/passkey");
            assertThat(lines).allMatch(line -> LINE.matcher(line).matches());
            assertThat(String.join("\n", lines))
                    .doesNotContain(Site.OWNER, "127.0.0.1", "secret words")
                    .doesNotContainIgnoringCase("aubergine");
        }
    }

    @Test
    void what_is_refused_forged_or_too_much_is_written_down() {
        try (Site site = Site.owned(data)) {
            Site.Visitor owner = site.owner();
            String id = site.likeness.members().member(Site.OWNER).id().toString();
            owner.send(form(owner.request("/sign-out"), ""));
            said("forged-request", id, "-", "none");
            Site.Visitor stranger = site.visitor();
            stranger.sendWithoutFollowing(stranger.request("/account")
                    .header("Cookie", "likeness-" + site.likeness.signIn().mark() + "=Aubergine"));
            said("forged-secret", "-", "-", "none");
            stranger.get(
                    "/api/v1/me",
                    "Authorization",
                    "Bearer " + Secret.next(Secret.TOKEN).text());
            stranger.get("/api/v1/me", "Authorization", "Bearer Aubergine");
            assertThat(lines.stream().filter(line -> line.startsWith("event=forged-secret")))
                    .as("a secret that is over is not forged")
                    .hasSize(2);
            owner.submit("/account/password", Map.of("present", "Aubergine", "password", "another quiet river"));
            said("confirmation-failed", id, "-", "/account/password");
            MemberId viewer = viewer(site);
            Site.Visitor refused = site.signedIn("ben", Site.PASSWORD);
            refused.get("/members");
            said("refused", viewer.toString(), "-", "/members");
            for (int times = 0; times < 8; times++) {
                site.visitor().submit("/sign-in", Map.of("name", "Aubergine", "password", "wrong"));
            }
            said("throttled", "-", "-", "/sign-in");
            for (int times = 0; times < 6; times++) {
                site.visitor().submit("/withdraw", Map.of("code", "no code"));
            }
            said("code-failed", "-", "-", "/withdraw");
            assertThat(site.visitor()
                            .submit("/withdraw", Map.of("code", "no code"))
                            .headers()
                            .firstValue("Retry-After"))
                    .hasValue(Failures.RETRY_SECONDS);
            said("throttled", "-", "-", "/withdraw");
            assertThat(lines).allMatch(line -> LINE.matcher(line).matches());
        }
    }

    private static MemberId viewer(Site site) {
        var invited = site.likeness.members().invite("ben", List.of());
        return site.likeness
                .members()
                .accept(
                        invited.code().text(),
                        site.server
                                .context()
                                .getBean(org.springframework.security.crypto.password.PasswordEncoder.class)
                                .encode(Site.PASSWORD));
    }

    @Test
    void a_flood_is_counted_and_not_written_down() {
        try (Site site = Site.owned(data)) {
            Site.Visitor owner = site.owner();
            for (int times = 0; times < 3 * SecurityLog.EACH_MINUTE; times++) {
                owner.send(form(owner.request("/sign-out"), ""));
            }
            assertThat(lines.stream().filter(line -> line.startsWith("event=forged-request")))
                    .hasSizeBetween(SecurityLog.EACH_MINUTE, 2 * SecurityLog.EACH_MINUTE);
        }
    }
}
