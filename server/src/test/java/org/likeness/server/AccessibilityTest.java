package org.likeness.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.LoadState;
import com.microsoft.playwright.options.ReducedMotion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.likeness.core.collection.Collection;
import org.likeness.core.collection.Profile;
import org.likeness.core.photo.Storage;
import org.likeness.core.rights.WatchDesk;
import org.likeness.testkit.TestPhotos;

/// No page has a barrier that axe knows (WCAG 2.2 A and AA), in light and dark, on a desktop and a
/// phone, in English and
/// German.
class AccessibilityTest {
    private static final List<String> RULES = List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa");

    @TempDir
    Path data;

    @Test
    void no_page_has_a_barrier() throws IOException {
        List<String> barriers = new ArrayList<>();
        Path shared = Site.watching(data.resolve("data"), data.resolve("shared"));
        try (Site site = Site.owned(data.resolve("data"));
                Chromium chromium = new Chromium()) {
            Collection ours = site.likeness.createCollection("Family", Profile.HOUSEHOLD);
            site.likeness.importPhotos(
                    ours,
                    TestPhotos.demo(data.resolve("own")).subList(0, 2),
                    Storage.COPY,
                    Optional.empty(),
                    Optional.empty(),
                    (_, _) -> {});
            for (String name : List.of("summer", "winter")) {
                Path folder = Files.createDirectory(shared.resolve(name));
                site.likeness
                        .watches()
                        .add(ours, new WatchDesk.Wish(folder, Storage.COPY, Optional.empty(), Optional.empty()));
            }
            Files.delete(shared.resolve("winter"));
            Collection camp = site.likeness.createCollection("Camp", Profile.EVENT);
            String photo = site.likeness.photos(ours, 1).getFirst().id().toString();
            List<String> pages = pages(ours, camp, photo);
            Page stranger = chromium.open(site, Chromium.Window.DESKTOP);
            barriers.addAll(look(stranger, "/sign-in"));
            barriers.addAll(look(stranger, "/invitation/none"));
            barriers.addAll(look(stranger, "/withdraw"));
            for (Chromium.Window window : Chromium.Window.values()) {
                Page member = chromium.signedIn(site, window, Site.OWNER, Site.PASSWORD);
                if (window == Chromium.Window.PHONE) {
                    member.locator("details.account > summary").click();
                    member.locator("form[action='/language'] button").click();
                    assertThat(member.locator("html").getAttribute("lang")).isEqualTo("de");
                    Chromium.picture(member, "collections-german-phone");
                }
                for (String page : pages) {
                    barriers.addAll(look(member, page));
                }
            }
        }
        assertThat(barriers).isEmpty();
    }

    private static List<String> pages(Collection ours, Collection camp, String photo) {
        List<String> pages =
                new ArrayList<>(List.of("/", "/members", "/account", "/installation", "/help", "/nothing-here"));
        for (String page : List.of(
                "photos",
                "search",
                "people",
                "imports",
                "sources",
                "quarantine",
                "demands",
                "audit",
                "documents",
                "settings")) {
            pages.add("/c/" + ours.id() + "/" + page);
        }
        pages.add("/c/" + ours.id() + "/photos/" + photo);
        pages.add("/c/" + ours.id() + "/demands/new?scope=PHOTO&id=" + photo);
        pages.add("/c/" + camp.id() + "/settings");
        pages.add("/c/" + camp.id() + "/search");
        return pages;
    }

    private static List<String> look(Page page, String path) {
        // What fades in has too little contrast for a moment.
        page.emulateMedia(new Page.EmulateMediaOptions().setReducedMotion(ReducedMotion.REDUCE));
        page.navigate(path);
        page.waitForLoadState(LoadState.LOAD);
        return new AxeBuilder(page)
                .withTags(RULES).analyze().getViolations().stream()
                        .map(found -> path + " at " + page.viewportSize().width + ": " + found.getId() + " "
                                + found.getNodes().getFirst().getHtml())
                        .toList();
    }
}
