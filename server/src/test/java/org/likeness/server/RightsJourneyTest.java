package org.likeness.server;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Page;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.likeness.core.collection.Collection;
import org.likeness.core.collection.Profile;
import org.likeness.core.photo.Storage;
import org.likeness.testkit.TestPhotos;

/// What answers for a collection, in a real browser: from the first notice to the proof that
/// something is gone.
class RightsJourneyTest {
    @TempDir
    Path data;

    @Test
    void an_event_tells_people_records_their_yes_finds_them_and_forgets_a_photo() throws IOException {
        List<Path> photos = TestPhotos.demo(data.resolve("own"));
        try (Site site = Site.owned(data.resolve("data"));
                Chromium chromium = new Chromium()) {
            Collection camp = site.likeness.createCollection("Summer camp", Profile.EVENT);
            String in = "/c/" + camp.id() + "/";
            Page page = chromium.signedIn(site, Chromium.Window.DESKTOP, Site.OWNER, Site.PASSWORD);

            publishAndRecord(page, in);
            addSource(page, in);
            site.likeness.importPhotos(
                    camp, photos, Storage.COPY, Optional.of("Our photographer"), Optional.empty(), (_, _) -> {});

            seeTheImport(page, in);
            String person = addPerson(page, in);
            handOver(page);
            askAGuardian(page, in);
            eraseAPhoto(page, in, photos.size());
            lookAround(page, in);
            page.navigate(in + "people/" + person);
            page.locator("[data-opens=withdrawal]").click();
            Chromium.picture(page, "withdrawal");
            page.locator("form[action$='/withdrawal'] button.danger").click();
            assertThat(page.locator(".main > .notice.good")).isVisible();
            assertThat(page.locator(".page-head .badge")).hasText("cannot be found");
            fitsEverywhere(site, chromium, in);
        }
    }

    private static void publishAndRecord(Page page, String in) {
        page.navigate(in + "settings");
        Chromium.picture(page, "settings-empty");
        page.locator("#english").fill("Photos of the camp. Only who says yes is found in them.");
        page.locator("form[action$='/notices'] button").click();
        assertThat(page.locator(".notice.good")).isVisible();
        page.locator("#controller").fill("The camp's club");
        page.locator("#photosKept").fill("2");
        page.locator("#templatesKept").fill("1");
        page.locator("#inactivity").fill("1");
        page.locator("#alternative").fill("Looking through the photos by hand was tried and took days.");
        page.locator("#dpiaReason").fill("small event, kept with the club's papers");
        page.locator("[name=lawfulBasis][value=CONSENT]").check();
        page.locator("[name=dpia][value=NOT_NEEDED]").check();
        page.locator("form[action$='/basis'] button").click();
        assertThat(page.locator(".notice.good")).isVisible();
        Chromium.picture(page, "settings");
    }

    private static void addSource(Page page, String in) {
        page.navigate(in + "sources");
        page.locator("[data-opens=new-source]").first().click();
        page.locator("#source-name").fill("Our photographer");
        page.locator("#source-grantedBy").fill("Iris Example");
        page.locator("#new-source button[type=submit]").click();
        assertThat(page.locator("h2", new Page.LocatorOptions().setHasText("Our photographer")))
                .isVisible();
        Chromium.picture(page, "sources");
    }

    private static void seeTheImport(Page page, String in) {
        page.navigate(in + "imports");
        page.locator("tbody a").first().click();
        assertThat(page.locator(".badge.good")).containsText("6 added");
        Chromium.picture(page, "import");
    }

    private static String addPerson(Page page, String in) {
        page.navigate(in + "people");
        page.locator("[data-opens=new-person]").first().click();
        page.locator("#person-name").fill("Ada Example");
        page.locator("#new-person button[type=submit]").click();
        page.locator("#staff").selectOption("yes");
        page.locator("#myself").selectOption("no");
        page.locator("form[action$='/answers'] button").click();
        assertThat(page.locator("#withdrawal-code")).isVisible();
        Chromium.picture(page, "person");
        return page.url().replaceFirst(".*/people/([^/]+).*", "$1");
    }

    private static void handOver(Page page) throws IOException {
        Download bundle = page.waitForDownload(
                () -> page.locator("form[action$='/access'] button").click());
        try (ZipFile zip = new ZipFile(bundle.path().toFile())) {
            String document =
                    new String(zip.getInputStream(zip.getEntry("access.json")).readAllBytes(), StandardCharsets.UTF_8);
            assertThat(document).contains("Ada Example", "\"staff\"", "\"receipts/");
            assertThat(zip.stream().map(ZipEntry::getName)).contains("index.html");
        }
    }

    private static void askAGuardian(Page page, String in) {
        page.navigate(in + "people");
        page.locator("[data-opens=new-person]").first().click();
        page.locator("#person-name").fill("Ben Example");
        page.locator("#person-majority").fill("2099-05-01");
        page.locator("#new-person button[type=submit]").click();
        page.locator("#guardian-name").fill("Cleo Example");
        page.locator("form[action$='/guardians'] button").click();
        page.locator("form[action$='/notification'] button").click();
        assertThat(page.locator("form[action$='/notification']")).hasCount(0);
        page.locator("#guardian").selectOption("Cleo Example");
        page.locator("#group").fill("Blue team");
        page.locator("#ofGroup").selectOption("yes");
        page.locator("#method").selectOption("PAPER");
        page.locator("form[action$='/answers'] button").click();
        assertThat(page.locator("dl.facts")).containsText("Blue team");
        assertThat(page.locator(".page-head .badge")).hasText("said yes, no reference photo yet");
        assertThat(page.locator("main")).containsText("by Cleo Example, guardian");
        page.locator("#guardian-name").fill("Dora Exampel");
        page.locator("form[action$='/guardians'] button").click();
        page.locator("[data-opens^=guardian-]").last().click();
        page.locator("dialog[open] input[name=name]").fill("Dora Example");
        Chromium.picture(page, "guardian-correct");
        page.locator("dialog[open] button.main-action").click();
        assertThat(page.locator("#guardian")).containsText("Dora Example");
        page.locator("[data-opens^=guardian-]").first().click();
        assertThat(page.locator("dialog[open]")).containsText("They have answered, so they stay");
        page.locator("dialog[open] [data-closes]").click();
        page.locator("[data-opens^=guardian-]").last().click();
        page.locator("dialog[open] button.danger").click();
        page.locator("dialog[data-asking] button.danger").click();
        assertThat(page.locator("#guardian")).not().containsText("Dora Example");
        Chromium.picture(page, "person-minor");
    }

    private static void eraseAPhoto(Page page, String in, int before) throws IOException {
        page.navigate(in + "photos");
        page.locator(".cell a").first().click();
        page.locator("a[href*='scope=PHOTO']").click();
        assertThat(page.locator("h1")).hasText("Erase this photo");
        Chromium.picture(page, "demand-new");
        page.locator("button.danger").click();
        assertThat(page.locator("h1")).containsText("Erase");
        assertThat(page.locator(".badge.good").first()).hasText("done");
        Chromium.picture(page, "demand");
        Download receipt =
                page.waitForDownload(() -> page.locator("a[download]").last().click());
        assertThat(Files.readString(receipt.path())).contains("receipt 1");
        page.navigate(in + "photos");
        assertThat(page.locator(".cell a")).hasCount(before - 1);
    }

    private static void lookAround(Page page, String in) {
        page.navigate(in + "demands");
        Chromium.picture(page, "demands");
        page.navigate(in + "audit");
        page.locator("form[hx-post] button").click();
        assertThat(page.locator("#verified")).containsText("The log is sound");
        Chromium.picture(page, "audit");
        page.navigate(in + "documents");
        page.locator("main summary").first().click();
        Chromium.picture(page, "documents");
        page.navigate(in + "quarantine");
        Chromium.picture(page, "quarantine-empty");
        page.navigate("/installation");
        Chromium.picture(page, "installation");
    }

    private static void fitsEverywhere(Site site, Chromium chromium, String in) {
        Page phone = chromium.signedIn(site, Chromium.Window.PHONE, Site.OWNER, Site.PASSWORD);
        for (String each : List.of("people", "sources", "demands", "audit", "settings", "documents")) {
            phone.navigate(in + each);
            Chromium.picture(phone, each + "-phone");
            assertThat((Integer) phone.evaluate("document.documentElement.scrollWidth"))
                    .as(each + " fits a phone")
                    .isLessThanOrEqualTo(390);
        }
        Page dark = chromium.signedIn(site, Chromium.Window.DARK, Site.OWNER, Site.PASSWORD);
        dark.navigate(in + "people");
        Chromium.picture(dark, "people-dark");
    }
}
