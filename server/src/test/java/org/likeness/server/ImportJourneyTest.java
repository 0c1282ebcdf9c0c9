package org.likeness.server;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.likeness.core.collection.Collection;
import org.likeness.core.collection.Profile;
import org.likeness.core.member.Membership;
import org.likeness.core.member.Role;
import org.likeness.core.photo.Storage;
import org.likeness.library.ImportQueue;
import org.likeness.testkit.TestPhotos;

/// What does not get in at once, in a real browser: what the pages say of it, and how it gets in after all.
class ImportJourneyTest {
    private static final double PATIENCE_MS = 120_000;

    @TempDir
    Path data;

    @Test
    void what_failed_is_tried_again_from_the_page_of_its_import() throws IOException {
        List<Path> photos = TestPhotos.demo(data.resolve("own"));
        Path folder = Files.createDirectories(data.resolve("folder"));
        Path cut = Files.writeString(folder.resolve("cut.jpg"), "no photo");
        try (Site site = Site.owned(data.resolve("data"));
                Chromium chromium = new Chromium()) {
            Collection ours = site.likeness.createCollection("Family", Profile.HOUSEHOLD);
            site.likeness.importPhotos(
                    ours, List.of(folder), Storage.LINK, Optional.empty(), Optional.empty(), (_, _) -> {});
            Page page = chromium.signedIn(site, Chromium.Window.DESKTOP, Site.OWNER, Site.PASSWORD);
            String imports = "/c/" + ours.id() + "/imports";

            page.navigate(imports);
            page.locator("tbody a").first().click();
            assertThat(page.locator("tbody")).containsText("cut.jpg");
            Chromium.picture(page, "import-failed");
            Files.write(cut, Files.readAllBytes(photos.getFirst()));
            page.locator("form[action$='/retry'] button").click();
            assertThat(page.locator(".notice.good")).containsText("tried again");
            assertThat(page.locator("tbody .badge.good"))
                    .containsText("1 added", new LocatorAssertions.ContainsTextOptions().setTimeout(PATIENCE_MS));
            Chromium.picture(page, "imports-again");
            page.locator("tbody a").first().click();
            assertThat(page.locator(".notice.good")).containsText("was taken");
            assertThat(page.locator("form[action$='/retry']")).hasCount(0);

            Files.delete(cut);
            page.navigate(imports);
            page.locator("tbody a").last().click();
            assertThat(page.locator("main")).containsText("not here any more");
            Page phone = chromium.signedIn(site, Chromium.Window.PHONE, Site.OWNER, Site.PASSWORD);
            phone.navigate(page.url());
            Chromium.picture(phone, "import-gone-phone");
        }
    }

    @Test
    void photos_come_in_from_a_folder_that_is_watched_from_the_page_of_imports() throws Exception {
        List<Path> photos = TestPhotos.demo(data.resolve("own"));
        Path shared = Site.watching(data.resolve("data"), data.resolve("shared"));
        Path summer = Files.createDirectory(shared.resolve("summer"));
        try (Site site = Site.owned(data.resolve("data"));
                Chromium chromium = new Chromium()) {
            Collection ours = site.likeness.createCollection("Family", Profile.HOUSEHOLD);
            Page page = chromium.signedIn(site, Chromium.Window.DESKTOP, Site.OWNER, Site.PASSWORD);
            String imports = "/c/" + ours.id() + "/imports";
            page.navigate(imports);
            page.locator("[data-opens=new-watched-folder]").click();
            page.locator("#watch-folder").fill(data.toString());
            page.locator("#new-watched-folder button[type=submit]").click();
            assertThat(page.locator("dialog[open] #watch-folder-problem")).containsText("not one of those");
            assertThat(page.locator("#watch-folder")).hasValue(data.toString());
            Chromium.picture(page, "watch-folder");
            page.locator("#watch-folder").fill(summer.toString());
            page.locator("#new-watched-folder button[type=submit]").click();
            assertThat(page.locator(".notice.good")).containsText("watched");
            CountDownLatch imported = new CountDownLatch(1);
            try (AutoCloseable _ = site.server
                    .context()
                    .getBean(ImportQueue.class)
                    .listen(progress -> {
                        if (progress.ended()) {
                            imported.countDown();
                        }
                    })) {
                Files.copy(photos.getFirst(), summer.resolve("a.jpg"));
                Assertions.assertThat(imported.await((long) PATIENCE_MS, TimeUnit.MILLISECONDS))
                        .isTrue();
            }
            page.navigate(imports);
            assertThat(page.locator("tbody .badge.good").first()).containsText("1 added");
            assertThat(page.locator("tbody").first()).containsText("a watched folder");
            Chromium.picture(page, "imports-watched");
            page.navigate("/c/" + ours.id() + "/photos");
            assertThat(page.locator("#watched")).containsText("“summer”: looked just now");
            Chromium.picture(page, "photos-watched");
            viewer(site, chromium, ours);
            page.navigate(imports);
            page.locator("#watched-folders form button").click();
            assertThat(page.locator("#watched-folders tbody")).hasCount(0);
        }
    }

    /// Somebody who may only look learns that a folder is watched, and not how it is called.
    private static void viewer(Site site, Chromium chromium, Collection ours) {
        String code = site.likeness
                .members()
                .invite("vera", List.of(new Membership(Role.VIEWER, Optional.of(ours.id()))))
                .code()
                .text();
        site.visitor().submit("/invitation/" + code, Map.of("password", Site.PASSWORD));
        Page page = chromium.signedIn(site, Chromium.Window.PHONE, "vera", Site.PASSWORD);
        page.navigate("/c/" + ours.id() + "/photos");
        assertThat(page.locator("#watched")).containsText("A folder is watched");
        assertThat(page.locator("#watched")).not().containsText("summer");
        Chromium.picture(page, "photos-watched-viewer");
    }
}
