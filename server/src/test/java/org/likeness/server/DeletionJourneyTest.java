package org.likeness.server;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.KeyboardModifier;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.likeness.core.audit.AuditEntry.Action;
import org.likeness.core.collection.Collection;
import org.likeness.core.collection.Profile;
import org.likeness.core.demand.Target;
import org.likeness.core.member.Role;
import org.likeness.core.photo.Storage;
import org.likeness.testkit.TestPhotos;

/// Photos that nobody wants to keep, in a real browser.
class DeletionJourneyTest {
    @TempDir
    Path data;

    @Test
    void photos_are_chosen_in_the_grid_and_deleted_and_one_by_one() throws IOException {
        List<Path> photos = TestPhotos.demo(data.resolve("own"));
        try (Site site = Site.owned(data.resolve("data"));
                Chromium chromium = new Chromium()) {
            Collection ours = site.likeness.createCollection("Family", Profile.HOUSEHOLD);
            site.likeness.importPhotos(ours, photos, Storage.LINK, Optional.empty(), Optional.empty(), (_, _) -> {});
            Page page = chromium.signedIn(site, Chromium.Window.DESKTOP, Site.OWNER, Site.PASSWORD);
            page.navigate("/c/" + ours.id() + "/photos");
            Locator cells = page.locator(".cell a");
            assertThat(cells).hasCount(6);
            chooseByMouseAndKeys(page, cells);
            page.keyboard().press("Delete");
            Locator dialog = page.locator("dialog[open]");
            assertThat(dialog).containsText("Delete 2 photos?");
            assertThat(dialog).containsText("Files that were linked stay");
            barrierFree(page);
            Chromium.picture(page, "photos-delete");
            page.locator("[data-deletes]").click();
            assertThat(page.locator(".toast")).containsText("2 photos were deleted.");
            assertThat(cells).hasCount(4);
            assertThat(page.locator("#photo-count")).hasText("4 photos");
            assertThat(site.likeness.summary(ours).photos()).isEqualTo(4);
            assertThat(photos).allMatch(java.nio.file.Files::exists);

            site.likeness
                    .demands()
                    .restrict(Target.of(site.likeness
                            .browse()
                            .photo(
                                    ours.id(),
                                    site.likeness.photos(ours, 1).getFirst().id())
                            .faces()
                            .getFirst()
                            .id()));
            page.locator("[data-select]").click();
            cells.first().click();
            cells.last().click(new Locator.ClickOptions().setModifiers(List.of(KeyboardModifier.SHIFT)));
            assertThat(page.locator(".selection-bar")).containsText("4 selected");
            page.locator(".selection-bar .danger").click();
            page.locator("[data-deletes]").click();
            assertThat(cells).hasCount(1);
            assertThat(page.locator(".toasts")).containsText("One photo was not deleted: Answer the demand first");
            assertThat(audit(site, Action.PHOTO_DELETED)).isEqualTo(5);
        }
    }

    private static void chooseByMouseAndKeys(Page page, Locator cells) {
        page.locator(".cell").first().hover();
        page.locator(".cell .tick").first().click();
        assertThat(page.locator(".selection-bar")).containsText("One selected");
        cells.nth(3).click();
        assertThat(page.locator("[data-chosen]")).hasCount(2);
        barrierFree(page);
        Chromium.picture(page, "photos-chosen");
        cells.nth(3).click();
        assertThat(page.locator("[data-chosen]")).hasCount(1);
        page.keyboard().press("Escape");
        assertThat(page.locator("[data-chosen]")).hasCount(0);
        assertThat(page.locator(".selection-bar")).isHidden();
        cells.first().focus();
        page.keyboard().press("x");
        page.keyboard().press("Shift+ArrowRight");
        assertThat(page.locator("[data-chosen]")).hasCount(2);
    }

    @Test
    void a_photo_is_deleted_on_its_page_and_the_next_one_comes() throws IOException {
        List<Path> photos = TestPhotos.demo(data.resolve("own")).subList(0, 2);
        try (Site site = Site.owned(data.resolve("data"));
                Chromium chromium = new Chromium()) {
            Collection ours = site.likeness.createCollection("Family", Profile.HOUSEHOLD);
            site.likeness.importPhotos(ours, photos, Storage.COPY, Optional.empty(), Optional.empty(), (_, _) -> {});
            Page phone = chromium.signedIn(site, Chromium.Window.PHONE, Site.OWNER, Site.PASSWORD);
            phone.navigate("/c/" + ours.id() + "/photos");
            phone.locator(".cell a").first().click();
            assertThat(phone.locator("[data-viewer]")).hasAttribute("data-started", "");
            String first = phone.url();
            phone.keyboard().press("Delete");
            assertThat(phone.locator("dialog[open]")).containsText("It cannot be brought back from here.");
            barrierFree(phone);
            Chromium.picture(phone, "photo-delete-phone");
            phone.keyboard().press("ArrowRight");
            phone.keyboard().press("Escape");
            assertThat(phone.locator("dialog[open]")).hasCount(0);
            assertThat(phone).hasURL(first);
            phone.keyboard().press("Delete");
            phone.locator("dialog[open] button[type=submit]").click();
            assertThat(phone.locator(".toast")).containsText("The photo was deleted.");
            assertThat(phone.url()).contains("/photos/").isNotEqualTo(first);
            assertThat(phone.navigate(first).status()).isEqualTo(404);
            phone.navigate("/c/" + ours.id() + "/photos");
            phone.locator(".cell a").click();
            phone.locator("[data-opens=delete-photo]").click();
            phone.locator("dialog[open] button[type=submit]").click();
            assertThat(phone.locator(".notice.good")).containsText("The photo was deleted.");
            assertThat(phone.locator("#no-photos")).isVisible();
            assertThat(audit(site, Action.PHOTO_DELETED)).isEqualTo(2);
        }
    }

    @Test
    void what_is_chosen_stays_the_same_photos_while_others_come() throws IOException {
        Path newest = data.resolve("newest.png"); // it says no date, so it is of now
        ImageIO.write(new BufferedImage(300, 200, BufferedImage.TYPE_BYTE_BINARY), "png", newest.toFile());
        try (Site site = Site.owned(data.resolve("data"));
                Chromium chromium = new Chromium()) {
            Collection ours = site.likeness.createCollection("Family", Profile.HOUSEHOLD);
            site.likeness.importPhotos(
                    ours,
                    TestPhotos.demo(data.resolve("own")).subList(0, 3),
                    Storage.LINK,
                    Optional.empty(),
                    Optional.empty(),
                    (_, _) -> {});
            Page page = chromium.signedIn(site, Chromium.Window.DESKTOP, Site.OWNER, Site.PASSWORD);
            page.navigate("/c/" + ours.id() + "/photos");
            assertThat(page.locator(".cell a")).hasCount(3);
            List<Route> held = new ArrayList<>();
            page.route("**/timeline/layout*", route -> {
                if (held.isEmpty()) {
                    held.add(route);
                } else {
                    route.resume();
                }
            });
            page.waitForRequest("**/timeline/layout*", () -> {
                page.locator(".page-head [data-opens=add-photos]").click();
                page.locator("#add-photos input[type=file]:not([webkitdirectory])")
                        .setInputFiles(newest);
                page.locator("dialog[open] [data-closes]").click();
            });
            Locator third = page.locator(".cell").nth(2);
            String address = third.locator("a").getAttribute("href");
            third.hover();
            third.locator(".tick").click();
            assertThat(page.locator(".selection-bar")).containsText("One selected");
            page.waitForResponse("**/timeline?*", () -> held.getFirst().resume());
            page.evaluate("() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))");
            assertThat(page.locator("[data-chosen] a")).hasAttribute("href", address);
            Download download = page.waitForDownload(() -> page.locator(".selection-bar button")
                    .filter(new Locator.FilterOptions().setHasText("Download one photo"))
                    .click());
            assertThat(download.suggestedFilename()).isEqualTo("photos.zip");
            assertThat(page.locator("#download-photos input[name=photo]")).hasCount(0);
            page.keyboard().press("Escape");
            assertThat(page.locator(".cell a")).hasCount(4);
        }
    }

    @Test
    void whoever_deletes_without_a_connection_hears_that_nothing_was_deleted() throws IOException {
        try (Site site = Site.owned(data.resolve("data"));
                Chromium chromium = new Chromium()) {
            Collection ours = site.likeness.createCollection("Family", Profile.HOUSEHOLD);
            site.likeness.importPhotos(
                    ours,
                    TestPhotos.demo(data.resolve("own")).subList(0, 2),
                    Storage.LINK,
                    Optional.empty(),
                    Optional.empty(),
                    (_, _) -> {});
            Page page = chromium.signedIn(site, Chromium.Window.DESKTOP, Site.OWNER, Site.PASSWORD);
            page.navigate("/c/" + ours.id() + "/photos");
            page.locator(".cell").first().hover();
            page.locator(".cell .tick").first().click();
            page.route("**/api/**", Route::abort);
            page.keyboard().press("Delete");
            page.locator("[data-deletes]").click();
            assertThat(page.locator(".toasts"))
                    .containsText("One photo was not deleted: The server did not answer. Try again in a moment.");
            assertThat(page.locator("dialog[open]")).hasCount(0);
        }
    }

    @Test
    void whoever_may_not_delete_is_not_offered_to() throws IOException {
        try (Site site = Site.owned(data.resolve("data"))) {
            Collection ours = site.likeness.createCollection("Family", Profile.HOUSEHOLD);
            site.likeness.importPhotos(
                    ours,
                    TestPhotos.demo(data.resolve("own")).subList(0, 1),
                    Storage.COPY,
                    Optional.empty(),
                    Optional.empty(),
                    (_, _) -> {});
            String grid = "/c/" + ours.id() + "/photos";
            String photo = grid + "/" + site.likeness.photos(ours, 1).getFirst().id();
            assertThat(site.owner().get(photo).body()).contains("delete-photo");
            assertThat(site.owner().get(grid).body()).contains("delete-photos", "data-delete");
            Site.Visitor viewer = AccessMatrixTest.member(site, Role.VIEWER, ours);
            assertThat(viewer.get(photo).body()).doesNotContain("delete-photo");
            assertThat(viewer.get(grid).body()).doesNotContain("delete-photos", "data-delete");
        }
    }

    private static long audit(Site site, Action action) {
        return site.likeness.audit(1, 10_000).stream()
                .filter(entry -> entry.action() == action)
                .count();
    }

    static void barrierFree(Page page) {
        assertThat(new AxeBuilder(page)
                        .withTags(List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"))
                        .analyze()
                        .getViolations())
                .extracting(found ->
                        found.getId() + " " + found.getNodes().getFirst().getHtml())
                .isEmpty();
    }
}
