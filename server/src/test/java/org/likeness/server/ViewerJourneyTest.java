package org.likeness.server;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.BoundingBox;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.likeness.core.collection.Collection;
import org.likeness.core.collection.Profile;
import org.likeness.core.photo.Storage;
import org.likeness.testkit.TestPhotos;

/// One photo, in a real browser: how one gets there and back, and how it is looked at.
class ViewerJourneyTest {
    @TempDir
    Path data;

    private Collection family(Site site) throws IOException {
        Collection ours = site.likeness.createCollection("Family", Profile.HOUSEHOLD);
        site.likeness.importPhotos(
                ours,
                TestPhotos.demo(data.resolve("own")),
                Storage.LINK,
                Optional.empty(),
                Optional.empty(),
                (_, _) -> {});
        return ours;
    }

    @Test
    void closing_a_photo_leads_back_to_the_place_in_the_grid_where_it_is() throws IOException {
        try (Site site = Site.owned(data.resolve("data"));
                Chromium chromium = new Chromium()) {
            String photos = "/c/" + family(site).id() + "/photos";
            Page page = chromium.signedIn(site, Chromium.Window.DESKTOP, Site.OWNER, Site.PASSWORD);
            page.setViewportSize(800, 320);
            page.navigate(photos);
            page.locator(".cell a").first().focus();
            page.keyboard().press("End");
            Locator focused = page.locator(".cell a:focus");
            assertThat(focused).hasAttribute("aria-label", Pattern.compile("Photo 6, .*"));
            String last = focused.getAttribute("href");
            int y = scrolled(page);
            assertThat(y).isPositive();

            page.keyboard().press("Enter");
            viewer(page);
            page.keyboard().press("Escape");
            assertThat(focused).hasAttribute("href", last);
            assertThat(scrolled(page)).isEqualTo(y);
            page.evaluate("scrollBy(0, -120)"); // it is seen in part only, and stays so
            int lower = scrolled(page);
            page.keyboard().press("Enter");
            viewer(page);
            page.keyboard().press("Escape");
            assertThat(focused).hasAttribute("href", last);
            assertThat(scrolled(page)).isEqualTo(lower);
            assertThat(page).hasURL(Pattern.compile(".*" + photos));

            page.keyboard().press("Enter");
            for (int i = 0; i < 5; i++) {
                viewer(page);
                String before = page.url();
                page.keyboard().press("ArrowLeft");
                page.waitForURL(url -> !url.equals(before));
            }
            viewer(page);
            String seen = page.url();
            page.locator(".viewer [data-close]").click();
            assertThat(focused).hasAttribute("aria-label", Pattern.compile("Photo 1, .*"));
            assertThat(seen).endsWith(focused.getAttribute("href"));
            assertThat(scrolled(page)).isLessThan(y);

            page.keyboard().press("Enter");
            viewer(page);
            page.goBack();
            assertThat(focused).hasAttribute("aria-label", Pattern.compile("Photo 1, .*"));
            page.navigate(seen);
            viewer(page);
            page.navigate(photos);
            assertThat(page.locator(".cell a").first()).isVisible();
            assertThat(focused).hasCount(0);
        }
    }

    @Test
    void a_photo_has_the_focus_and_nothing_behind_it_can_be_reached() throws IOException {
        try (Site site = Site.owned(data.resolve("data"));
                Chromium chromium = new Chromium()) {
            String photos = "/c/" + family(site).id() + "/photos";
            Page page = chromium.signedIn(site, Chromium.Window.DESKTOP, Site.OWNER, Site.PASSWORD);
            page.navigate(photos);
            page.locator(".cell a").first().click();
            viewer(page);
            assertThat(page.locator("[data-viewer]")).isFocused();
            page.keyboard().press("Tab");
            assertThat(page.locator(".viewer [data-close]")).isFocused();
            page.keyboard().press("Shift+Tab");
            page.keyboard().press("Shift+Tab");
            assertThat(page.locator(".rail :focus, .skip:focus")).hasCount(0);

            assertThat(page.locator(".info")).isVisible();
            page.keyboard().press("i");
            page.keyboard().press("ArrowRight");
            page.waitForURL(url -> true);
            viewer(page);
            assertThat(page.locator(".info")).isHidden();

            Page phone = chromium.signedIn(site, Chromium.Window.PHONE, Site.OWNER, Site.PASSWORD);
            phone.navigate(photos);
            phone.locator(".cell a").first().click();
            viewer(phone);
            assertThat(phone.locator(".info")).isHidden();
            phone.locator("[data-info]").click();
            BoundingBox picture = phone.locator(".picture").boundingBox();
            BoundingBox sheet = phone.locator(".info").boundingBox();
            assertThat(picture.y + picture.height).isLessThanOrEqualTo(sheet.y);
            Chromium.picture(phone, "photo-info-phone");
        }
    }

    @Test
    void two_clicks_or_taps_zoom_to_a_point_and_back_and_a_finger_swipes_from_the_edge() throws IOException {
        try (Site site = Site.owned(data.resolve("data"));
                Chromium chromium = new Chromium()) {
            String photos = "/c/" + family(site).id() + "/photos";
            Page page = chromium.signedIn(site, Chromium.Window.DESKTOP, Site.OWNER, Site.PASSWORD);
            page.navigate(photos);
            page.locator(".cell a").first().click();
            viewer(page);
            BoundingBox whole = page.locator(".picture").boundingBox();
            double x = whole.x + 0.4 * whole.width;
            double y = whole.y + 0.9 * whole.height;
            page.mouse().dblclick(x, y);
            assertThat(page.locator(".stage.zoomed")).hasCount(1);
            // A mouse is at whole pixels.
            BoundingBox near = page.locator(".picture").boundingBox();
            assertThat(near.x + 0.4 * near.width).isCloseTo(x, within(2.0));
            assertThat(near.y + 0.9 * near.height).isCloseTo(y, within(2.0));
            page.mouse().dblclick(x, y);
            assertThat(page.locator(".stage.zoomed")).hasCount(0);

            Page phone = chromium.signedIn(site, Chromium.Window.PHONE, Site.OWNER, Site.PASSWORD);
            phone.navigate(photos);
            phone.locator(".cell a").first().click();
            viewer(phone);
            CDPSession finger = phone.context().newCDPSession(phone);
            tap(finger, 200, 420);
            tap(finger, 203, 422);
            assertThat(phone.locator(".stage.zoomed")).hasCount(1);
            tap(finger, 200, 420);
            tap(finger, 203, 422);
            assertThat(phone.locator(".stage.zoomed")).hasCount(0);

            String first = phone.url();
            touch(finger, "touchStart", 60, 420);
            touch(finger, "touchMove", 30, 420);
            touch(finger, "touchMove", 1, 421);
            touch(finger, "touchEnd", 0, 0);
            phone.waitForURL(url -> !url.equals(first));
        }
    }

    @Test
    void a_picture_that_takes_long_shows_its_thumbnail_meanwhile() throws IOException {
        try (Site site = Site.owned(data.resolve("data"));
                Chromium chromium = new Chromium()) {
            String photos = "/c/" + family(site).id() + "/photos";
            Page page = chromium.signedIn(site, Chromium.Window.DESKTOP, Site.OWNER, Site.PASSWORD);
            page.navigate(photos);
            List<Route> held = new ArrayList<>();
            page.route("**/preview", held::add);
            page.locator(".cell a").first().click();
            viewer(page);
            assertThat(page.locator(".picture.coming")).hasCount(1);
            assertThat((String) page.evaluate(
                            "getComputedStyle(document.querySelector('.picture'), '::before').backgroundImage"))
                    .contains("/thumbnail");
            page.screenshot(new Page.ScreenshotOptions().setPath(Path.of("target", "screenshots", "photo-coming.png")));
            held.forEach(Route::resume);
            assertThat(page.locator(".picture.coming")).hasCount(0);
        }
    }

    private static int scrolled(Page page) {
        return ((Number) page.evaluate("Math.round(scrollY)")).intValue();
    }

    /// Waits until the viewer listens.
    private static void viewer(Page page) {
        assertThat(page.locator("[data-viewer]")).hasAttribute("data-started", "");
    }

    private static void tap(CDPSession finger, int x, int y) {
        touch(finger, "touchStart", x, y);
        touch(finger, "touchEnd", 0, 0);
    }

    private static void touch(CDPSession finger, String type, int x, int y) {
        JsonArray points = new JsonArray();
        if (!type.equals("touchEnd")) {
            JsonObject point = new JsonObject();
            point.addProperty("x", x);
            point.addProperty("y", y);
            points.add(point);
        }
        JsonObject event = new JsonObject();
        event.addProperty("type", type);
        event.add("touchPoints", points);
        finger.send("Input.dispatchTouchEvent", event);
    }
}
