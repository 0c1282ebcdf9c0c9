package org.likeness.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.nimbusds.jose.JWSAlgorithm;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.likeness.core.LikenessException;
import org.likeness.core.member.MemberId;
import org.likeness.library.Settings;
import org.likeness.library.WebSettings;

/// Signing in through a provider of OpenID Connect, and what it must not let in.
class OpenIdTest {
    @TempDir
    Path data;

    private ServerOptions options(Provider provider) {
        WebSettings.Oidc oidc = new WebSettings.Oidc(provider.issuer(), Provider.CLIENT, data.resolve("oidc.secret"));
        return new ServerOptions("127.0.0.1", 0, "", 64, Optional.empty(), false, Optional.of(oidc));
    }

    private Site site(Provider provider) throws IOException {
        return site(provider, Provider.SECRET + "\n");
    }

    private static void link(Site site, String subject) {
        String member = site.likeness.members().member(Site.OWNER).id().toString();
        assertThat(site.owner()
                        .submit(
                                "/members/" + member + "/identity",
                                Map.of("subject", subject, "present", Site.PASSWORD))
                        .statusCode())
                .isEqualTo(200);
    }

    private static boolean isIn(Site.Visitor visitor) {
        return visitor.get("/account").uri().getPath().equals("/account");
    }

    @Test
    void somebody_comes_in_once_an_owner_linked_them_and_not_after_the_link_ended() throws IOException {
        try (Provider provider = new Provider();
                Site site = site(provider)) {
            assertThat(site.visitor().get("/sign-in").body()).contains("href=\"/sign-in/oidc\"");
            HttpResponse<String> unknown = site.visitor().get("/sign-in/oidc");
            assertThat(unknown.statusCode()).isEqualTo(401);
            assertThat(unknown.body()).contains("subject-7");
            assertThat(site.likeness.members().members()).hasSize(1);

            link(site, "subject-7");
            Site.Visitor visitor = site.visitor();
            assertThat(visitor.get("/sign-in/oidc").uri().getPath()).isEqualTo("/");
            assertThat(isIn(visitor)).isTrue();

            Site.Visitor owner = site.owner();
            String member = site.likeness.members().member(Site.OWNER).id().toString();
            assertThat(owner.get("/members").body()).contains("comes through localhost");
            assertThat(owner.submit("/members/" + member + "/identity", Map.of("subject", ""))
                            .statusCode())
                    .as("not without the password")
                    .isEqualTo(422);
            link(site, "");
            assertThat(isIn(visitor)).as("the session that began by it").isFalse();
            assertThat(isIn(owner)).isTrue();
            assertThat(owner.get("/members").body()).doesNotContain("comes through localhost");
            assertThat(site.visitor().get("/sign-in/oidc").statusCode()).isEqualTo(401);
        }
    }

    @Test
    void an_owner_enters_the_code_that_somebody_was_shown_in_their_browser() throws IOException {
        try (Provider provider = new Provider();
                Site site = site(provider);
                Chromium chromium = new Chromium()) {
            Page page = chromium.open(site, Chromium.Window.PHONE);
            page.navigate("/sign-in");
            Chromium.picture(page, "sign-in-provider-phone");
            page.locator("a[href='/sign-in/oidc']").click();
            String code = page.locator("#subject").textContent();
            Chromium.picture(page, "unlinked-phone");

            Page owner = chromium.signedIn(site, Chromium.Window.DESKTOP, Site.OWNER, Site.PASSWORD);
            owner.navigate("/members");
            owner.locator("tr [data-opens]").click();
            owner.locator("dialog[open] input[name=subject]").fill(code);
            Chromium.picture(owner, "members-identity");
            owner.locator("dialog[open] form[action$='/identity'] input[name=present]")
                    .fill(Site.PASSWORD);
            owner.locator("dialog[open] form[action$='/identity'] button[type=submit]")
                    .click();

            page.navigate("/sign-in");
            page.locator("a[href='/sign-in/oidc']").click();
            PlaywrightAssertions.assertThat(page.locator("h1")).hasText("Collections");
        }
    }

    @Test
    void a_token_that_is_forged_old_or_for_somebody_else_opens_nothing() throws IOException {
        try (Provider provider = new Provider();
                Site site = site(provider)) {
            link(site, "subject-7");
            provider.signer = Provider.key();
            refused(site, "signed by another key");
            provider.signer = provider.key;
            provider.twist = claims -> claims.audience("another client");
            refused(site, "for another client");
            provider.twist = claims -> claims.claim("nonce", "of another sign-in");
            refused(site, "of another sign-in");
            provider.twist = claims -> claims.expirationTime(Date.from(Instant.EPOCH));
            refused(site, "over");
            provider.twist = claims -> claims;
            assertThat(site.visitor().get("/sign-in/oidc").statusCode())
                    .as("nothing wrong with it")
                    .isEqualTo(200);
        }
    }

    @Test
    void a_token_counts_by_each_signature_that_the_provider_names_and_by_no_other() throws IOException {
        for (JWSAlgorithm algorithm : List.of(JWSAlgorithm.ES256, JWSAlgorithm.PS256)) {
            try (Provider provider = new Provider();
                    Site site = site(provider, data.resolve(algorithm.getName()))) {
                provider.named = List.of(algorithm);
                provider.signs = algorithm;
                link(site, "subject-7");
                assertThat(site.visitor().get("/sign-in/oidc").statusCode())
                        .as(algorithm.getName())
                        .isEqualTo(200);
                provider.signs = JWSAlgorithm.RS256;
                refused(site, "RS256, which it does not name");
                provider.signs = JWSAlgorithm.HS256;
                refused(site, "HS256, by the secret that both know");
                provider.signs = JWSAlgorithm.parse("none");
                refused(site, "none");
            }
        }
    }

    @Test
    void a_provider_that_names_no_safe_signature_is_not_asked() throws IOException {
        try (Provider provider = new Provider();
                Site site = site(provider)) {
            provider.named = List.of(JWSAlgorithm.HS256, JWSAlgorithm.parse("none"));
            assertThat(site.visitor().get("/sign-in/oidc").statusCode()).isEqualTo(503);
        }
    }

    @Test
    void who_comes_while_the_provider_shows_no_keys_is_asked_to_come_again_and_not_refused() throws IOException {
        try (Provider provider = new Provider();
                Site site = site(provider)) {
            link(site, "subject-7");
            provider.hidesKeys = true;
            assertThat(site.visitor().get("/sign-in/oidc").statusCode()).isEqualTo(503);
            provider.hidesKeys = false;
            assertThat(site.visitor().get("/sign-in/oidc").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void the_secret_goes_into_the_form_where_the_provider_takes_it_in_no_other_way() throws IOException {
        try (Provider provider = new Provider();
                Site site = site(provider)) {
            provider.method = "client_secret_post";
            link(site, "subject-7");
            assertThat(site.visitor().get("/sign-in/oidc").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void who_came_through_a_provider_can_sign_out_there_too() throws IOException {
        try (Provider provider = new Provider();
                Site site = site(provider)) {
            link(site, "subject-7");
            Site.Visitor visitor = site.visitor();
            visitor.get("/sign-in/oidc");
            assertThat(visitor.submit("/sign-out", Map.of()).body())
                    .contains("href=\"" + provider.issuer() + "/leave?")
                    .contains("client_id=" + Provider.CLIENT)
                    .contains("post_logout_redirect_uri=");
            assertThat(isIn(visitor)).isFalse();
            assertThat(site.owner().submit("/sign-out", Map.of()).body()).doesNotContain("/leave?");
        }
    }

    @Test
    void a_provider_counts_for_two_factors_when_it_says_that_it_asked_for_several() throws IOException {
        Files.writeString(data.resolve(Settings.FILE), "server.second-factor=required\n");
        try (Provider provider = new Provider();
                Site site = site(provider)) {
            String issuer = provider.issuer();
            MemberId owner = site.likeness.members().member(Site.OWNER).id();
            site.likeness.members().link(owner, issuer, Optional.of("subject-7"));
            Site.Visitor visitor = site.visitor();
            visitor.get("/sign-in/oidc");
            assertThat(visitor.get("/account").uri().getPath()).isEqualTo("/second-factor");
            provider.twist = claims -> claims.claim("amr", List.of("pwd", "mfa"));
            visitor.get("/sign-in/oidc");
            assertThat(isIn(visitor)).isTrue();
        }
    }

    private static void refused(Site site, String why) {
        Site.Visitor visitor = site.visitor();
        assertThat(visitor.get("/sign-in/oidc").statusCode()).as(why).isEqualTo(401);
        assertThat(isIn(visitor)).as(why).isFalse();
    }

    @Test
    void an_answer_counts_only_for_the_browser_that_asked_and_once() throws IOException {
        try (Provider provider = new Provider();
                Site site = site(provider)) {
            link(site, "subject-7");
            Site.Visitor visitor = site.visitor();
            String back = location(visitor, location(visitor, "/sign-in/oidc"));
            Site.Visitor other = site.visitor();
            assertThat(other.get(path(back)).statusCode()).as("nothing begun").isEqualTo(401);
            location(other, "/sign-in/oidc");
            assertThat(other.get(path(back)).statusCode()).as("began another").isEqualTo(401);
            assertThat(isIn(other)).isFalse();
            assertThat(visitor.get(path(back)).statusCode()).isEqualTo(200);
            assertThat(isIn(visitor)).isTrue();
            assertThat(visitor.get(path(back)).statusCode()).as("it was used").isEqualTo(401);
        }
    }

    private static String location(Site.Visitor visitor, String address) {
        return visitor.sendWithoutFollowing(visitor.request(address))
                .headers()
                .firstValue("Location")
                .orElseThrow();
    }

    private static String path(String address) {
        return address.replaceFirst("https?://[^/]+", "");
    }

    @Test
    void without_its_secret_the_server_does_not_start() {
        try (Provider provider = new Provider()) {
            assertThatThrownBy(() -> site(provider, "  "))
                    .isInstanceOf(LikenessException.class)
                    .hasMessageContaining("client-secret-file");
        }
    }

    private Site site(Provider provider, Path folder) throws IOException {
        Files.createDirectories(folder);
        Files.writeString(data.resolve("oidc.secret"), Provider.SECRET);
        return Site.owned(folder, options(provider), Optional.empty());
    }

    private Site site(Provider provider, String secret) throws IOException {
        Files.writeString(data.resolve("oidc.secret"), secret);
        return Site.owned(data, options(provider), Optional.empty());
    }
}
