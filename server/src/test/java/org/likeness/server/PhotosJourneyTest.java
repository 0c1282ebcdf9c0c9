package org.likeness.server;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.likeness.testkit.TestPhotos;

/// The three steps of the tour, in a real browser on real photos.
class PhotosJourneyTest {
    private static final double PATIENCE_MS = 120_000;

    @TempDir
    Path data;

    @Test
    void make_a_collection_add_photos_look_at_them_and_find_a_face() throws IOException {
        List<Path> photos = TestPhotos.demo(data.resolve("own"));
        try (Site site = Site.owned(data.resolve("data"));
                Chromium chromium = new Chromium()) {
            Page page = chromium.signedIn(site, Chromium.Window.DESKTOP, Site.OWNER, Site.PASSWORD);
            page.locator(".empty button").click();
            page.locator("#collection-name").fill("Our family");
            page.getByText("Household", new Page.GetByTextOptions().setExact(true))
                    .click();
            Chromium.picture(page, "collections-new");
            page.locator("#new-collection button[type=submit]").click();
            assertThat(page.locator("h1")).hasText("Photos");
            Chromium.picture(page, "photos-empty");

            page.locator(".page-head button").click();
            page.locator("input[type=file][multiple]:not([webkitdirectory])")
                    .setInputFiles(photos.toArray(Path[]::new));
            assertThat(page.locator("#import-progress [role=status]"))
                    .containsText(
                            "photos were added", new LocatorAssertions.ContainsTextOptions().setTimeout(PATIENCE_MS));
            Chromium.picture(page, "photos-adding");
            page.locator("dialog[open] [data-closes]").click();
            Locator cells = page.locator(".cell a");
            assertThat(cells).hasCount(photos.size(), new LocatorAssertions.HasCountOptions().setTimeout(PATIENCE_MS));
            assertThat(page.locator(".cell img.shown")).hasCount(photos.size());
            Chromium.picture(page, "photos");

            cells.first().click();
            assertThat(page.locator(".viewer .picture img")).isVisible();
            assertThat(page.locator(".picture img")).hasJSProperty("complete", true);
            page.keyboard().press("f");
            Chromium.picture(page, "photo");
            page.locator(".info .face-picks a").first().click();
            assertThat(page.locator("#answer")).containsText("faces were compared");
            Chromium.picture(page, "search-answer");
            page.goBack();
            page.keyboard().press("Escape");
            assertThat(page.locator("h1")).hasText("Photos");
            assertThat(page.locator(".cell a")).hasCount(photos.size());

            page.navigate(page.url().replaceFirst("/photos.*", "/search"));
            Chromium.picture(page, "search");
            page.locator("input[type=file]").setInputFiles(photos.getFirst());
            page.locator(".face-picks a").nth(1).click();
            assertThat(page.locator("#answer .candidate").first()).isVisible();
            assertThat(page.locator("#answer")).containsText("would look this alike");
            Chromium.picture(page, "search-uploaded");

            Page phone = chromium.signedIn(site, Chromium.Window.PHONE, Site.OWNER, Site.PASSWORD);
            Chromium.picture(phone, "collections-phone");
            phone.locator(".card-link").click();
            assertThat(phone.locator(".cell img.shown").first()).isVisible();
            Chromium.picture(phone, "photos-phone");
            phone.locator(".cell a").first().click();
            assertThat(phone.locator(".picture img")).hasJSProperty("complete", true);
            Chromium.picture(phone, "photo-phone");
        }
    }
}
