package org.likeness.server;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.SelectOption;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.likeness.core.collection.Collection;
import org.likeness.core.collection.Profile;

/// Two people with different rights, in a real browser.
class MembersJourneyTest {
    @TempDir
    Path data;

    @Test
    void an_owner_invites_a_viewer_who_sees_photos_and_cannot_search() {
        try (Site site = Site.owned(data);
                Chromium chromium = new Chromium()) {
            Collection ours = site.likeness.createCollection("Summer camp", Profile.EVENT);
            site.likeness.createCollection("Board only", Profile.EVENT);
            Page owner = chromium.signedIn(site, Chromium.Window.DESKTOP, Site.OWNER, Site.PASSWORD);
            owner.navigate("/members");
            owner.locator("[data-opens=invite]").click();
            owner.locator("#invite-name").fill("Ada");
            assertThat(owner.locator("#invite-role")).hasValue("VIEWER");
            owner.locator("#invite-role").selectOption("OWNER");
            assertThat(owner.locator("#invite-place")).isHidden();
            assertThat(owner.locator("#invite-present")).isVisible();
            Chromium.picture(owner, "members-invite-owner");
            owner.locator("#invite-role").selectOption("VIEWER");
            assertThat(owner.locator("#invite-present")).isHidden();
            owner.locator("#invite-where").selectOption(new SelectOption().setLabel("Summer camp"));
            Chromium.picture(owner, "members-invite");
            owner.locator("#invite button[type=submit]").click();
            String link = owner.locator("#invitation-link").textContent();
            Chromium.picture(owner, "members");

            Page viewer = chromium.open(site, Chromium.Window.PHONE);
            viewer.navigate(link);
            viewer.locator("#password").fill("another quiet river");
            Chromium.picture(viewer, "invitation-phone");
            viewer.locator("main button[type=submit]").click();
            assertThat(viewer.locator(".card-link")).hasText("Summer camp");
            viewer.locator(".card-link").click();
            assertThat(viewer.locator("h1")).hasText("Photos");
            assertThat(viewer.locator("a[href$='/search']")).hasCount(0);
            assertThat(viewer.locator("[data-opens=add-photos]")).hasCount(0);
            assertThat(viewer.navigate("/c/" + ours.id() + "/search").status()).isEqualTo(403);
            Chromium.picture(viewer, "not-allowed-phone");
            assertThat(viewer.navigate("/members").status()).isEqualTo(403);
            assertThat(viewer.navigate(link).status()).isEqualTo(404); // it was for once

            owner.navigate("/members");
            owner.locator("tr:has-text('Ada') [data-opens]").click();
            owner.locator("dialog[open] select[name=role]").selectOption("OWNER");
            assertThat(owner.locator("dialog[open] fieldset input[name=present]"))
                    .isVisible();
            owner.locator("dialog[open] summary:has-text('New invitation link')")
                    .click();
            Chromium.picture(owner, "members-change");
            owner.locator("dialog[open] form[action$='/disabled'] button").click();
            Chromium.picture(owner, "members-disabled");
            viewer.navigate("/");
            assertThat(viewer.locator("h1")).hasText("Sign in");
        }
    }

    @Test
    void a_member_sees_and_ends_sessions_and_makes_a_token_for_a_program() {
        try (Site site = Site.owned(data);
                Chromium chromium = new Chromium()) {
            Page page = chromium.signedIn(site, Chromium.Window.DESKTOP, Site.OWNER, Site.PASSWORD);
            Page other = chromium.signedIn(site, Chromium.Window.PHONE, Site.OWNER, Site.PASSWORD);
            page.navigate("/account");
            page.locator("form[action$='end-others'] button").click();
            assertThat(page.locator(".notice.good")).isVisible();
            other.navigate("/account");
            assertThat(other.locator("h1")).hasText("Sign in");

            page.locator("[data-opens=new-token]").click();
            page.locator("#token-name").fill("the club's web page");
            page.locator("input[value=SEE_COLLECTION]").check();
            page.locator("#token-present").fill("not it at all");
            page.locator("#new-token button[type=submit]").click();
            assertThat(page.locator("#token-present-problem")).isVisible();
            page.locator("#token-present").fill(Site.PASSWORD);
            page.locator("#new-token button[type=submit]").click();
            String token = page.locator("#token-text").textContent();
            Chromium.picture(page, "account");
            assertThat(byToken(site, "/api/v1/collections", token)).isEqualTo(200);
            assertThat(byToken(site, "/api/v1/members", token)).isEqualTo(403);
            page.navigate("/account");
            page.locator("form[action*='/tokens/'] button").click();
            assertThat(page.locator("[data-asking]")).isVisible();
            assertThat(byToken(site, "/api/v1/collections", token)).isEqualTo(200);
            page.locator("[data-asking] .danger").click();
            assertThat(page.locator(".notice.good")).isVisible();
            assertThat(byToken(site, "/api/v1/collections", token)).isEqualTo(401);
        }
    }

    private static int byToken(Site site, String path, String token) {
        return site.visitor().get(path, "Authorization", "Bearer " + token).statusCode();
    }
}
