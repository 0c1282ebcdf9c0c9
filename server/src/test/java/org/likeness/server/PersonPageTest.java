package org.likeness.server;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.likeness.core.collection.Collection;
import org.likeness.core.collection.Profile;
import org.likeness.core.consent.Reference;
import org.likeness.core.person.Details;
import org.likeness.core.person.PersonId;
import org.likeness.testkit.TestPhotos;

/// The page of one person: answers, withdrawal, corrections, reference photos.
class PersonPageTest {
    @TempDir
    Path data;

    private static Collection camp(Site site) {
        Collection camp = site.likeness.createCollection("Summer camp", Profile.EVENT);
        SettingsFormTest.ground(site.owner(), "/c/" + camp.id() + "/settings");
        return camp;
    }

    private static PersonId ada(Site site, Collection camp) {
        return site.likeness
                .people()
                .add(
                        camp.id(),
                        new Details(Optional.of("Ada Example"), Optional.empty(), Optional.of("en")),
                        Optional.empty())
                .id();
    }

    @Test
    void answers_are_checked_beside_the_fields_and_recorded_once() {
        try (Site site = Site.owned(data)) {
            Collection camp = camp(site);
            String page = "/c/" + camp.id() + "/people/" + ada(site, camp);
            Site.Visitor owner = site.owner();
            HttpResponse<String> nothing = owner.submit(page + "/answers", Map.of("method", "PAPER", "group", "Blue"));
            assertThat(nothing.statusCode()).isEqualTo(422);
            assertThat(nothing.body())
                    .contains("Choose at least one answer.", "value=\"Blue\"", "value=\"PAPER\" selected")
                    .doesNotContain("--choice");
            assertThat(owner.submit(
                                    page + "/answers",
                                    Map.of("method", "PAPER", "myself", "yes", "until", "2001-01-01"))
                            .body())
                    .contains("id=\"until-problem\"");
            HttpResponse<String> other = owner.submit(page + "/answers", Map.of("method", "PAPER", "staff", "yes"));
            assertThat(other.body()).contains("does not have the purpose").doesNotContain("likeness collection");

            HttpResponse<String> yes = owner.submit(page + "/answers", Map.of("method", "PAPER", "myself", "yes"));
            assertThat(yes.uri().getPath()).isEqualTo(page);
            assertThat(yes.body())
                    .contains("id=\"withdrawal-code\"", "/withdraw</a>", "said yes, no reference photo yet")
                    .contains("stays as it is: yes", "They were shown version 1 in English");
            assertThat(owner.get(page).body()).doesNotContain("id=\"withdrawal-code\"");
            assertThat(owner.get(page + "?photo=" + new java.util.UUID(0, 1)).statusCode())
                    .as("a photo that is not remembered any more")
                    .isEqualTo(200);
            assertThat(owner.get("/c/" + camp.id() + "/notices/1").body()).contains("Only who says yes is found.");
        }
    }

    @Test
    void who_is_paused_can_withdraw_and_who_was_erased_is_gone() {
        try (Site site = Site.owned(data)) {
            Collection camp = camp(site);
            PersonId ada = ada(site, camp);
            String page = "/c/" + camp.id() + "/people/" + ada;
            Site.Visitor owner = site.owner();
            owner.submit(page + "/answers", Map.of("method", "PAPER", "myself", "yes"));
            owner.submit(page + "/state", Map.of("suspended", "true"));
            assertThat(owner.get(page).body()).contains("id=\"withdrawal\"", ">paused<");
            String withdrawn = owner.submit(page + "/withdrawal", Map.of("method", "MESSAGE", "guardian", ""))
                    .body();
            assertThat(withdrawn)
                    .contains(": withdrawn, <span class=\"soft\">by the person<")
                    .doesNotContain("id=\"withdrawal\"");

            owner.submit(page + "/details", Map.of("name", "Ada Right", "contact", "", "majority", ""));
            Details corrected = site.likeness.people().known(ada).details().orElseThrow();
            assertThat(corrected.name()).hasValue("Ada Right");
            assertThat(corrected.language()).hasValue("en");

            owner.submit(
                    "/c/" + camp.id() + "/demands", Map.of("scope", "PERSON", "id", ada.toString(), "kind", "ERASE"));
            HttpResponse<String> gone = owner.get(page);
            assertThat(gone.statusCode()).isEqualTo(410);
            assertThat(gone.body()).contains("This person was erased").doesNotContain("/answers\"");
            assertThat(owner.get("/c/" + camp.id() + "/people").body()).doesNotContain(ada.toString());
        }
    }

    @Test
    void what_was_typed_stays_while_nothing_answers_and_is_sent_once() {
        try (Site site = Site.owned(data);
                Chromium chromium = new Chromium()) {
            Collection camp = camp(site);
            String people = "/c/" + camp.id() + "/people";
            Page page = chromium.signedIn(site, Chromium.Window.PHONE, Site.OWNER, Site.PASSWORD);
            page.navigate(people);
            page.locator("[data-opens=new-person]").first().click();
            page.locator("#person-name").fill("Ada Example");
            Locator form = page.locator("#new-person form");
            List<Consumer<Route>> broken =
                    List.of(Route::abort, route -> route.fulfill(new Route.FulfillOptions().setStatus(502)));
            for (Consumer<Route> way : broken) {
                page.route("**" + people, way);
                form.locator("[type=submit]").click();
                assertThat(form.locator(".refused")).containsText("The server did not answer");
                assertThat(page.locator("#person-name")).hasValue("Ada Example");
                assertThat(form.locator("[type=submit]")).isEnabled();
                page.unroute("**" + people);
            }
            Chromium.picture(page, "person-no-answer-phone");
            form.locator("[type=submit]").click();
            assertThat(page.locator("h1")).hasText("Ada Example");
            assertThat(site.likeness.people().people(camp.id())).hasSize(1);
        }
    }

    @Test
    void a_face_is_chosen_of_a_photo_with_several_and_a_refusal_stays_on_the_page() throws IOException {
        List<Path> photos = TestPhotos.demo(data.resolve("own"));
        try (Site site = Site.owned(data.resolve("data"));
                Chromium chromium = new Chromium()) {
            Collection camp = camp(site);
            PersonId ada = ada(site, camp);
            String address = "/c/" + camp.id() + "/people/" + ada;
            site.owner().submit(address + "/answers", Map.of("method", "PAPER", "myself", "yes"));
            Page page = chromium.signedIn(site, Chromium.Window.PHONE, Site.OWNER, Site.PASSWORD);
            page.navigate(address);
            Path text = data.resolve("own").resolve("notes.jpg");
            Files.writeString(text, "no photo");
            page.locator("#references input[type=file]").setInputFiles(text);
            page.locator("#references form[enctype] button").click();
            assertThat(page.locator("#references .refused")).containsText("no photo that can be read");
            Chromium.picture(page, "reference-refused-phone");
            page.locator("#references input[type=file]").setInputFiles(photos.getFirst());
            page.locator("#references form[enctype] button").click();
            assertThat(page.locator("#which-face")).isVisible();
            Chromium.picture(page, "which-face-phone");
            page.locator(".face-picks button").first().click();
            assertThat(page.locator(".page-head .badge")).hasText("can be found");
            Chromium.picture(page, "person-phone");
            List<Reference> references = site.likeness.find().references().references(ada);
            assertThat(references).hasSize(1);
            page.locator("form[action$='/removal'] button").click();
            assertThat(page.locator(".page-head .badge")).hasText("said yes, no reference photo yet");
        }
    }
}
