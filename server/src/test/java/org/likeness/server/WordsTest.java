package org.likeness.server;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Page;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.likeness.core.collection.Collection;
import org.likeness.core.collection.Profile;
import org.likeness.core.consent.Notice;
import org.likeness.core.photo.Storage;
import org.likeness.testkit.TestPhotos;

/// What pages say, in a real browser: in the reader's language, and where to go from there.
class WordsTest {
    @TempDir
    Path data;

    @Test
    void a_household_is_explained_erased_and_proved_in_german() throws IOException {
        try (Site site = Site.owned(data.resolve("data"));
                Chromium chromium = new Chromium()) {
            Collection home = site.likeness.createCollection("Family", Profile.HOUSEHOLD);
            site.likeness.importPhotos(
                    home,
                    TestPhotos.demo(data.resolve("own")).subList(0, 1),
                    Storage.COPY,
                    Optional.empty(),
                    Optional.empty(),
                    (_, _) -> {});
            Page page = chromium.signedIn(site, Chromium.Window.DESKTOP, Site.OWNER, Site.PASSWORD);
            page.locator("details.account > summary").click();
            page.locator("form[action='/language'] button").click();
            page.navigate("/c/" + home.id() + "/settings");
            assertThat(page.locator("main")).containsText("Haushaltsausnahme");
            assertThat(page.locator("main")).containsText("Gesichtsabdrücke");
            Chromium.picture(page, "settings-household-german");
            page.locator("a.danger").click();
            assertThat(page.locator("table")).containsText("der Schlüssel der Sammlung");
            assertThat(page.locator("table").textContent()).doesNotContain("table ", "crops", "keys of");
            Chromium.picture(page, "demand-new-german");
            page.locator("#erase-name").fill("Home");
            page.locator("button.danger").click();
            assertThat(page.locator("#erase-name-problem")).containsText("Es wurde nichts gelöscht");
            page.locator("#erase-name").fill(home.name());
            page.locator("button.danger").click();
            assertThat(page.locator("h1")).hasText("Diese Sammlung wurde gelöscht");
            assertThat(page.locator("main")).containsText("Nachweis der Löschung");
            Chromium.picture(page, "erased-german");
            Download receipt = page.waitForDownload(
                    () -> page.locator("a[download]").last().click());
            assertThat(Files.readString(receipt.path())).contains("receipt 1", "ERASURE_ATTESTATION");
            assertThat(site.likeness.collections()).isEmpty();
        }
    }

    @Test
    void an_answer_to_a_notice_in_two_languages_says_which_was_shown() {
        try (Site site = Site.owned(data);
                Chromium chromium = new Chromium()) {
            Collection camp = site.likeness.createCollection("Camp", Profile.EVENT);
            site.likeness
                    .notices()
                    .publish(
                            camp.id(),
                            List.of(
                                    Notice.Text.of("en", "Only who says yes is found."),
                                    Notice.Text.of("de", "Nur wer Ja sagt, wird gefunden.")),
                            false);
            Page page = chromium.signedIn(site, Chromium.Window.PHONE, Site.OWNER, Site.PASSWORD);
            page.navigate("/c/" + camp.id() + "/people");
            page.locator("[data-opens=new-person]").first().click();
            page.locator("#person-name").fill("Ada Example");
            page.locator("#new-person button[type=submit]").click();
            assertThat(page.locator("#language")).hasValue("en");
            page.locator("#language").selectOption("de");
            page.locator("#myself").selectOption("no");
            page.locator("form[action$='/answers'] button").click();
            assertThat(page.locator("dl.facts .badge")).hasText("no");
        }
    }

    @Test
    void help_is_a_click_away_and_the_keys_one_key() {
        try (Site site = Site.owned(data);
                Chromium chromium = new Chromium()) {
            Page page = chromium.signedIn(site, Chromium.Window.DESKTOP, Site.OWNER, Site.PASSWORD);
            page.locator("details.account > summary").click();
            page.locator(".account a[href='/help']").click();
            assertThat(page.locator("#words")).containsText("called template in the standard");
            Chromium.picture(page, "help");
            page.keyboard().press("?");
            assertThat(page.locator("#shortcuts")).isVisible();
            page.locator("#shortcuts [data-shortcuts-choice]").click();
            page.keyboard().press("Escape");
            page.reload();
            page.keyboard().press("?");
            assertThat(page.locator("#keys [data-shortcuts-choice]")).hasAttribute("aria-pressed", "false");
            assertThat(page.locator("#shortcuts")).isHidden();
            page.locator("#keys [data-shortcuts-choice]").click();
            page.keyboard().press("?");
            assertThat(page.locator("#shortcuts")).isVisible();
        }
    }

    @Test
    void a_collection_is_made_only_by_who_chose_what_it_is_for() {
        try (Site site = Site.owned(data);
                Chromium chromium = new Chromium()) {
            Page page = chromium.signedIn(site, Chromium.Window.PHONE, Site.OWNER, Site.PASSWORD);
            page.locator(".page-head [data-opens]").click();
            page.locator("#collection-name").fill("Family");
            assertThat(page.locator("#new-collection")).containsText("cannot be changed later");
            assertThat(page.locator("#new-collection input:checked")).hasCount(0);
            page.locator("#new-collection button[type=submit]").click();
            assertThat(page.locator("#new-collection")).isVisible();
            assertThat(site.likeness.collections()).isEmpty();
            Chromium.picture(page, "collections-new-phone");
            assertThat(site.owner()
                            .submit("/collections", Map.of("name", "Family"))
                            .statusCode())
                    .isEqualTo(422);
        }
    }

    @Test
    void ones_own_browser_is_signed_out_where_one_is() {
        try (Site site = Site.owned(data);
                Chromium chromium = new Chromium()) {
            Page page = chromium.signedIn(site, Chromium.Window.DESKTOP, Site.OWNER, Site.PASSWORD);
            page.navigate("/account");
            assertThat(page.locator("tr:has-text('this browser') td.actions")).hasText("Sign out");
            assertThat(page.locator("tr:not(:has-text('this browser')) td.actions")
                            .first())
                    .hasText("Sign out there");
            page.locator("tr:has-text('this browser') td.actions button").click();
            assertThat(page.locator("#password")).isVisible();
        }
    }
}
