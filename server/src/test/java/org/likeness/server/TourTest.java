package org.likeness.server;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.likeness.core.collection.Collection;
import org.likeness.core.member.Membership;
import org.likeness.core.member.Role;
import org.likeness.core.photo.Storage;
import org.likeness.testkit.TestPhotos;
import org.springframework.security.crypto.password.PasswordEncoder;

/// The first steps, in a real browser: they follow what is true, and go when they are done or not wanted.
class TourTest {
    @TempDir
    Path data;

    @Test
    void the_first_steps_tick_off_as_they_are_done_and_go_with_the_last() throws IOException {
        List<Path> photos = TestPhotos.demo(data.resolve("own")).subList(0, 1);
        try (Site site = Site.owned(data.resolve("data"));
                Chromium chromium = new Chromium()) {
            Page page = chromium.signedIn(site, Chromium.Window.DESKTOP, Site.OWNER, Site.PASSWORD);
            Locator tour = page.locator(".tour");
            assertThat(tour).containsText("0 of 3");
            Chromium.picture(page, "tour-start");
            tour.getByText("Make a collection").click();
            page.locator("#collection-name").fill("Family");
            page.getByText("Household", new Page.GetByTextOptions().setExact(true))
                    .click();
            page.locator("#new-collection button[type=submit]").click();
            assertThat(page.locator("h1")).hasText("Photos");

            page.navigate("/");
            assertThat(tour).containsText("1 of 3");
            tour.getByText("Add photos").click();
            assertThat(page.locator("#add-photos")).isVisible();
            Collection family = site.likeness.collections().getFirst();
            site.likeness.importPhotos(family, photos, Storage.COPY, Optional.empty(), Optional.empty(), (_, _) -> {});

            page.navigate("/");
            assertThat(tour).containsText("2 of 3");
            Chromium.picture(page, "tour");
            Page phone = chromium.signedIn(site, Chromium.Window.PHONE, Site.OWNER, Site.PASSWORD);
            Chromium.picture(phone, "tour-phone");
            tour.getByText("Find a face").click();
            page.locator("input[type=file]").setInputFiles(photos.getFirst());
            page.locator(".face-picks a").first().click();
            assertThat(page.locator("#answer")).containsText("compared");

            page.navigate("/");
            assertThat(page.locator(".card-link")).isVisible();
            assertThat(tour).hasCount(0);
        }
    }

    @Test
    void it_is_put_away_for_the_member_in_every_browser_and_for_nobody_else() {
        try (Site site = Site.owned(data);
                Chromium chromium = new Chromium()) {
            Page page = chromium.signedIn(site, Chromium.Window.DESKTOP, Site.OWNER, Site.PASSWORD);
            page.locator(".tour form button").click();
            assertThat(page.locator(".empty button")).isVisible();
            assertThat(page.locator(".tour")).hasCount(0);
            assertThat(site.owner().get("/").body()).doesNotContain("tour-title");
            assertThat(member(site, "another owner", Role.OWNER).get("/").body())
                    .contains("tour-title");
            assertThat(member(site, "an officer", Role.PRIVACY_OFFICER).get("/").body())
                    .as("who may not make a collection is not asked to")
                    .doesNotContain("tour-title");
        }
    }

    private static Site.Visitor member(Site site, String name, Role role) {
        site.likeness
                .members()
                .accept(
                        site.likeness
                                .members()
                                .invite(name, List.of(new Membership(role, Optional.empty())))
                                .code()
                                .text(),
                        site.server.context().getBean(PasswordEncoder.class).encode(Site.PASSWORD));
        return site.signedIn(name, Site.PASSWORD);
    }

    @Test
    void the_log_says_you_and_names_members_to_who_may_see_them() {
        try (Site site = Site.owned(data)) {
            Site.Visitor owner = site.owner();
            owner.submit("/collections", java.util.Map.of("name", "Camp", "profile", "EVENT"));
            Collection camp = site.likeness.collections().getFirst();
            String log = "/c/" + camp.id() + "/audit";
            String id = site.likeness.members().member(Site.OWNER).id().toString();
            assertThat(owner.get(log).body()).containsPattern("you\\s*</td>").doesNotContain(id);
            assertThat(member(site, "another owner", Role.OWNER).get(log).body())
                    .containsPattern(Site.OWNER + "\\s*</td>")
                    .doesNotContain(id);
            assertThat(member(site, "an officer", Role.PRIVACY_OFFICER).get(log).body())
                    .contains(id)
                    .doesNotContain(Site.OWNER);
        }
    }
}
