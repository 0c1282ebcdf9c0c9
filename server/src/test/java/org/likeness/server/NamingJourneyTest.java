package org.likeness.server;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.SelectOption;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.likeness.core.audit.AuditEntry.Action;
import org.likeness.core.collection.Collection;
import org.likeness.core.collection.Profile;
import org.likeness.core.member.Role;
import org.likeness.core.photo.PhotoId;
import org.likeness.core.photo.Storage;
import org.likeness.testkit.TestPhotos;

/// Members say who a candidate is, where no person was searched for.
class NamingJourneyTest {
    private static final String IS = ".candidate button[value=IS]";

    @TempDir
    Path data;

    private static String searchFor(Site site, Collection collection, String file) {
        PhotoId photo = site.likeness.photos(collection, 10).stream()
                .filter(each -> each.location().endsWith(file))
                .findFirst()
                .orElseThrow()
                .id();
        return "/c/" + collection.id() + "/search?face="
                + site.likeness
                        .browse()
                        .photo(collection.id(), photo)
                        .faces()
                        .get(1)
                        .id();
    }

    @Test
    void a_family_names_a_face_and_sees_the_name_again() throws IOException {
        List<Path> photos = TestPhotos.demo(data.resolve("own"));
        try (Site site = Site.owned(data.resolve("data"));
                Chromium chromium = new Chromium()) {
            Collection ours = site.likeness.createCollection("Family", Profile.HOUSEHOLD);
            site.likeness.importPhotos(ours, photos, Storage.COPY, Optional.empty(), Optional.empty(), (_, _) -> {});
            String search =
                    searchFor(site, ours, photos.getFirst().getFileName().toString());
            Page page = chromium.signedIn(site, Chromium.Window.DESKTOP, Site.OWNER, Site.PASSWORD);
            page.navigate(search);
            assertThat(page.locator(IS).first()).isDisabled();
            page.locator("#naming-new").fill("Ada");
            page.locator("#naming button").click();
            assertThat(page.locator("#naming-person option:checked")).hasText("Ada");
            assertThat(page.locator(IS).first()).isEnabled();
            DeletionJourneyTest.barrierFree(page);
            Chromium.picture(page, "search-naming");
            page.locator(IS).first().click();
            assertThat(page.locator(".candidate").first()).containsText("You said: this person");

            page.navigate(search);
            assertThat(page.locator(".candidate .badge.good").first()).hasText("Ada");
            page.locator(".candidate a").first().click();
            assertThat(page.locator(".info .badge.good")).hasText("Ada");
            Chromium.picture(page, "photo-named");
            assertThat(site.likeness.audit(1, 10_000)).anyMatch(entry -> entry.action() == Action.NAMES_SHOWN);

            page.navigate("/c/" + ours.id() + "/people");
            page.locator("table.records a").click();
            assertThat(page.locator("#their-photos img")).hasCount(1);
            assertThat(page.locator("main")).not().containsText("cannot be found"); // in a household nobody is asked
            DeletionJourneyTest.barrierFree(page);
            Chromium.picture(page, "person-named");

            Page phone = chromium.signedIn(site, Chromium.Window.PHONE, Site.OWNER, Site.PASSWORD);
            phone.navigate(search);
            phone.locator("#naming-person").selectOption(new SelectOption().setLabel("Ada"));
            phone.locator(".candidate button[value=IS_NOT]").first().click();
            assertThat(phone.locator(".candidate").first()).containsText("You said: not this person");
            DeletionJourneyTest.barrierFree(phone);
            Chromium.picture(phone, "search-naming-phone");
            page.navigate(search);
            assertThat(page.locator(".candidate .badge").first()).hasText("not Ada");

            Site.Visitor viewer = AccessMatrixTest.member(site, Role.VIEWER, ours);
            assertThat(viewer.get("/c/" + ours.id() + "/photos/"
                                    + site.likeness.photos(ours, 1).getFirst().id())
                            .body())
                    .doesNotContain("Ada");
        }
    }

    @Test
    void in_an_archive_a_second_member_must_say_so() throws IOException {
        List<Path> photos = TestPhotos.demo(data.resolve("own"));
        try (Site site = Site.owned(data.resolve("data"));
                Chromium chromium = new Chromium()) {
            Collection archive = site.likeness.createCollection("Archive", Profile.ARCHIVE);
            Program program = Program.of(site);
            String in = "/collections/" + archive.id();
            program.post(in + "/notices", "{\"material\": true, \"texts\": {\"en\": \"We describe what we hold.\"}}");
            program.post(in + "/bases", """
                    {"controller": "The archive", "lawfulBasis": "CONSENT", "condition": "ARCHIVING_OR_RESEARCH",
                     "purposes": ["CATALOGUE"], "photosKept": "2y", "templatesKept": "365d",
                     "inactivity": "1y", "notice": 1, "alternative": "By hand, which took years.",
                     "dpia": "CARRIED_OUT", "dpiaReason": "in our files"}""");
            site.likeness.importPhotos(
                    archive, photos, Storage.COPY, Optional.of("Estate"), Optional.of("Iris"), (_, _) -> {});
            String search =
                    searchFor(site, archive, photos.getFirst().getFileName().toString());
            Page first = chromium.signedIn(site, Chromium.Window.DESKTOP, Site.OWNER, Site.PASSWORD);
            first.navigate(search);
            first.locator("#naming-new").fill("Ada");
            first.locator("#naming button").click();
            first.locator(IS).first().click();
            assertThat(first.locator(".candidate").first()).containsText("One more member must say so.");
            Chromium.picture(first, "search-naming-archive");

            AccessMatrixTest.member(site, Role.CURATOR, archive);
            Page second = chromium.signedIn(site, Chromium.Window.DARK, "member curator", Site.PASSWORD);
            second.navigate(search);
            Locator candidate = second.locator(".candidate").first();
            assertThat(candidate.locator(".badge.care")).hasText("Ada? One more must say so");
            second.locator("#naming-person").selectOption(new SelectOption().setLabel("Ada"));
            second.locator(IS).first().click();
            assertThat(candidate.locator("[role=status]")).hasText("You said: this person");
            assertThat(candidate).not().containsText("must say so.");
            second.navigate(search);
            assertThat(candidate.locator(".badge.good")).hasText("Ada");
        }
    }
}
