package org.likeness.server;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.likeness.core.audit.Actor;
import org.likeness.core.audit.AuditEntry;
import org.likeness.core.audit.AuditEntry.Action;
import org.likeness.core.collection.Collection;
import org.likeness.core.collection.CollectionId;
import org.likeness.core.collection.Profile;
import org.likeness.core.collection.Purpose;
import org.likeness.core.demand.Target;
import org.likeness.core.member.Membership;
import org.likeness.core.member.Role;
import org.likeness.core.person.Details;
import org.likeness.core.person.Person;
import org.likeness.core.photo.Face;
import org.likeness.core.photo.PhotoId;
import org.likeness.core.photo.Storage;
import org.likeness.core.search.FaceDecision.Verdict;
import org.likeness.core.search.SearchAnswer;
import org.likeness.core.template.Rate;
import org.likeness.testkit.TestPhotos;

/// Somebody wants out: what the pages say before, do, and show afterwards, in a real browser.
class DemandsJourneyTest {
    @TempDir
    Path data;

    private static Collection family(Site site, String name, List<Path> photos) {
        Collection made = site.likeness.createCollection(name, Profile.HOUSEHOLD);
        site.likeness.importPhotos(made, photos, Storage.COPY, Optional.empty(), Optional.empty(), (_, _) -> {});
        return made;
    }

    private static PhotoId first(Site site, Collection collection) {
        return site.likeness.photos(collection, 1).getFirst().id();
    }

    @Test
    void a_photo_of_two_collections_goes_from_both_and_the_page_and_both_logs_say_so() throws IOException {
        List<Path> photos = TestPhotos.demo(data.resolve("own"));
        try (Site site = Site.owned(data.resolve("data"));
                Chromium chromium = new Chromium()) {
            Collection ours = family(site, "Family", photos.subList(0, 2));
            Collection other = family(site, "Grandparents", photos.subList(0, 1));
            PhotoId photo = first(site, other);
            PhotoId same = site.likeness.photos(ours, 10).stream()
                    .filter(each -> each.sha256()
                            .equals(site.likeness
                                    .browse()
                                    .photo(other.id(), photo)
                                    .photo()
                                    .sha256()))
                    .findFirst()
                    .orElseThrow()
                    .id();
            site.likeness.demands().restrict(Target.of(photo)); // in the other collection, and no secret to it
            Page page = chromium.signedIn(site, Chromium.Window.DESKTOP, Site.OWNER, Site.PASSWORD);
            page.navigate("/c/" + ours.id() + "/photos/" + same);
            page.locator("a[href*='scope=PHOTO']").click();
            assertThat(page.locator(".subject img")).isVisible();
            assertThat(page.locator("main")).containsText("It goes from Grandparents too");
            assertThat(page.locator("#plan")).containsText("Pictures and their smaller copies");
            assertThat(page.locator("main")).containsText("Backups made before still hold it");
            assertThat(page.locator("table")).not().isVisible();
            barrierFree(page);
            Chromium.picture(page, "erase-photo");
            page.getByText("Cancel", new Page.GetByTextOptions().setExact(true)).click();
            assertThat(page.url()).endsWith("/photos/" + same);
            page.goBack();
            page.locator("button.danger").click();
            assertThat(page.locator(".badge").first()).hasText("done");
            assertThat(page.locator("main")).containsText("Places counted");
            assertThat(page.locator(".receipt").first()).not().isVisible();
            barrierFree(page);
            Chromium.picture(page, "erased-photo");
            assertThat(erased(site)).contains(Optional.of(ours.id()), Optional.of(other.id()));
            page.navigate("/c/" + other.id() + "/demands");
            assertThat(page.locator("tbody .badge")).hasText("lifted");
            page.navigate("/c/" + other.id() + "/audit");
            assertThat(page.locator("main")).containsText("Things were erased, as was demanded");
        }
    }

    private static List<Optional<CollectionId>> erased(Site site) {
        return site.likeness.audit(1, 10_000).stream()
                .filter(entry -> entry.action() == Action.ERASED)
                .map(AuditEntry::collection)
                .toList();
    }

    @Test
    void a_privacy_officer_of_one_collection_is_not_told_the_names_of_others() throws IOException {
        List<Path> photos = TestPhotos.demo(data.resolve("own")).subList(0, 1);
        try (Site site = Site.owned(data.resolve("data"))) {
            Collection ours = family(site, "Family", photos);
            family(site, "Grandparents", photos);
            String code = site.likeness
                    .members()
                    .invite("paul", List.of(new Membership(Role.PRIVACY_OFFICER, Optional.of(ours.id()))))
                    .code()
                    .text();
            Site.Visitor paul = site.visitor();
            paul.submit("/invitation/" + code, java.util.Map.of("password", Site.PASSWORD));
            String plan = site.signedIn("paul", Site.PASSWORD)
                    .get("/c/" + ours.id() + "/demands/new?scope=PHOTO&id=" + first(site, ours))
                    .body();
            assertThat(plan)
                    .contains("It goes from one more collection too, which you may not see")
                    .doesNotContain("Grandparents");
        }
    }

    @Test
    void a_person_goes_with_the_faces_that_were_said_to_be_theirs() throws IOException {
        List<Path> photos = TestPhotos.demo(data.resolve("own"));
        try (Site site = Site.owned(data.resolve("data"));
                Chromium chromium = new Chromium()) {
            Collection ours = family(site, "Family", photos.subList(0, 2));
            Person ada = site.likeness.people().add(ours.id(), named("Ada Example"), Optional.empty());
            SearchAnswer answer = site.likeness.search(
                    ours, site.likeness.probe(ours, photos.getFirst()), 1, Purpose.PERSONAL, Rate.parse("1/100"), 10);
            site.likeness.find().decisions().decide(answer.id(), 1, Optional.of(ada.id()), Verdict.IS, Actor.OWNER);
            Face theirs = answer.photos().getFirst().candidates().getFirst().face();
            Page page = chromium.signedIn(site, Chromium.Window.PHONE, Site.OWNER, Site.PASSWORD);
            page.navigate("/c/" + ours.id() + "/demands");
            page.locator("[data-opens=new-demand]").click();
            barrierFree(page);
            Chromium.picture(page, "demand-begin-phone");
            page.locator("#new-demand a[href$='/people']").first().click();
            page.locator("tbody a").click();
            page.locator("a[href*='scope=PERSON']").click();
            assertThat(page.locator(".subject")).containsText("Ada Example");
            assertThat(page.locator("input[name=faces]")).hasCount(1);
            assertThat(page.locator("input[name=faces]")).isChecked();
            assertThat(page.locator("main").textContent()).doesNotContain("--");
            barrierFree(page);
            Chromium.picture(page, "erase-person-phone");
            page.locator("button.danger").click();
            assertThat(page.locator(".notice.good")).containsText("what you chose with them");
            assertThat(site.likeness.people().person(ada.id()).state()).isEqualTo(Person.State.FORGOTTEN);
            assertThat(site.likeness.browse().shows(ours.id(), theirs.photo())).isTrue();
            assertThat(site.likeness.browse().shows(ours.id(), theirs.id())).isFalse();
            page.navigate("/c/" + ours.id() + "/demands");
            assertThat(page.locator("tbody tr")).hasCount(2);
            assertThat(page.locator("main").textContent()).doesNotContain("Ada Example");
            Chromium.picture(page, "demands-phone");
            assertThat((Integer) page.evaluate("document.documentElement.scrollWidth"))
                    .isLessThanOrEqualTo(390);
        }
    }

    private static Details named(String name) {
        return new Details(Optional.of(name), Optional.empty(), Optional.empty());
    }

    @Test
    void a_restriction_says_that_it_is_in_force_and_is_lifted_only_after_a_question() throws IOException {
        List<Path> photos = TestPhotos.demo(data.resolve("own")).subList(0, 1);
        try (Site site = Site.owned(data.resolve("data"));
                Chromium chromium = new Chromium()) {
            Collection ours = family(site, "Family", photos);
            PhotoId photo = first(site, ours);
            Page page = chromium.signedIn(site, Chromium.Window.DESKTOP, Site.OWNER, Site.PASSWORD);
            page.locator("details.account > summary").click();
            page.locator("form[action='/language'] button").click();
            page.navigate("/c/" + ours.id() + "/demands/new?scope=PHOTO&id=" + photo);
            Chromium.picture(page, "erase-photo-german");
            page.locator("button[form=restrict]").click();
            assertThat(page.locator(".badge").first()).hasText("von der Nutzung ausgeschlossen");
            Chromium.picture(page, "restricted-german");
            page.navigate("/c/" + ours.id() + "/demands");
            assertThat(page.locator("tbody")).containsText("sofort erledigt");
            assertThat(page.locator("tbody").textContent()).doesNotContain("Tage");
            Chromium.picture(page, "demands-german");
            page.locator("tbody a").click();
            page.locator("form[action$='/lift'] button").click();
            Locator question = page.locator("dialog[data-asking]");
            assertThat(question).containsText("Einschränkung aufheben?");
            barrierFree(page);
            Chromium.picture(page, "asking-german");
            question.locator("[data-closes]").click();
            assertThat(question).hasCount(0);
            assertThat(site.likeness.browse().shows(ours.id(), photo)).isFalse();
            page.locator("form[action$='/lift'] button").click();
            question.locator(".danger").click();
            assertThat(page.locator(".badge").first()).hasText("aufgehoben");
            assertThat(page.locator(".subject img")).isVisible();
            assertThat(site.likeness.browse().shows(ours.id(), photo)).isTrue();
        }
    }

    private static void barrierFree(Page page) {
        assertThat(new AxeBuilder(page).analyze().getViolations())
                .as(page.url())
                .isEmpty();
    }
}
