package org.likeness.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The first start, signing in and out, and what an answer carries to defend a browser.
class SignInTest {
    @TempDir
    Path data;

    @Test
    void the_first_owner_makes_an_account_in_the_browser_and_signs_in_again() {
        try (Site site = Site.fresh(data);
                Chromium chromium = new Chromium()) {
            Page page = chromium.open(site, Chromium.Window.DESKTOP);
            page.navigate(site.server.welcome().orElseThrow().toString());
            page.getByLabel("Name").fill(Site.OWNER);
            page.getByLabel("Choose a password").fill(Site.PASSWORD);
            Chromium.picture(page, "welcome");
            page.locator("main button[type=submit]").click();
            assertThat(page.locator("h1").textContent()).isEqualTo("Collections");
            Chromium.picture(page, "collections-empty");
            page.locator("details.account > summary").click();
            PlaywrightAssertions.assertThat(page.locator("details.account .menu-panel"))
                    .isVisible();
            Chromium.picture(page, "account-menu");
            page.locator("form[action='/sign-out'] button").click();
            assertThat(page.url()).endsWith("/sign-in");
            Chromium.picture(page, "sign-in");
            Page again = chromium.signedIn(site, Chromium.Window.PHONE, Site.OWNER, Site.PASSWORD);
            assertThat(again.locator("h1").textContent()).isEqualTo("Collections");
            assertThat(site.server.welcome()).isEmpty();
        }
    }

    @Test
    void a_wrong_password_a_wrong_name_and_a_wrong_code_open_nothing() {
        try (Site site = Site.fresh(data)) {
            HttpResponse<String> stranger = site.visitor()
                    .submit("/welcome", Map.of("code", "guessed", "name", "mallory", "password", Site.PASSWORD));
            assertThat(stranger.statusCode()).isEqualTo(403);
            assertThat(site.server.welcome()).isPresent();
        }
        try (Site site = Site.owned(data.resolve("owned"))) {
            Site.Visitor visitor = site.visitor();
            assertThat(visitor.submit("/sign-in", Map.of("name", Site.OWNER, "password", "not it at all"))
                            .statusCode())
                    .isEqualTo(401);
            assertThat(visitor.submit("/sign-in", Map.of("name", "nobody", "password", Site.PASSWORD))
                            .statusCode())
                    .isEqualTo(401);
            assertThat(visitor.get("/no-such-page").uri().getPath()).isEqualTo("/sign-in");
        }
    }

    @Test
    void answers_carry_what_defends_a_browser() {
        try (Site site = Site.owned(data)) {
            HttpResponse<String> page = site.owner().get("/");
            assertThat(page.headers().firstValue("Content-Security-Policy"))
                    .hasValue(SecurityConfiguration.CONTENT_POLICY);
            assertThat(page.headers().firstValue("Cache-Control")).hasValue("no-store");
            assertThat(page.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
            assertThat(page.headers().firstValue("X-Frame-Options")).hasValue("DENY");
            assertThat(page.headers().firstValue("Server")).isEmpty();
        }
    }
}
