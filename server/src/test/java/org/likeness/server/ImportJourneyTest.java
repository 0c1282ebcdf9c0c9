package org.likeness.server;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.likeness.core.collection.Collection;
import org.likeness.core.collection.Profile;
import org.likeness.core.photo.Storage;
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
}
