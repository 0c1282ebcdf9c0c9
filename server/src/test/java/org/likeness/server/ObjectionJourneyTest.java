package org.likeness.server;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.likeness.core.collection.Collection;
import org.likeness.core.collection.Profile;
import org.likeness.core.demand.Demand;
import org.likeness.core.member.Role;
import org.likeness.core.photo.PhotoId;
import org.likeness.core.photo.Storage;
import org.likeness.testkit.TestPhotos;

/// Somebody objects to being searched for: a member points at them in a photo, by mouse or by keys.
class ObjectionJourneyTest {
    @TempDir
    Path data;

    private static Collection family(Site site, Path folder) throws IOException {
        Collection ours = site.likeness.createCollection("Family", Profile.HOUSEHOLD);
        site.likeness.importPhotos(
                ours,
                TestPhotos.demo(folder).subList(0, 1),
                Storage.COPY,
                Optional.empty(),
                Optional.empty(),
                (_, _) -> {});
        return ours;
    }

    private static int faces(Site site, Collection ours, PhotoId photo) {
        return site.likeness.browse().photo(ours.id(), photo).faces().size();
    }

    @Test
    void a_face_is_pointed_at_and_left_out_for_good_with_a_receipt() throws IOException {
        try (Site site = Site.owned(data.resolve("data"));
                Chromium chromium = new Chromium()) {
            Collection ours = family(site, data.resolve("own"));
            PhotoId photo = site.likeness.photos(ours, 1).getFirst().id();
            int before = faces(site, ours, photo);
            Page page = chromium.signedIn(site, Chromium.Window.DESKTOP, Site.OWNER, Site.PASSWORD);
            page.navigate("/c/" + ours.id() + "/photos/" + photo);
            assertThat(page.locator("[data-point][data-started]")).isVisible();
            page.locator("[data-point]").click();
            assertThat(page.locator("[data-point-help]")).containsText("Choose a face");
            assertThat(page.locator(".picture img")).hasJSProperty("complete", true);
            DeletionJourneyTest.barrierFree(page);
            Chromium.picture(page, "photo-pointing");
            page.locator(".face").first().click();
            assertThat(page.locator("h1")).hasText("This person objects to being searched for");
            DeletionJourneyTest.barrierFree(page);
            Chromium.picture(page, "objection");
            assertThat(faces(site, ours, photo)).as("nothing is changed yet").isEqualTo(before);
            page.locator("main form button[type=submit]").click();
            assertThat(page.locator(".receipt").first()).containsText("DEMAND_RECEIPT");
            assertThat(page.locator("main a[download]").first()).isVisible();
            Chromium.picture(page, "objection-done");
            assertThat(faces(site, ours, photo)).isEqualTo(before - 1);
            assertThat(site.likeness.demands().demands())
                    .singleElement()
                    .matches(demand -> demand.kind() == Demand.Kind.OBJECT && demand.state() == Demand.State.DONE);
        }
    }

    @Test
    void a_place_is_pointed_at_by_keys_where_no_face_was_found() throws IOException {
        try (Site site = Site.owned(data.resolve("data"));
                Chromium chromium = new Chromium()) {
            Collection ours = family(site, data.resolve("own"));
            PhotoId photo = site.likeness.photos(ours, 1).getFirst().id();
            int before = faces(site, ours, photo);
            Page phone = chromium.signedIn(site, Chromium.Window.PHONE, Site.OWNER, Site.PASSWORD);
            String address = "/c/" + ours.id() + "/photos/" + photo;
            phone.navigate(address);
            phone.locator("[data-viewer][data-started] [data-info]").click();
            phone.locator("[data-point][data-started]").press("Enter");
            assertThat(phone.locator("[data-mark]")).isFocused();
            phone.keyboard().press("Escape");
            assertThat(phone.locator("[data-mark]")).isHidden();
            assertThat(phone.url()).endsWith(address);
            phone.locator("[data-info]").click();
            phone.locator("[data-point]").press("Enter");
            for (int i = 0; i < 20; i++) {
                phone.keyboard().press("ArrowLeft");
                phone.keyboard().press("ArrowDown");
            }
            Chromium.picture(phone, "photo-pointing-phone");
            phone.keyboard().press("Enter");
            assertThat(phone.locator(".pointed-at svg"))
                    .hasAttribute("aria-label", "The place that is meant, with what is around it");
            DeletionJourneyTest.barrierFree(phone);
            Chromium.picture(phone, "objection-place-phone");
            phone.locator("main form button[type=submit]").click();
            assertThat(phone.locator(".badge.good")).isVisible();
            assertThat(faces(site, ours, photo)).isEqualTo(before);
            assertThat(site.likeness.demands().demands()).hasSize(1);

            phone.goBack();
            assertThat(phone.locator("main")).containsText("This face is blocked already.");
        }
    }

    @Test
    void only_who_answers_demands_is_offered_it() throws IOException {
        try (Site site = Site.owned(data.resolve("data"))) {
            Collection ours = family(site, data.resolve("own"));
            String photo = "/c/" + ours.id() + "/photos/"
                    + site.likeness.photos(ours, 1).getFirst().id();
            assertThat(site.owner().get(photo).body()).contains("data-point", "/demands/objection?");
            Site.Visitor curator = AccessMatrixTest.member(site, Role.CURATOR, ours);
            assertThat(curator.get(photo).body()).doesNotContain("data-point", "/demands/objection?");
        }
    }
}
