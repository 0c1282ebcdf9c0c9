package org.likeness.server;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.SelectOption;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.likeness.core.collection.Collection;
import org.likeness.core.collection.Profile;
import org.likeness.core.photo.Storage;
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

            page.locator(".page-head [data-opens=add-photos]").click();
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
            press(page, "f");
            Chromium.picture(page, "photo");
            page.locator(".info .face-picks a").first().click();
            assertThat(page.locator("#answer")).containsText("faces were compared");
            Chromium.picture(page, "search-answer");
            page.goBack();
            press(page, "Escape");
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

    @Test
    void a_place_narrows_the_photos_and_a_search() throws IOException {
        List<Path> photos = TestPhotos.demo(data.resolve("own"));
        Files.write(photos.getFirst(), TestPhotos.inMunich(Files.readAllBytes(photos.getFirst())));
        try (Site site = Site.owned(data.resolve("data"));
                Chromium chromium = new Chromium()) {
            Collection ours = site.likeness.createCollection("Family", Profile.HOUSEHOLD);
            site.likeness.importPhotos(ours, photos, Storage.COPY, Optional.empty(), Optional.empty(), (_, _) -> {});
            Page page = chromium.signedIn(site, Chromium.Window.DESKTOP, Site.OWNER, Site.PASSWORD);
            page.navigate("/c/" + ours.id() + "/photos");
            assertThat(page.locator(".cell a")).hasCount(photos.size());
            SelectOption munich = new SelectOption().setLabel("48.00° N, 11.00° E (1 photo)");
            page.locator("#region").selectOption(munich);
            page.locator(".filters button").click();
            assertThat(page.locator(".cell a")).hasCount(1);
            assertThat(page.locator(".cell img.shown")).hasCount(1);
            Chromium.picture(page, "photos-place");
            assertThat(page.locator(".cell a")).hasAttribute("aria-label", "Photo 1, no date");

            page.locator(".cell a").click();
            assertThat(page.locator(".info")).containsText("48.00° N, 11.00° E");
            assertThat(page.locator(".info a[href*='/imports/']")).isVisible();
            assertThat(page.locator(".info .face-picks img").first()).hasJSProperty("complete", true);
            assertThat(page.locator(".picture img")).hasJSProperty("complete", true);
            Chromium.picture(page, "photo-notes");
            page.locator(".info a[href*='region=']").click();
            assertThat(page.locator("#region option:checked")).hasText("48.00° N, 11.00° E (1 photo)");
            assertThat(page.locator(".cell a")).hasCount(1);

            page.navigate("/c/" + ours.id() + "/search");
            page.locator("input[type=file]").setInputFiles(photos.get(1));
            page.locator(".face-picks a").first().click();
            Locator candidates = page.locator("#answer .candidate");
            assertThat(candidates.first()).isVisible();
            page.locator("#region").selectOption(munich);
            page.locator(".filters button").click();
            assertThat(page.locator("#answer")).containsText("Nobody");
            Chromium.picture(page, "search-place");
            page.locator("#region").selectOption("");
            page.locator(".filters button").click();
            assertThat(candidates.first()).isVisible();
            Page phone = chromium.signedIn(site, Chromium.Window.PHONE, Site.OWNER, Site.PASSWORD);
            phone.navigate("/c/" + ours.id() + "/photos?region=48,11,48.25,11.25");
            assertThat(phone.locator(".cell img.shown")).hasCount(1);
            Chromium.picture(phone, "photos-place-phone");
        }
    }

    @Test
    void the_window_stays_where_it_is_when_photos_come_and_its_own_are_not_known_yet() throws IOException {
        int count = 4000;
        String shapes = Base64.getEncoder().encodeToString("<".repeat(count + 1).getBytes(StandardCharsets.US_ASCII));
        List<String> starts = new ArrayList<>();
        for (int year = 2020; year > 1999; year--) {
            starts.add("\"" + year + "-01-01T00:00:00_" + new UUID(0, year) + "\"");
        }
        try (Site site = Site.owned(data.resolve("data"));
                Chromium chromium = new Chromium()) {
            Collection ours = site.likeness.createCollection("Family", Profile.HOUSEHOLD);
            site.likeness.importPhotos(
                    ours,
                    TestPhotos.demo(data.resolve("own")).subList(0, 1),
                    Storage.LINK,
                    Optional.empty(),
                    Optional.empty(),
                    (_, _) -> {});
            Page page = chromium.signedIn(site, Chromium.Window.DESKTOP, Site.OWNER, Site.PASSWORD);
            AtomicInteger photos = new AtomicInteger(count);
            page.route("**/timeline/layout*", route -> {
                int n = photos.getAndIncrement();
                route.fulfill(json("{\"count\": %d, \"months\": [{\"month\": \"2020-01\", \"count\": %d}],"
                                .formatted(n, n)
                        + " \"shapes\": \"" + shapes + "\", \"starts\": " + starts.subList(0, count / 200) + "}"));
            });
            page.route("**/timeline?*", route -> {
                if (route.request().url().contains("from=2020")) {
                    route.fulfill(json("{\"photos\": []}"));
                } // the pages of the others are on their way to the end of the test
            });
            page.navigate("/c/" + ours.id() + "/photos");
            assertThat(page.locator(".cell").first()).isVisible();
            page.waitForRequest(
                    request -> request.url().contains("from=2010"),
                    () -> page.evaluate("scrollTo(0, document.documentElement.scrollHeight / 2)"));
            Object before = page.evaluate("scrollY");
            page.evaluate("document.dispatchEvent(new CustomEvent('likeness:imported', { detail: {} }))");
            assertThat(page.locator("#photo-count")).hasText("4,001 photos");
            assertThat(page.evaluate("scrollY")).isEqualTo(before);
        }
    }

    private static Route.FulfillOptions json(String body) {
        return new Route.FulfillOptions().setContentType("application/json").setBody(body);
    }

    /// Presses a key once the viewer listens.
    private static void press(Page page, String key) {
        assertThat(page.locator("[data-viewer]")).hasAttribute("data-started", "");
        page.keyboard().press(key);
    }
}
