package org.likeness.server;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.microsoft.playwright.Page;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.likeness.core.LikenessException;
import org.likeness.core.collection.Profile;
import org.likeness.core.member.Member;
import org.likeness.core.member.Right;
import org.likeness.core.member.SignIn;
import org.likeness.core.member.Way;
import org.likeness.library.Settings;

/// A second factor that is demanded of members: what they can do before they have one, and how they get it.
class SecondFactorTest {
    @TempDir
    Path data;

    private Site site(String secondFactor) {
        try {
            Files.writeString(data.resolve(Settings.FILE), "server.second-factor=" + secondFactor + "\n");
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return Site.owned(data);
    }

    @Test
    void who_signs_in_by_password_adds_a_passkey_first_and_signs_in_by_it_from_then_on() {
        try (Site site = site("required");
                Chromium chromium = new Chromium()) {
            site.likeness.createCollection("Summer camp", Profile.EVENT);
            Page page = chromium.signedIn(site, Chromium.Window.DESKTOP, Site.OWNER, Site.PASSWORD);
            PasskeyJourneyTest.device(page);
            assertThat(page.locator("h1")).hasText("One more step");
            assertThat(page.locator("body")).not().containsText("Summer camp");
            Chromium.picture(page, "second-factor-add");
            page.locator("#passkey-label").fill("my phone");
            page.locator("#passkey-password").fill(Site.PASSWORD);
            page.locator("[data-passkey-add] button[type=submit]").click();
            assertThat(page.locator("h1")).hasText("Collections");
            assertThat(page.locator(".card-link")).hasText("Summer camp");

            PasskeyJourneyTest.signOut(page);
            page.getByLabel("Name").fill(Site.OWNER);
            page.getByLabel("Password").fill(Site.PASSWORD);
            page.locator("main button[type=submit]").click();
            assertThat(page.locator("h1")).hasText("One more step");
            assertThat(page.locator("[data-passkey-add]")).hasCount(0);
            Chromium.picture(page, "second-factor-use");
            page.locator("[data-passkey-use]").click();
            assertThat(page.locator("h1")).hasText("Collections");

            page.navigate("/account");
            List<SignIn> signIns = site.likeness
                    .signIn()
                    .signIns(site.likeness.members().member(Site.OWNER).id());
            assertThat(signIns.getFirst().way()).isEqualTo(Way.PASSKEY);
            assertThat(page.locator("#sign-ins tbody tr")).hasCount(signIns.size());
            Chromium.picture(page, "account-sign-ins");
        }
    }

    @Test
    void a_password_alone_opens_nothing_and_puts_no_passkey_beside_another() {
        try (Site site = site("required");
                Chromium chromium = new Chromium()) {
            Page page = chromium.signedIn(site, Chromium.Window.PHONE, Site.OWNER, Site.PASSWORD);
            PasskeyJourneyTest.device(page);
            Chromium.picture(page, "second-factor-add-phone");
            Site.Visitor thief = site.owner();
            assertThat(thief.get("/").uri().getPath()).isEqualTo("/second-factor");
            for (String path : List.of("/account", "/members", "/installation")) {
                assertThat(thief.get(path).uri().getPath()).as(path).isEqualTo("/second-factor");
            }
            for (String path : List.of("/api/v1/me", "/api/v1/collections", "/api/v1/me/tokens", "/api/v1/members")) {
                HttpResponse<String> answer = thief.get(path);
                assertThat(answer.statusCode()).as(path).isEqualTo(403);
                assertThat(answer.body()).as(path).contains("urn:likeness:problem:second-factor");
            }
            Map<String, String> token = Map.of("name", "mine", "rights", Right.SEE_PHOTOS.name());
            assertThat(thief.submit("/account/tokens", token).statusCode()).isEqualTo(403);

            page.locator("#passkey-label").fill("my phone");
            page.locator("#passkey-password").fill(Site.PASSWORD);
            page.locator("[data-passkey-add] button[type=submit]").click();
            assertThat(page.locator("h1")).hasText("Collections");
            page.context().clearCookies();
            page.navigate("/sign-in");
            page.getByLabel("Name").fill(Site.OWNER);
            page.getByLabel("Password").fill(Site.PASSWORD);
            page.locator("main button[type=submit]").click();
            assertThat(page.locator("[data-passkey-use]")).isVisible();
            Chromium.picture(page, "second-factor-use-phone");
            assertThat(site.owner()
                            .send(
                                    "POST",
                                    "/account/passkeys/options",
                                    "{\"password\":\"" + Site.PASSWORD + "\"}",
                                    "Accept",
                                    "application/json")
                            .statusCode())
                    .as("beside the one that is there")
                    .isEqualTo(403);
        }
    }

    @Test
    void it_can_be_demanded_of_owners_alone_and_where_there_are_passkeys() {
        try (Site site = site("owners")) {
            assertThat(site.owner().get("/account").uri().getPath()).isEqualTo("/second-factor");
        }
        ServerOptions plain = new ServerOptions(
                "127.0.0.1", 0, "http://photos.example.org/", 64, Optional.empty(), false, Optional.empty());
        assertThatThrownBy(() -> Site.fresh(data, plain))
                .isInstanceOf(LikenessException.class)
                .hasMessageContaining("server.second-factor");
        ServerOptions number =
                new ServerOptions("127.0.0.1", 0, "https://127.0.0.1/", 64, Optional.empty(), false, Optional.empty());
        assertThatThrownBy(() -> Site.fresh(data, number)).isInstanceOf(LikenessException.class);
        Site.fresh(
                        data,
                        new ServerOptions(
                                "127.0.0.1",
                                0,
                                "https://photos.example.org/",
                                64,
                                Optional.empty(),
                                false,
                                Optional.empty()))
                .close();
    }

    @Test
    void who_makes_an_owner_or_a_new_link_to_an_account_shows_that_it_is_them() {
        try (Site site = Site.owned(data)) {
            Site.Visitor owner = site.owner();
            owner.submit("/members", Map.of("name", "ben", "role", "PRIVACY_OFFICER"));
            String ben = "/members/" + site.likeness.members().member("ben").id();
            String own =
                    "/members/" + site.likeness.members().member(Site.OWNER).id();
            Map<String, String> eve = Map.of("name", "eve", "role", "OWNER");
            Map<String, String> role = Map.of("where", "everywhere", "role", "OWNER");
            assertThat(owner.submit("/members", eve).statusCode()).isEqualTo(422);
            assertThat(owner.submit(ben + "/role", role).statusCode()).isEqualTo(422);
            assertThat(owner.submit(ben + "/invitation", Map.of()).statusCode()).isEqualTo(422);
            assertThat(owner.submit(own + "/invitation", Map.of("present", "wrong"))
                            .statusCode())
                    .isEqualTo(422);
            assertThat(site.likeness.members().members().stream().filter(Member::isOwner))
                    .hasSize(1);
            assertThat(owner.submit(ben + "/role", shown(role)).statusCode()).isEqualTo(200);
            assertThat(owner.submit("/members", shown(eve)).body()).contains("/invitation/");
            assertThat(owner.submit(ben + "/invitation", shown(Map.of())).body())
                    .contains("/invitation/");
            assertThat(site.likeness.members().members().stream().filter(Member::isOwner))
                    .hasSize(3);
        }
    }

    private static Map<String, String> shown(Map<String, String> fields) {
        Map<String, String> all = new HashMap<>(fields);
        all.put("present", Site.PASSWORD);
        return all;
    }

    @Test
    void an_owner_removes_the_passkeys_of_who_lost_theirs_and_shows_that_it_is_them() {
        try (Site site = Site.owned(data)) {
            String ben = site.likeness
                    .members()
                    .invite(
                            "ben",
                            List.of(new org.likeness.core.member.Membership(
                                    org.likeness.core.member.Role.OWNER, Optional.empty())))
                    .member()
                    .toString();
            String path = "/members/" + ben + "/passkeys/removal";
            Site.Visitor owner = site.owner();
            assertThat(owner.submit(path, Map.of()).statusCode()).isEqualTo(422);
            assertThat(owner.submit(path, Map.of("present", Site.PASSWORD)).statusCode())
                    .isEqualTo(200);
        }
    }
}
